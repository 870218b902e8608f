//! Who can sign in to the sample vendor, worth trying.

use domain::StaffRole;

/// The password of everyone in the sample vendor.
pub const PASSWORD: &str = "northlight sample door";

/// Somebody to sign in as.
#[derive(Debug, Clone, Copy)]
pub struct SignIn {
    /// What they sign in with.
    pub name: &'static str,
    /// What there is to see.
    pub shows: &'static str,
}

/// One of the vendor's people.
#[derive(Debug, Clone, Copy)]
pub struct SampleStaff {
    /// What they sign in with.
    pub name: &'static str,
    /// First and last name.
    pub names: [&'static str; 2],
    /// What they are at the console.
    pub role: StaffRole,
}

/// The vendor's people: two admins, since some acts take two, and one for the day-to-day.
pub const STAFF: [SampleStaff; 3] = [
    SampleStaff { name: "nina.north@northlight.example", names: ["Nina", "North"], role: StaffRole::Admin },
    SampleStaff { name: "omar.lindqvist@northlight.example", names: ["Omar", "Lindqvist"], role: StaffRole::Admin },
    SampleStaff { name: "greta.hansen@northlight.example", names: ["Greta", "Hansen"], role: StaffRole::Support },
];

/// One of each kind of person, as the greeting lists them.
pub const SIGN_INS: [SignIn; 8] = [
    SignIn { name: "eleanor.harlow@harlowfinch.example", shows: "owner of Harlow & Finch Architects" },
    SignIn { name: "priya.raman@harlowfinch.example", shows: "manager there, and a member of a second account" },
    SignIn { name: "hugh.penhaligon@harlowfinch.example", shows: "member who sees orders" },
    SignIn { name: "tom.ashworth@harlowfinch.example", shows: "member who sees the licenses assigned to him" },
    SignIn { name: "sabine.aydin@ift-albstadt.example", shows: "owner of 180 licenses, in German" },
    SignIn { name: "ines.moreau@atelier-moreau.example", shows: "owner of a small account, in French" },
    SignIn { name: "katrin.vogt@meridian-cad.example", shows: "partner with seven customers" },
    SignIn { name: "marcus.harlow@penrose-trust.example", shows: "owner of a suspended account" },
];

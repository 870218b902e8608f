//! The vendor's own people in the tests: with a password like everybody, and a second factor as soon as they are
//! asked for.

use domain::{EmailAddress, Language, StaffRole, User, UserId, UserStatus, name::PersonName};

use super::{Caller, Factor, TestPortal};

/// Support.
pub const SAM: &str = "sam@northlight.test";
/// An admin.
pub const ANN: &str = "ann@northlight.test";
/// Another admin.
pub const ABE: &str = "abe@northlight.test";

impl TestPortal {
    /// One of the vendor's people, for the day-to-day.
    pub async fn support(&self) -> Caller {
        self.at_console(SAM).await.0
    }

    /// One of the vendor's admins.
    pub async fn admin(&self) -> Caller {
        self.at_console(ANN).await.0
    }

    /// Another of them: for what takes two.
    pub async fn other_admin(&self) -> Caller {
        self.at_console(ABE).await.0
    }

    /// Signs in and sets up the second factor that staff need. Once per portal and person: then they have one.
    pub async fn at_console(&self, email: &str) -> (Caller, Factor) {
        let caller = self.sign_in(email).await;
        let factor = self.set_up_factor(&caller).await;
        (caller, factor)
    }

    /// Adds the vendor's people, as the command line does; their passwords come with everybody's.
    pub(super) async fn add_staff(&self) {
        let now = self.clock.now();
        for (email, first, role) in
            [(SAM, "Sam", StaffRole::Support), (ANN, "Ann", StaffRole::Admin), (ABE, "Abe", StaffRole::Admin)]
        {
            let name = |text| PersonName::parse(text).expect("a name");
            let address = EmailAddress::parse(email).expect("an address");
            let id = UserId::new(now, credentials::random());
            let mut user = User::new(id, (name(first), name("North")), address, Language::En, UserStatus::Invited);
            user.staff = Some(role);
            self.app.store().import().add_staff(&user, "", now).await.expect("a new person");
        }
    }
}

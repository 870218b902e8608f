//! The row of a person.

use domain::{
    AccountId, EmailAddress, Language, StaffRole, Timestamp, User, UserId, UserStatus,
    name::{Country, JobTitle, PersonName, Phone},
    nickname::Nickname,
    profile::{City, Details, PostalCode, Profile, Street, Title},
};
use serde::{Deserialize, Serialize};

/// What the person's own form changes.
#[derive(Serialize, Deserialize)]
pub(crate) struct DetailsRow {
    /// first name
    pub f: PersonName,
    /// last name
    pub n: PersonName,
    /// language
    pub l: Language,
    /// title
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ti: Option<Title>,
    /// job title
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub j: Option<JobTitle>,
    /// phone
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ph: Option<Phone>,
    /// street
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sr: Option<Street>,
    /// postal code
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pc: Option<PostalCode>,
    /// town
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ci: Option<City>,
    /// country
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub c: Option<Country>,
}

impl From<&Details> for DetailsRow {
    fn from(details: &Details) -> Self {
        let profile = details.profile.clone();
        Self {
            f: details.first_name.clone(),
            n: details.last_name.clone(),
            l: details.language,
            ti: profile.title,
            j: profile.job_title,
            ph: profile.phone,
            sr: profile.street,
            pc: profile.postal_code,
            ci: profile.city,
            c: profile.country,
        }
    }
}

const fn proven() -> bool {
    true
}

#[derive(Serialize, Deserialize)]
pub(crate) struct UserRow {
    /// id
    pub i: UserId,
    #[serde(flatten)]
    pub details: DetailsRow,
    /// e-mail
    pub m: EmailAddress,
    /// false where the address is not proven to be theirs
    #[serde(default = "proven", skip_serializing_if = "Clone::clone")]
    pub eu: bool,
    /// the account whose team made the login
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ha: Option<AccountId>,
    /// status
    pub st: UserStatus,
    /// generation
    pub g: u32,
    /// nickname
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nk: Option<Nickname>,
    /// whether there is a second factor
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sf: bool,
    /// last sign-in, in milliseconds
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub si: Option<i64>,
    /// what they are at the console
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sa: Option<StaffRole>,
    /// version
    #[serde(default)]
    pub ve: u32,
    /// the span that was taken back last, from after and to, in milliseconds
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uf: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ut: Option<i64>,
    /// the address whose letters of that time still count
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ua: Option<EmailAddress>,
}

impl From<&User> for UserRow {
    fn from(user: &User) -> Self {
        Self {
            i: user.id,
            details: DetailsRow::from(&Details::of(user)),
            m: user.email.clone(),
            eu: user.email_proven,
            ha: user.home,
            st: user.status,
            g: user.generation,
            nk: user.nickname.clone(),
            sf: user.second_factor,
            si: user.signed_in_at.map(Timestamp::as_millisecond),
            sa: user.staff,
            ve: user.version,
            uf: None,
            ut: None,
            ua: None,
        }
    }
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        let details = row.details;
        Self {
            id: row.i,
            first_name: details.f,
            last_name: details.n,
            email: row.m,
            email_proven: row.eu,
            home: row.ha,
            language: details.l,
            status: row.st,
            generation: row.g,
            profile: Profile {
                title: details.ti,
                job_title: details.j,
                phone: details.ph,
                street: details.sr,
                postal_code: details.pc,
                city: details.ci,
                country: details.c,
            },
            nickname: row.nk,
            second_factor: row.sf,
            // What cannot be a time was never written by us; a person is not locked out for it.
            signed_in_at: row.si.and_then(|at| Timestamp::from_millisecond(at).ok()),
            staff: row.sa,
            version: row.ve,
        }
    }
}

//! The vendor's own people, from the command line: the first of them has nobody above who could invite them (R701).

use anyhow::{Result, anyhow, bail};
use credentials::Password;
use domain::{
    EmailAddress, Language, SignedDuration, StaffRole, Timestamp, User, UserId, UserStatus, code::ActivationCode,
    name::PersonName, sign_in_name::SignInName,
};
use store::Store;

/// How long an initial password is good (R303).
const INITIAL: SignedDuration = SignedDuration::from_hours(72);

/// Somebody to become staff.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// What they sign in with.
    pub email: EmailAddress,
    /// First and last name; needed for somebody without a login.
    pub names: Option<(PersonName, PersonName)>,
    /// As what.
    pub role: StaffRole,
    /// The language of their pages and mails, if they have no login.
    pub language: Language,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// They have a login now, with this initial password.
    Login(String),
    /// They had one already, which they go on using.
    Role,
    /// One was prepared for them, without a password yet: "forgot password" gives them the first.
    RoleWithoutPassword,
}

/// Makes somebody staff.
///
/// # Errors
/// If they have neither login nor names, or are closing their login.
pub async fn add(store: &Store, new: &NewStaff, now: Timestamp) -> Result<Added> {
    let email = &new.email;
    if let Some(person) = find(store, email).await? {
        let added = match person.status {
            UserStatus::Active => Added::Role,
            UserStatus::Invited => Added::RoleWithoutPassword,
            UserStatus::Closing => bail!("{email} is closing their login"),
        };
        store.import().set_staff(person.id, Some(new.role)).await?;
        return Ok(added);
    }
    let names = new.names.clone();
    let names = names.ok_or_else(|| nameless(email))?;
    // 100 random bits in an alphabet that can be read aloud and typed from paper.
    let initial = ActivationCode::new(credentials::random()).reveal();
    let hash = Password::typed(&initial)?.hash()?;
    let id = UserId::new(now, credentials::random());
    let mut user = User::new(id, names, email.clone(), new.language, UserStatus::Invited);
    user.staff = Some(new.role);
    store.import().add_staff(&user, hash.to_store(), now + INITIAL).await?;
    Ok(Added::Login(initial))
}

/// Whoever has no login needs a name.
#[must_use]
pub fn nameless(email: &EmailAddress) -> anyhow::Error {
    anyhow!("{email} has no login yet: add --first-name and --last-name")
}

/// Takes somebody's role away; their login stays. Their sessions end.
///
/// # Errors
/// If they are not staff.
pub async fn remove(store: &Store, email: &EmailAddress) -> Result<()> {
    let person = find(store, email).await?.ok_or_else(|| anyhow!("nobody signs in as {email}"))?;
    if person.staff.is_none() {
        bail!("{email} is not staff");
    }
    Ok(store.import().set_staff(person.id, None).await?)
}

async fn find(store: &Store, email: &EmailAddress) -> Result<Option<User>> {
    let Some(user) = store.whose(&SignInName::Email(email.clone())).await? else { return Ok(None) };
    Ok(store.find_person(user).await?)
}

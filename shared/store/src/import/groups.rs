//! A team in as many transactions as it takes.

use super::{MOST_ARMS, Member};

/// Groups people so that each group fits one transaction beside so many other arms; the owner is in the first.
pub(super) fn in_transactions<'m, 'r>(members: &[&'m Member<'r>], others: usize) -> Vec<Vec<&'m Member<'r>>> {
    let mut members = members.to_vec();
    members.sort_by_key(|member| std::cmp::Reverse(member.record.role));
    let mut groups: Vec<Vec<&Member<'_>>> = Vec::new();
    let mut arms = MOST_ARMS;
    for member in members {
        if arms + member.arms() > MOST_ARMS {
            groups.push(Vec::new());
            arms = others;
        }
        arms += member.arms();
        if let Some(group) = groups.last_mut() {
            group.push(member);
        }
    }
    groups
}

pub(super) fn count(members: usize) -> u32 {
    u32::try_from(members).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use domain::{EmailAddress, Invalid, Language, Role, Timestamp, UserId, name::PersonName};

    use super::*;
    use crate::import::{Fingerprint, Login, PersonRecord};

    fn person(role: Role) -> Result<PersonRecord, Invalid> {
        Ok(PersonRecord {
            email: EmailAddress::parse("anna@acme.test")?,
            first_name: PersonName::parse("Anna")?,
            last_name: PersonName::parse("Ott")?,
            job_title: None,
            phone: None,
            language: Language::En,
            role,
            permissions: domain::Permissions::new(),
            fingerprint: Fingerprint::of_digest("00"),
        })
    }

    #[test]
    fn a_team_is_split_where_a_transaction_ends_and_the_owner_goes_first() -> Result<(), Invalid> {
        let (member, owner) = (person(Role::Member)?, person(Role::Owner)?);
        let user = UserId::new(Timestamp::UNIX_EPOCH, [1; 10]);
        let mut team = vec![Member { record: &member, user, login: Login::New }; 60];
        team.push(Member { record: &owner, user, login: Login::Existing });
        let groups = in_transactions(&team.iter().collect::<Vec<_>>(), 5);
        assert_eq!(
            groups.iter().map(Vec::len).collect::<Vec<_>>(),
            [24, 23, 14],
            "5 others and 2 + 23 × 4 arms, then 5 and 23 × 4"
        );
        assert_eq!(groups[0][0].record.role, Role::Owner);
        Ok(())
    }
}

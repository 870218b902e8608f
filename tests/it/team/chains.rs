//! Whether acts of a team can be combined into more rights than their actors have: every state that a small team can get
//! into is searched, breadth first, with the policy's own functions, and each step is looked at.

use std::collections::{BTreeSet, HashSet, VecDeque};

use domain::access::{Act, policy};
use domain::actor::Standing;
use domain::member::{Member, MemberAct, Wants};
use domain::{Account, Features, Membership, MembershipStatus, Permission, Permissions, Role, UserId};
use tests::portal::TestPortal;

use super::{ADA, MIA, VERA};

/// What somebody is in the account; `None`: they do not belong to it.
type Place = Option<(Role, Permissions, MembershipStatus)>;

/// An invitation that waits: who sent it, and what it makes of whom it is for.
type Invitation = Option<(usize, Role, Permissions)>;

/// A team: the owner is the first.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Team(Vec<(Place, Invitation)>);

/// What somebody does.
#[derive(Debug, Clone)]
enum Step {
    /// To a member's place.
    Manage(MemberAct),
    /// Gives them a role and permissions.
    Set(Role, Permissions),
    /// Gives them what they asked for (R301).
    Grant(Wants),
    /// Verifies that they belong to the account: they asked to join it (R102).
    Verify(Permissions),
    /// Invites them (R303).
    Invite(Role, Permissions),
    /// Accepts the invitation that waits for oneself.
    Accept,
}

/// What is the same in every state.
struct Rules {
    account: Account,
    features: Features,
    people: Vec<Member>,
    invitations: bool,
    /// Leaves out that whoever invited must still be one who may.
    careless: bool,
}

impl Rules {
    async fn read(emails: &[&str], invitations: bool) -> Self {
        let portal = TestPortal::new().await;
        let store = portal.app.store();
        let acme = domain::AccountId::parse(super::acme(&portal).trim_start_matches("ACCOUNT#")).unwrap();
        let account = store.find_account(acme).await.unwrap().unwrap();
        let ids = crate::seats::ids(&portal, emails);
        let people = ids.iter().map(|id| member(UserId::parse(id).unwrap())).collect();
        let features = Features { team_area: true, guests_only: false, partner: false, on_behalf: false };
        Self { account, features, people, invitations, careless: false }
    }

    fn standing(&self, place: &Place) -> Standing {
        match place {
            // Who was taken out has no session here: they are as good as a stranger.
            None | Some((.., MembershipStatus::Unlinked)) => Standing::Unattached,
            Some(place) => Standing::of(&self.account, false, membership(place)),
        }
    }

    fn allows(&self, act: Act, place: &Place) -> bool {
        policy(act, &self.standing(place), Some(self.features)).is_ok()
    }

    fn rights(&self, place: &Place) -> BTreeSet<Act> {
        Act::ALL.into_iter().filter(|act| self.allows(*act, place)).collect()
    }

    /// Whether the act fits that member, as the functions ask.
    fn fits(&self, team: &Team, act: MemberAct, by: usize, whom: usize) -> bool {
        let Some(place) = &team.0[whom].0 else { return false };
        let mut member = self.people[whom].clone();
        member.membership = membership(place);
        member.fits(act, self.people[by].user, false).is_ok()
    }

    /// What comes of a step; none if it is refused, or changes nothing.
    fn take(&self, team: &Team, by: usize, whom: usize, step: &Step) -> Option<Team> {
        let manages = self.allows(Act::ManageMembers, &team.0[by].0);
        let mut next = team.clone();
        let (place, invitation) = &mut next.0[whom];
        match step {
            Step::Manage(act) => {
                if !manages || !self.fits(team, *act, by, whom) {
                    return None;
                }
                let (_, _, status) = place.as_mut()?;
                match act {
                    MemberAct::Deactivate => *status = MembershipStatus::Deactivated,
                    MemberAct::Reactivate | MemberAct::Link => *status = MembershipStatus::Active,
                    MemberAct::Unlink => *status = MembershipStatus::Unlinked,
                    MemberAct::Remove => *place = None,
                    MemberAct::Edit | MemberAct::SetRole | MemberAct::Invite | MemberAct::GivePassword => return None,
                }
            }
            Step::Set(role, permissions) => {
                if !manages || !self.fits(team, MemberAct::SetRole, by, whom) {
                    return None;
                }
                let (was_role, was_permissions, _) = place.as_mut()?;
                (*was_role, *was_permissions) = (*role, permissions.clone());
            }
            Step::Grant(wants) => {
                // Asked for by whoever works here and has it not; decided by whoever manages (`team/access-requests`).
                if !manages || !self.allows(Act::AskForAccess, place) {
                    return None;
                }
                let (role, permissions, _) = place.as_mut()?;
                let is = membership(&(*role, permissions.clone(), MembershipStatus::Active));
                if wants.is_had(&is) {
                    return None;
                }
                let given = wants.given_to(&is);
                (*role, *permissions) = (given.role, given.permissions);
            }
            Step::Verify(permissions) => {
                let asks = matches!(place, None | Some((.., MembershipStatus::Unlinked)));
                if by == whom || !asks || !self.allows(Act::DecideClaims, &team.0[by].0) {
                    return None;
                }
                *place = Some((Role::Member, permissions.clone(), MembershipStatus::Active));
            }
            Step::Invite(role, permissions) => {
                if !self.invitations || !manages || by == whom || place.is_some() {
                    return None;
                }
                *invitation = Some((by, *role, permissions.clone()));
            }
            Step::Accept => {
                let (inviter, role, permissions) = invitation.take()?;
                // Asked in the transaction: whoever invited still looks after the team (`NotAccepted::InviterGone`).
                let still = self.careless || self.allows(Act::ManageMembers, &team.0[inviter].0);
                if by != whom || place.is_some() || !still {
                    return None;
                }
                *place = Some((role, permissions, MembershipStatus::Active));
            }
        }
        (next != *team).then_some(next)
    }

    /// Who gives what a step gives.
    fn giver(team: &Team, by: usize, whom: usize, step: &Step) -> usize {
        match (step, &team.0[whom].1) {
            (Step::Accept, Some((inviter, ..))) => *inviter,
            _ => by,
        }
    }

    /// Looks at a step that was taken.
    fn judge(&self, before: &Team, after: &Team, (by, whom): (usize, usize), step: &Step) {
        let what = || format!("{by} does {step:?} to {whom} in {before:?}");
        assert_eq!(before.0[0].0, after.0[0].0, "the owner is the vendor's to change: {}", what());
        let giver = Self::giver(before, by, whom, step);
        for (person, ((was, _), (is, _))) in before.0.iter().zip(&after.0).enumerate() {
            let (had, has) = (self.rights(was), self.rights(is));
            let gained: BTreeSet<_> = has.difference(&had).collect();
            if !gained.is_empty() {
                assert_ne!(person, giver, "nobody gives themselves a right: {}", what());
                let of_giver = self.rights(&before.0[giver].0);
                assert!(gained.iter().all(|act| of_giver.contains(act)), "more than the giver has: {}", what());
                assert!(
                    of_giver.contains(&Act::ManageMembers) || of_giver.contains(&Act::DecideClaims),
                    "only owner and managers give rights: {}",
                    what()
                );
            }
            assert!(person == 0 || !matches!(is, Some((Role::Owner, ..))), "nobody makes an owner: {}", what());
            if !matches!(is, Some((.., MembershipStatus::Active))) {
                // Who is switched off is told whom to ask (R306).
                let outside = self.rights(&None);
                let more: Vec<_> = has.difference(&outside).filter(|act| **act != Act::ShowManagers).collect();
                assert!(more.is_empty(), "{more:?} of who is out: {}", what());
            }
        }
    }

    /// Every state that can be reached from one in which nobody but the owner is there.
    fn search(&self) -> usize {
        let owner = Some((Role::Owner, Permissions::new(), MembershipStatus::Active));
        let mut people = vec![(None, None); self.people.len()];
        people[0].0 = owner;
        let first = Team(people);
        let (mut seen, mut next) = (HashSet::from([format!("{first:?}")]), VecDeque::from([first]));
        let steps = steps();
        while let Some(team) = next.pop_front() {
            for by in 0..team.0.len() {
                for whom in 0..team.0.len() {
                    for step in &steps {
                        let Some(after) = self.take(&team, by, whom, step) else { continue };
                        self.judge(&team, &after, (by, whom), step);
                        if seen.insert(format!("{after:?}")) {
                            next.push_back(after);
                        }
                    }
                }
            }
        }
        seen.len()
    }
}

fn membership((role, permissions, status): &(Role, Permissions, MembershipStatus)) -> Membership {
    Membership { role: *role, permissions: permissions.clone(), status: *status, generation: 0, guest: None }
}

/// Somebody who has come in.
pub(crate) fn member(user: UserId) -> Member {
    use domain::name::PersonName;
    Member {
        user,
        membership: membership(&(Role::Member, Permissions::new(), MembershipStatus::Active)),
        first_name: PersonName::parse("Some").unwrap(),
        last_name: PersonName::parse("Body").unwrap(),
        email: domain::EmailAddress::parse("some@body.test").unwrap(),
        user_name: None,
        job_title: None,
        phone: None,
        login: domain::UserStatus::Active,
        seats: 0,
        seen_at: None,
        reviewed_at: None,
        version: 0,
    }
}

/// Every step that can be asked for; the forms take no other role (`team::wanted`).
fn steps() -> Vec<Step> {
    let (orders, licenses) = (Permission::ViewOrders, Permission::ManageLicenses);
    let sets = [vec![], vec![orders], vec![licenses], vec![orders, licenses]];
    let sets: Vec<Permissions> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
    let mut steps: Vec<_> = MemberAct::ALL.into_iter().map(Step::Manage).collect();
    steps.extend(Wants::ALL.map(Step::Grant));
    steps.extend([Step::Verify(sets[0].clone()), Step::Verify(sets[1].clone()), Step::Accept]);
    steps.extend([Step::Set(Role::Manager, sets[0].clone()), Step::Invite(Role::Manager, sets[0].clone())]);
    for set in sets {
        steps.push(Step::Set(Role::Member, set.clone()));
        steps.push(Step::Invite(Role::Member, set));
    }
    steps
}

/// R301, R305, R313: of two people beside the owner, whatever the three do.
#[tokio::test]
async fn no_chain_of_acts_gives_anybody_more_than_its_actors_have() {
    let rules = Rules::read(&[ADA, MIA, VERA], false).await;
    // Each is out, or a manager or a member with one of four sets of permissions, in three states.
    assert_eq!(rules.search(), 25_usize.pow(2));
}

/// R303, R309, R313: with invitations that wait for their answer, whatever becomes of who sent them.
#[tokio::test]
async fn no_invitation_outlives_the_right_to_send_it() {
    let rules = Rules::read(&[ADA, MIA, VERA], true).await;
    assert!(rules.search() > 25_usize.pow(2));
}

/// R309: the search has teeth: without that rule it finds the manager who invites themselves before they go.
#[tokio::test]
#[should_panic(expected = "more than the giver has")]
async fn where_there_is_a_chain_the_search_finds_it() {
    let mut rules = Rules::read(&[ADA, MIA, VERA], true).await;
    rules.careless = true;
    rules.search();
}

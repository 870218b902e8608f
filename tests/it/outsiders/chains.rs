//! Whether acts of a customer's team, its guests and its partner's people can be combined into more than the policy intends:
//! every state that they can get into is searched, breadth first, with the policy's own functions.
//!
//! Three people: the customer's owner; Pete of its partner, who acts by up to two doors, as one of the partner's people and
//! by his place in the account; and Nora, anybody, whom Pete may know well. What is intended: whoever manages the people of
//! an account lets in whom they like, as managers if they belong to it, and who was let in stays when the partnership ends.
//! The invitation is the customer's to see and to take back, and the log names its sender (`invitations.rs`).

use std::collections::{BTreeSet, HashSet, VecDeque};

use domain::access::{Act, policy};
use domain::actor::{CustomerStanding, LookingAfter, Standing};
use domain::member::{Member, MemberAct, Wants};
use domain::membership::Guest;
use domain::partnership::{CustomerAccess, Partnership};
use domain::{Account, Features, Membership, MembershipStatus, Permissions, Role, Timestamp};
use tests::portal::TestPortal;

use super::{ACME, ORION, PETE, id_of, member_row};
use crate::team::ADA;

const OWNER: usize = 0;
const PARTNERS: usize = 1;
const FEATURES: Features = Features { team_area: true, guests_only: false, partner: false, on_behalf: false };

/// What somebody is in the customer's account: their role, whether as a guest, and whether switched on.
type Place = Option<(Role, bool, MembershipStatus)>;

/// An invitation that waits: who sent it by which door, what it makes of whom it is for, and whether a guest.
type Invitation = Option<(usize, Door, Role, bool)>;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Door {
    /// By their place in the account.
    Place,
    /// As one of its partner's people.
    Partner,
}

#[derive(Debug, Clone, PartialEq)]
struct State {
    access: Option<CustomerAccess>,
    people: [(Place, Invitation); 3],
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Manage(MemberAct),
    Set(Role),
    Grant(Wants),
    Invite(Role),
    InviteGuest(Role),
    Accept,
    /// The owner's and the vendor's: how the partner gets in, or that it is none any more.
    Access(Option<CustomerAccess>),
}

struct Rules {
    customer: Account,
    partner: Account,
    at_home: Membership,
    members: [Member; 3],
    /// Leaves out that managers are made by who belongs to the account.
    careless: bool,
}

impl Rules {
    async fn read() -> Self {
        let portal = TestPortal::new().await;
        let store = portal.app.store();
        let [customer, partner] =
            [ACME, ORION].map(|number| domain::AccountId::parse(&id_of(&portal, number)).unwrap());
        let customer = store.find_account(customer).await.unwrap().unwrap();
        let partner = store.find_account(partner).await.unwrap().unwrap();
        assert_eq!(member_row(&portal, PETE, ORION).unwrap()["r"]["S"], "member");
        let ids = crate::seats::ids(&portal, &[ADA, PETE, "una@solo.test"]);
        let members = std::array::from_fn(|who| crate::team::somebody(domain::UserId::parse(&ids[who]).unwrap()));
        let at_home = Membership::joined(Role::Member, Permissions::new(), Timestamp::UNIX_EPOCH);
        Self { customer, partner, at_home, members, careless: false }
    }

    fn customer(&self, state: &State) -> Account {
        let partnership = state.access.map(|access| Partnership { partner: self.partner.id, access });
        Account { partnership, ..self.customer.clone() }
    }

    fn membership(&self, (role, as_guest, status): (Role, bool, MembershipStatus)) -> Membership {
        let guest = as_guest.then(|| Guest {
            home: self.partner.id,
            home_name: self.partner.name.clone(),
            since: Timestamp::MIN,
            until: Timestamp::MAX,
            by: None,
        });
        Membership { role, status, guest, ..self.at_home.clone() }
    }

    /// Where somebody stands who comes in by that door, as `Actor::judge` has it.
    fn standing(&self, state: &State, who: usize, door: Door) -> Standing {
        let customer = self.customer(state);
        match door {
            Door::Partner if who == PARTNERS => {
                let theirs = customer.is_looked_after_by(self.partner.id);
                let standing = match (theirs, customer.is_open_to(&self.partner, &self.at_home)) {
                    (_, true) => CustomerStanding::Open,
                    (true, false) => CustomerStanding::GuestsOnly,
                    (false, false) => CustomerStanding::NotTheirs,
                };
                let membership = self.at_home.clone();
                Standing::LookingAfter(LookingAfter { membership, customer: standing, on_behalf: false })
            }
            Door::Partner => Standing::Unattached,
            Door::Place => match state.people[who].0 {
                None | Some((.., MembershipStatus::Unlinked)) => Standing::Unattached,
                Some(place) => {
                    let membership = self.membership(place);
                    let now = Timestamp::UNIX_EPOCH;
                    let counts = |guest: &Guest| guest.counts(&customer, Some(&self.partner), Some(&self.at_home), now);
                    let is_over = membership.guest.as_ref().is_some_and(|guest| !counts(guest));
                    match Standing::of(&customer, false, membership) {
                        Standing::Working(_) if is_over => Standing::GuestEnded,
                        standing => standing,
                    }
                }
            },
        }
    }

    fn allows(&self, state: &State, (who, door): (usize, Door), act: Act) -> bool {
        policy(act, &self.standing(state, who, door), Some(FEATURES)).is_ok()
    }

    fn rights(&self, state: &State, who: usize, door: Door) -> BTreeSet<Act> {
        Act::ALL.into_iter().filter(|act| self.allows(state, (who, door), *act)).collect()
    }

    /// What comes of a step; none if it is refused, or changes nothing.
    fn take(&self, state: &State, by: (usize, Door), whom: usize, step: Step) -> Option<State> {
        let manages = self.allows(state, by, Act::ManageMembers);
        let may_give = |role| self.careless || role == Role::Member || self.allows(state, by, Act::MakeManagers);
        let fits = |act| {
            let place = state.people[whom].0?;
            let member = Member { membership: self.membership(place), ..self.members[whom].clone() };
            member.fits(act, self.members[by.0].user, false).ok()
        };
        let mut next = state.clone();
        let (place, invitation) = &mut next.people[whom];
        match step {
            Step::Manage(act) => {
                fits(act).filter(|()| manages)?;
                let (_, _, status) = place.as_mut().filter(|(role, as_guest, _)| *as_guest || may_give(*role))?;
                match act {
                    MemberAct::Deactivate => *status = MembershipStatus::Deactivated,
                    MemberAct::Reactivate => *status = MembershipStatus::Active,
                    MemberAct::Link => *status = MembershipStatus::Active,
                    MemberAct::Unlink => *status = MembershipStatus::Unlinked,
                    MemberAct::Remove => *place = None,
                    MemberAct::Edit | MemberAct::SetRole | MemberAct::Invite | MemberAct::GivePassword => return None,
                }
            }
            Step::Set(role) => {
                fits(MemberAct::SetRole).filter(|()| manages)?;
                let is = &mut place.as_mut()?.0;
                *is = Some(role).filter(|role| may_give(*role) && may_give(*is))?;
            }
            Step::Grant(wants) => {
                let asks = self.allows(state, (whom, Door::Place), Act::AskForAccess);
                if !manages || !asks || by.0 == whom {
                    return None;
                }
                let is = self.membership((*place)?);
                let then = wants.given_to(&is).role;
                if wants.is_had(&is) || !may_give(then) {
                    return None;
                }
                place.as_mut()?.0 = then;
            }
            Step::Invite(role) if manages && may_give(role) && by.0 != whom && place.is_none() => {
                *invitation = Some((by.0, by.1, role, false));
            }
            Step::InviteGuest(role)
                if whom == PARTNERS && place.is_none() && self.allows(state, by, Act::ManageGuests) =>
            {
                *invitation = Some((by.0, by.1, role, true));
            }
            Step::Accept => {
                let (inviter, door, role, as_guest) = invitation.take()?;
                let act = match role {
                    _ if as_guest => Act::ManageGuests,
                    Role::Member => Act::ManageMembers,
                    Role::Manager | Role::Owner => Act::MakeManagers,
                };
                let theirs = !as_guest || state.access.is_some();
                if by.0 != whom || place.is_some() || !theirs || !self.allows(state, (inviter, door), act) {
                    return None;
                }
                *place = Some((role, as_guest, MembershipStatus::Active));
            }
            Step::Access(access) if by == (OWNER, Door::Place) => next.access = access,
            Step::Invite(_) | Step::InviteGuest(_) | Step::Access(_) => return None,
        }
        (next != *state).then_some(next)
    }

    fn judge(&self, before: &State, after: &State, by: (usize, Door), step: Step) {
        // What is for those alone who belong to the account, whatever they are in it.
        const BELONGING: [Act; 6] = [
            Act::DecideClaims,
            Act::ShowOutsiders,
            Act::ManageGuests,
            Act::ChangeAccess,
            Act::ReviewAccess,
            Act::RequireSecondFactor,
        ];
        let what = || format!("{by:?} does {step:?} in {before:?}");
        assert_eq!(before.people[OWNER].0, after.people[OWNER].0, "the owner is the vendor's to change: {}", what());
        for who in 0..3 {
            let (was, is) = (before.people[who].0, after.people[who].0);
            if let (Some((_, was_guest, _)), Some((_, is_guest, _))) = (was, is) {
                assert_eq!(was_guest, is_guest, "no guest becomes a member, and no member a guest: {}", what());
            }
            assert!(who == OWNER || !matches!(is, Some((Role::Owner, ..))), "nobody makes an owner: {}", what());
            let manages = |place: Place| place == Some((Role::Manager, false, MembershipStatus::Active));
            if manages(is) && !manages(was) {
                let invitation = before.people[who].1.filter(|_| matches!(step, Step::Accept));
                let (maker, door) = invitation.map_or(by, |(inviter, door, ..)| (inviter, door));
                let belongs = matches!(before.people[maker].0, Some((_, false, _)));
                assert!(door == Door::Place && belongs, "R507: a manager made from outside: {}", what());
            }
            let inside = self.rights(after, who, Door::Place);
            if matches!(is, Some((_, true, _))) {
                assert!(BELONGING.iter().all(|act| !inside.contains(act)), "a guest belongs: {}", what());
                assert!(after.access.is_some() || inside.is_subset(&self.ended()), "R514: {}", what());
            }
            if who == PARTNERS {
                let across = self.rights(after, who, Door::Partner);
                assert!(BELONGING.iter().all(|act| !across.contains(act)), "a partner belongs: {}", what());
                let open = after.access == Some(CustomerAccess::Automatic);
                assert_eq!(open, across.contains(&Act::ListLicenses), "R509, R514: {}", what());
            }
            let gained = inside.difference(&self.rights(before, who, Door::Place)).count();
            let takes = matches!(step, Step::Accept | Step::Access(_));
            assert!(who != by.0 || gained == 0 || takes, "nobody gives themselves a right: {}", what());
        }
    }

    /// What is left to a guest whose time is over.
    fn ended(&self) -> BTreeSet<Act> {
        let may = |act: &Act| policy(*act, &Standing::Unattached, Some(FEATURES)).is_ok();
        let mut left: BTreeSet<_> = Act::ALL.into_iter().filter(may).collect();
        // Whoever was switched off reads whom to ask (R306).
        left.extend([Act::LeaveAsGuest, Act::ShowManagers]);
        left
    }

    fn search(&self) -> usize {
        let owner = Some((Role::Owner, false, MembershipStatus::Active));
        let first =
            State { access: Some(CustomerAccess::Automatic), people: [(owner, None), (None, None), (None, None)] };
        let (mut seen, mut next) = (HashSet::from([format!("{first:?}")]), VecDeque::from([first]));
        while let Some(state) = next.pop_front() {
            for by in [(0, Door::Place), (1, Door::Place), (1, Door::Partner), (2, Door::Place)] {
                for (whom, step) in (0..3).flat_map(|whom| steps().map(move |step| (whom, step))) {
                    let Some(after) = self.take(&state, by, whom, step) else { continue };
                    self.judge(&state, &after, by, step);
                    if seen.insert(format!("{after:?}")) {
                        next.push_back(after);
                    }
                }
            }
        }
        seen.len()
    }
}

/// Every step that can be asked for.
fn steps() -> impl Iterator<Item = Step> {
    let access = [None, Some(CustomerAccess::Automatic), Some(CustomerAccess::GuestsOnly)];
    let roles = [Role::Member, Role::Manager];
    let each = roles.into_iter().flat_map(|role| [Step::Set(role), Step::Invite(role), Step::InviteGuest(role)]);
    let manage = MemberAct::ALL.into_iter().map(Step::Manage);
    manage.chain(each).chain([Step::Grant(Wants::Team), Step::Accept]).chain(access.map(Step::Access))
}

/// R502, R507, R509, R510, R512, R514
#[tokio::test]
async fn no_chain_of_acts_gives_an_outsider_more_than_is_meant() {
    let states = Rules::read().await.search();
    assert!(states > 500, "{states}");
}

/// R507: the search has teeth: without that rule it finds whom a partner's person makes a manager.
#[tokio::test]
#[should_panic(expected = "a manager made from outside")]
async fn where_there_is_a_chain_the_search_finds_it() {
    let mut rules = Rules::read().await;
    rules.careless = true;
    rules.search();
}

//! Rights of the vendor's people, at the console.

use super::{Presumable, Presumed};
use crate::{
    StaffRole, UserId,
    access::{Act, Denied},
    actor::{Actor, Authority, Names, Standing},
};

/// A right to change something as staff: who acts, checked again in the transaction. Losing the role raises the
/// generation, so the generation is all there is to check.
macro_rules! staff {
    ($(#[$meta:meta])* $name:ident, $may:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            authority: Authority,
            role: StaffRole,
        }

        impl $name {
            /// Who acts, as checked again in the transaction.
            #[must_use]
            pub const fn authority(&self) -> &Authority {
                &self.authority
            }

            /// As what.
            #[must_use]
            pub const fn role(&self) -> StaffRole {
                self.role
            }
        }

        impl Actor {
            $(#[$meta])*
            ///
            /// # Errors
            /// As [`policy`](crate::access::policy) says.
            pub fn $may(&self) -> Result<$name, Denied> {
                self.allows(Act::$name)?;
                Ok($name { authority: self.authority(), role: self.staff_role()? })
            }
        }
    };
}

staff!(/** The right to invite owners to their accounts. */ InviteOwners, may_invite_owners);
staff!(/** The right to say what an account may use. */ SetFeatures, may_set_features);
staff!(/** The right to decide what people ask of the vendor. */ WorkDesk, may_work_desk);
staff!(/** The right to record, amend and cancel orders. */ RecordOrders, may_record_orders);
staff!(/** The right to change products and their releases. */ ManageProducts, may_manage_products);

/// A right to read as staff. The query may start before it is known that the caller is: what it finds is handed out only
/// to the right.
macro_rules! staff_to_read {
    ($(#[$meta:meta])* $name:ident, $act:ident, $may:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            user: UserId,
        }

        impl $name {
            /// Who reads.
            #[must_use]
            pub const fn user(&self) -> UserId {
                self.user
            }
        }

        impl Presumable for $name {
            fn presume(names: &Names) -> Option<Presumed<Self>> {
                // Staff work at the console in no account.
                names.account.is_none().then_some(Presumed(Self { user: names.user }))
            }
        }

        impl Actor {
            $(#[$meta])*
            ///
            /// # Errors
            /// As [`policy`](crate::access::policy) says.
            pub fn $may(&self) -> Result<$name, Denied> {
                self.allows(Act::$act)?;
                Ok($name { user: self.user().id })
            }
        }
    };
}

staff_to_read!(/** The right to find accounts and to see them. */ FindAccounts, FindAccounts, may_find_accounts);
staff_to_read!(/** The right to see what people ask of the vendor. */ ListRequests, WorkDesk, may_list_requests);
staff_to_read!(/** The right to see orders. */ ShowOrders, RecordOrders, may_show_orders);
staff_to_read!(/** The right to see what is said of all accounts. */ ShowSettings, SetFeatures, may_show_settings);
staff_to_read!(/** The right to see all products and releases. */ ListProducts, ManageProducts, may_list_products);

impl Actor {
    fn staff_role(&self) -> Result<StaffRole, Denied> {
        match self.standing() {
            Standing::Staff(role) => Ok(*role),
            Standing::Unattached
            | Standing::Working(_)
            | Standing::SecondFactorMissing
            | Standing::Deactivated
            | Standing::Suspended
            | Standing::GuestEnded
            | Standing::LookingAfter(_)
            | Standing::Closed => Err(Denied::Hidden),
        }
    }
}

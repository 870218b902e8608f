//! What happened below, as a failure of the request.

use std::sync::Arc;

use domain::{
    access::Denied,
    actor::Refused,
    desk::Barred,
    invitation::{NotAccepted, NotInvited},
};
use files::FilesError;
use store::StoreError;

use super::ApiError;

impl From<NotInvited> for ApiError {
    fn from(why: NotInvited) -> Self {
        Self::NotInvited(why)
    }
}

impl From<NotAccepted> for ApiError {
    fn from(why: NotAccepted) -> Self {
        Self::NotAccepted(why)
    }
}

impl From<FilesError> for ApiError {
    fn from(error: FilesError) -> Self {
        match error {
            FilesError::Silent(_) => Self::TryAgain(Arc::new(error)),
            FilesError::Authority(_) | FilesError::Unsigned(_) => Self::Internal(Arc::new(error)),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) | StoreError::Conflict => Self::TryAgain(Arc::new(error)),
            StoreError::Refused(_) | StoreError::Row(_) | StoreError::Request(_) => Self::Internal(Arc::new(error)),
        }
    }
}

impl From<Denied> for ApiError {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<Barred> for ApiError {
    fn from(barred: Barred) -> Self {
        match barred {
            Barred::OwnRequest => Self::OwnRequest,
            Barred::SamePerson => Self::SamePerson,
            Barred::AdminOnly => Self::Denied(Denied::AdminOnly),
        }
    }
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

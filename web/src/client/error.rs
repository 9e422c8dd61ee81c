//! Why an answer did not come.

use openapi::Problem;

/// What went wrong with a request, as far as the visitor is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ClientError {
    /// No answer at all: no network, no server, or too slow.
    Unreachable,
    /// The API refused and said why.
    Problem(Box<Problem>),
    /// Something answered, but not in the API's words: a proxy, or another version.
    Unreadable { status: u16, request_id: Option<String> },
}

impl ClientError {
    /// The HTTP status, if there was an answer.
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Unreachable => None,
            Self::Problem(problem) => Some(problem.status),
            Self::Unreadable { status, .. } => Some(*status),
        }
    }

    /// What to name when asking for help.
    pub(crate) fn request_id(&self) -> Option<&str> {
        match self {
            Self::Unreachable => None,
            Self::Problem(problem) => Some(&problem.request_id),
            Self::Unreadable { request_id, .. } => request_id.as_deref(),
        }
    }

    /// What the API said about it, in English.
    pub(crate) fn detail(&self) -> Option<&str> {
        match self {
            Self::Problem(problem) => Some(&problem.detail),
            _ => None,
        }
    }

    /// Whether there simply is no such thing.
    pub(crate) fn is_absent(&self) -> bool {
        self.status() == Some(404)
    }
}

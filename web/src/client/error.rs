//! Why an answer did not come.

use openapi::{FieldError, Problem};

/// What went wrong with a request, as far as the visitor is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ClientError {
    /// No answer at all: no network, no server, or too slow.
    Unreachable,
    /// The API refused and said why, and perhaps in how many seconds to try again.
    Problem { problem: Box<Problem>, retry_after: Option<u32> },
    /// Something answered, but not in the API's words: a proxy, or another version.
    Unreadable { status: u16, request_id: Option<String> },
    /// Nobody was asked, because nobody is signed in (any more).
    SignedOut,
}

impl ClientError {
    fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem { problem, .. } => Some(problem),
            _ => None,
        }
    }

    /// The HTTP status, if there was an answer.
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Unreachable => None,
            Self::Problem { problem, .. } => Some(problem.status),
            Self::Unreadable { status, .. } => Some(*status),
            Self::SignedOut => Some(401),
        }
    }

    /// What to name when asking for help.
    pub(crate) fn request_id(&self) -> Option<&str> {
        match self {
            Self::Problem { problem, .. } => Some(&problem.request_id),
            Self::Unreadable { request_id, .. } => request_id.as_deref(),
            Self::Unreachable | Self::SignedOut => None,
        }
    }

    /// What the API said about it, in English.
    pub(crate) fn detail(&self) -> Option<&str> {
        self.problem().map(|problem| problem.detail.as_str())
    }

    /// The kind of problem, in the API's words.
    pub(crate) fn code(&self) -> Option<&str> {
        self.problem().map(|problem| problem.code.as_str())
    }

    /// What was wrong with single fields.
    pub(crate) fn field_errors(&self) -> &[FieldError] {
        self.problem().map(|problem| problem.errors.as_slice()).unwrap_or_default()
    }

    /// After how many seconds to try again, if the API said so.
    pub(crate) fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Problem { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Whether there simply is no such thing.
    pub(crate) fn is_absent(&self) -> bool {
        self.status() == Some(404)
    }

    /// Whether the token was not taken: it is too old, or the session has ended.
    pub(crate) fn is_unauthorized(&self) -> bool {
        matches!(self, Self::SignedOut) || self.code() == Some("UNAUTHORIZED")
    }
}

use yew::prelude::*;

use crate::{
    client::{Session, SessionState},
    state::Visitor,
};

/// Who is visiting.
#[hook]
pub(crate) fn use_visitor() -> Visitor {
    use_context::<Visitor>()
        .unwrap_or_else(|| Visitor { session: Session::default(), state: SessionState::SignedOut })
}

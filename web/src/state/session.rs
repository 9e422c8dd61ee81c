//! Who is visiting.

use std::rc::Rc;

use openapi::accounts::User;
use yew::prelude::*;

use super::IsOnline;
use crate::{
    browser,
    client::{Session, SessionState},
};

/// The visitor, and the way to ask and change things in their name.
#[derive(Clone, PartialEq)]
pub(crate) struct Visitor {
    pub(crate) session: Session,
    pub(crate) state: SessionState,
}

impl Visitor {
    /// Their account, if they are signed in.
    pub(crate) fn user(&self) -> Option<&Rc<User>> {
        match &self.state {
            SessionState::SignedIn(user) => Some(user),
            _ => None,
        }
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub children: Html,
}

/// Restores the session of an earlier visit and follows what the other tabs do. Asks again when the network is back.
#[component]
pub(crate) fn SessionProvider(props: &Props) -> Html {
    let session = use_memo((), |()| Session::default());
    let state = use_state(|| session.state());
    let is_online = use_context::<IsOnline>();
    {
        let (session, state) = (Session::clone(&session), state.clone());
        use_effect_with((), move |()| {
            session.watch(Callback::from(move |now| state.set(now)));
            let listener = browser::on_window("storage", move |_| session.follow_other_tabs());
            move || drop(listener)
        });
    }
    {
        let session = Session::clone(&session);
        use_effect_with(is_online, move |_| session.restore());
    }
    let visitor = Visitor { session: Session::clone(&session), state: (*state).clone() };
    html! {
        <ContextProvider<Visitor> context={visitor}>{ props.children.clone() }</ContextProvider<Visitor>>
    }
}

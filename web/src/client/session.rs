//! Who is signed in, and requests in their name. The access token is in memory; the refresh token is a cookie that no
//! script can read.

use std::{cell::RefCell, rc::Rc};

use openapi::{
    Data,
    accounts::{SignedIn, User},
};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::{
    Call, ClientError, accounts,
    call::Asker,
    json,
    request::{Answer, Outgoing, send},
    signal::Signal,
    tokens::{Advice, Tokens},
};
use crate::browser;

/// Remembers that somebody signed in, for the next visit and the other tabs. Who it was is not remembered.
const FLAG: &str = "bottega.signedIn";

/// What is known about the visitor.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SessionState {
    /// Perhaps signed in: the answer is on its way.
    Unknown,
    /// Perhaps signed in: nobody answers.
    Unclear(ClientError),
    SignedOut,
    SignedIn(Rc<User>),
}

type Waiter = Signal<Result<Rc<str>, ClientError>>;

/// A handle: clones share everything.
#[derive(Clone)]
pub(crate) struct Session(Rc<Inner>);

struct Inner {
    tokens: RefCell<Tokens<Waiter>>,
    state: RefCell<SessionState>,
    watcher: RefCell<Callback<SessionState>>,
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Default for Session {
    /// Visitors who never signed in are not asked for: most never do.
    fn default() -> Self {
        let state =
            if browser::recall(FLAG).is_some() { SessionState::Unknown } else { SessionState::SignedOut };
        Self(Rc::new(Inner {
            tokens: RefCell::default(),
            state: RefCell::new(state),
            watcher: RefCell::default(),
        }))
    }
}

impl Session {
    pub(crate) fn state(&self) -> SessionState {
        self.0.state.borrow().clone()
    }

    /// Hears of every change. There is one watcher: the provider of the context.
    pub(crate) fn watch(&self, watcher: Callback<SessionState>) {
        self.0.watcher.replace(watcher);
    }

    /// Asks who is signed in, if somebody may be and it is not known.
    pub(crate) fn restore(&self) {
        if browser::recall(FLAG).is_none() || matches!(self.state(), SessionState::SignedIn(_)) {
            return;
        }
        self.set_state(SessionState::Unknown);
        let session = self.clone();
        spawn_local(async move {
            // What comes of it is in the state.
            let _ = session.token(None).await;
        });
    }

    /// Does as another tab did: signs in or out.
    pub(crate) fn follow_other_tabs(&self) {
        match (browser::recall(FLAG).is_some(), self.state()) {
            (false, SessionState::SignedOut) => {}
            (false, _) => self.end(),
            (true, SessionState::SignedOut) => self.restore(),
            (true, _) => {}
        }
    }

    /// Somebody signed in here.
    pub(crate) fn begin(&self, signed_in: SignedIn) {
        let waiters = self.0.tokens.borrow_mut().replace(Some(&signed_in.token));
        browser::remember(FLAG, "1");
        self.set_state(SessionState::SignedIn(Rc::new(signed_in.user)));
        tell(waiters, &Err(ClientError::SignedOut));
    }

    /// Nobody is signed in here any more.
    pub(crate) fn end(&self) {
        let waiters = self.0.tokens.borrow_mut().replace(None);
        browser::forget(FLAG);
        self.set_state(SessionState::SignedOut);
        tell(waiters, &Err(ClientError::SignedOut));
    }

    /// The visitor changed something about themselves.
    pub(crate) fn update(&self, user: User) {
        if matches!(self.state(), SessionState::SignedIn(known) if known.id == user.id) {
            self.set_state(SessionState::SignedIn(Rc::new(user)));
        }
    }

    /// Sends a request and reads its answer.
    pub(crate) async fn call<T>(&self, call: Call<T>) -> Result<T, ClientError> {
        self.answer(&call.outgoing, call.asker).await?.read(call.read)
    }

    /// Sends a request and hands on its answer as it came.
    pub(crate) async fn fetch_text(&self, call: Call<()>) -> Result<String, ClientError> {
        Ok(self.answer(&call.outgoing, call.asker).await?.into_text())
    }

    async fn answer(&self, outgoing: &Outgoing, asker: Asker) -> Result<Answer, ClientError> {
        if asker != Asker::Anybody {
            match self.customers_answer(outgoing).await {
                // Refused or not even asked: a guest asks for the first time.
                Err(error) if asker == Asker::CustomerOrGuest && self.is_out(&error) => {}
                answer => return answer,
            }
        }
        send(outgoing, None).await
    }

    fn is_out(&self, error: &ClientError) -> bool {
        error.is_unauthorized() && self.state() == SessionState::SignedOut
    }

    async fn customers_answer(&self, outgoing: &Outgoing) -> Result<Answer, ClientError> {
        let turn = self.0.tokens.borrow().turn();
        let token = self.token(None).await?;
        match send(outgoing, Some(&token)).await {
            Err(error) if error.is_unauthorized() => {}
            answer => return answer,
        }
        let token = self.token(Some(&token)).await?;
        if !self.0.tokens.borrow().is_turn(turn) {
            // It was meant in the name of somebody who has left.
            return Err(ClientError::SignedOut);
        }
        let answer = send(outgoing, Some(&token)).await;
        // A token that is new and not taken belongs to nobody.
        let is_refused = matches!(&answer, Err(error) if error.is_unauthorized());
        if is_refused && self.0.tokens.borrow().is_current(&token) {
            self.end();
        }
        answer
    }

    /// The token to send: the one in memory, or a new one if that was refused.
    async fn token(&self, refused: Option<&str>) -> Result<Rc<str>, ClientError> {
        if self.state() == SessionState::SignedOut {
            return Err(ClientError::SignedOut);
        }
        let waiter = Waiter::default();
        let advice = self.0.tokens.borrow_mut().need(refused, waiter.clone());
        match advice {
            Advice::Use(token) => return Ok(token),
            Advice::Wait => {}
            Advice::Renew(turn) => {
                let session = self.clone();
                spawn_local(async move { session.renew(turn).await });
            }
        }
        waiter.await
    }

    async fn renew(&self, turn: u32) {
        let answer = send(&accounts::refresh(), None).await;
        let answer = answer.and_then(|answer| answer.read::<Data<SignedIn>>(json::read));
        if !self.0.tokens.borrow().is_turn(turn) {
            return;
        }
        match answer {
            // Another account, signed in from another tab: nothing that waited was meant for it.
            Ok(answer) if self.is_other(&answer.data.user) => self.begin(answer.data),
            Ok(Data { data: SignedIn { user, token, .. } }) => {
                let waiters = self.0.tokens.borrow_mut().renewed(turn, Some(&token));
                browser::remember(FLAG, "1");
                self.set_state(SessionState::SignedIn(Rc::new(user)));
                tell(waiters, &Ok(token.into()));
            }
            Err(error) if error.is_unauthorized() => self.end(),
            // Nobody said no: whoever was signed in still is.
            Err(error) => {
                let waiters = self.0.tokens.borrow_mut().renewed(turn, None);
                if self.state() == SessionState::Unknown {
                    self.set_state(SessionState::Unclear(error.clone()));
                }
                tell(waiters, &Err(error));
            }
        }
    }

    fn is_other(&self, user: &User) -> bool {
        matches!(self.state(), SessionState::SignedIn(known) if known.id != user.id)
    }

    fn set_state(&self, state: SessionState) {
        let has_changed = self.0.state.replace(state.clone()) != state;
        if has_changed {
            let watcher = self.0.watcher.borrow().clone();
            watcher.emit(state);
        }
    }
}

fn tell(waiters: Vec<Waiter>, outcome: &Result<Rc<str>, ClientError>) {
    for waiter in waiters {
        waiter.tell(outcome.clone());
    }
}

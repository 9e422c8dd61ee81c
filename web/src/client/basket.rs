//! Keeps the cart in step with the server: one request at a time, and tells whoever watches.

use std::{
    cell::{Cell, Ref, RefCell},
    rc::Rc,
};

use openapi::cart::{Cart, CartNotice};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::{ClientError, Session, cart};
use crate::domain::basket::{Basket, Wish};

/// What came of a wish.
pub(crate) type Outcome = Result<Rc<Cart>, ClientError>;

/// A handle: clones share everything.
#[derive(Clone)]
pub(crate) struct BasketKeeper(Rc<Inner>);

struct Inner {
    session: Session,
    basket: RefCell<Basket>,
    /// Why the cart is not known.
    error: RefCell<Option<ClientError>>,
    /// What was told at signing in, until the cart is changed.
    news: RefCell<Vec<CartNotice>>,
    /// Counts the changes: who shows the cart shows it again.
    version: Cell<u32>,
    changed: RefCell<Callback<u32>>,
    answered: RefCell<Callback<(Wish, Outcome)>>,
}

impl PartialEq for BasketKeeper {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl BasketKeeper {
    pub(crate) fn new(session: Session) -> Self {
        Self(Rc::new(Inner {
            session,
            basket: RefCell::default(),
            error: RefCell::default(),
            news: RefCell::default(),
            version: Cell::default(),
            changed: RefCell::default(),
            answered: RefCell::default(),
        }))
    }

    /// Hears of every change, and of what comes of every wish. There is one watcher: the provider of the context.
    pub(crate) fn watch(&self, changed: Callback<u32>, answered: Callback<(Wish, Outcome)>) {
        self.0.changed.replace(changed);
        self.0.answered.replace(answered);
    }

    pub(crate) fn look(&self) -> Ref<'_, Basket> {
        self.0.basket.borrow()
    }

    /// Why nothing is known of the cart.
    pub(crate) fn error(&self) -> Option<ClientError> {
        self.0.error.borrow().clone()
    }

    pub(crate) fn news(&self) -> Vec<CartNotice> {
        self.0.news.borrow().clone()
    }

    /// What the server told about the cart when somebody signed in.
    pub(crate) fn tell(&self, news: Vec<CartNotice>) {
        self.0.news.replace(news);
        self.has_changed();
    }

    /// Wants something of the cart.
    pub(crate) fn want(&self, wish: Wish) {
        if wish != Wish::Read {
            self.0.news.borrow_mut().clear();
        }
        self.0.basket.borrow_mut().want(wish);
        self.has_changed();
        self.go_on();
    }

    /// Another visitor's cart is to be shown. `is_known` where what is shown may stay until the answer is there.
    pub(crate) fn change_hands(&self, is_known: bool) {
        if !is_known {
            self.0.basket.borrow_mut().forget();
            self.0.news.borrow_mut().clear();
        }
        self.want(Wish::Read);
    }

    fn go_on(&self) {
        let Some(wish) = self.0.basket.borrow_mut().next() else {
            return;
        };
        let keeper = self.clone();
        spawn_local(async move {
            let answer = keeper.0.session.call(cart::ask(&wish)).await;
            keeper.settle(wish, answer.map(|answer| answer.data));
        });
    }

    fn settle(&self, wish: Wish, answer: Result<Cart, ClientError>) {
        let (cart, error) = match answer {
            Ok(cart) => (Some(cart), None),
            Err(error) => (None, Some(error)),
        };
        self.0.basket.borrow_mut().settle(cart);
        self.0.error.replace(error.clone());
        let known = self.look().cart().cloned();
        // Refused, the cart is not what it was thought to be; unanswered, nobody knows what it is.
        if wish != Wish::Read && error.is_some() {
            self.0.basket.borrow_mut().want(Wish::Read);
        }
        self.has_changed();
        let outcome = match (error, known) {
            (Some(error), _) => Some(Err(error)),
            (None, cart) => cart.map(Ok),
        };
        if let Some(outcome) = outcome {
            let answered = self.0.answered.borrow().clone();
            answered.emit((wish, outcome));
        }
        self.go_on();
    }

    fn has_changed(&self) {
        self.0.version.set(self.0.version.get() + 1);
        let changed = self.0.changed.borrow().clone();
        changed.emit(self.0.version.get());
    }
}

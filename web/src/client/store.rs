//! Loads resources, one request at a time each, remembers their answers and tells whoever watches.

use std::{
    any::Any,
    cell::RefCell,
    collections::{HashMap, HashSet},
    rc::{Rc, Weak},
};

use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::{
    ClientError, Question,
    cache::{Cache, Lookup},
    request::{self, Outgoing},
};
use crate::browser;

/// What came of a question, whatever its type.
pub(crate) type Answer = Result<Rc<dyn Any>, ClientError>;

/// The answers of this visit and the requests under way. A handle: clones share both.
#[derive(Clone, Default)]
pub(crate) struct Store(Rc<RefCell<Inner>>);

#[derive(Default)]
struct Inner {
    cache: Cache<Rc<dyn Any>>,
    under_way: HashSet<String>,
    watchers: HashMap<u64, Watcher>,
    next_watcher: u64,
}

struct Watcher {
    url: String,
    tell: Callback<Answer>,
}

/// Answers are told for as long as this lives.
pub(crate) struct Watch {
    store: Weak<RefCell<Inner>>,
    number: u64,
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(store) = self.store.upgrade() {
            store.borrow_mut().watchers.remove(&self.number);
        }
    }
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Store {
    /// What can be shown at once, fresh or stale.
    pub(crate) fn peek(&self, question: &Question) -> Option<Rc<dyn Any>> {
        match self.look_up(&question.url) {
            Lookup::Fresh(value) | Lookup::Stale(value) => Some(value),
            Lookup::Absent => None,
        }
    }

    /// Hears every answer to this question, whoever asked it.
    pub(crate) fn watch(&self, question: &Question, tell: Callback<Answer>) -> Watch {
        let mut inner = self.0.borrow_mut();
        let number = inner.next_watcher;
        inner.next_watcher += 1;
        inner.watchers.insert(number, Watcher { url: question.url.clone(), tell });
        Watch { store: Rc::downgrade(&self.0), number }
    }

    /// Asks, unless the answer is fresh or already on its way.
    pub(crate) fn load(&self, question: Question) {
        let is_fresh = matches!(self.look_up(&question.url), Lookup::Fresh(_));
        if is_fresh || !self.0.borrow_mut().under_way.insert(question.url.clone()) {
            return;
        }
        let store = self.clone();
        spawn_local(async move {
            let answer = request::send(&Outgoing::get(&question.url), None).await;
            store.settle(&question.url, &answer.and_then(question.read));
        });
    }

    fn look_up(&self, url: &str) -> Lookup<Rc<dyn Any>> {
        self.0.borrow().cache.look_up(url, browser::now())
    }

    fn settle(&self, url: &str, answer: &Answer) {
        let tell: Vec<Callback<Answer>> = {
            let mut inner = self.0.borrow_mut();
            inner.under_way.remove(url);
            if let Ok(value) = answer {
                inner.cache.store(url, Rc::clone(value), browser::now());
            }
            let watchers = inner.watchers.values().filter(|watcher| watcher.url == url);
            watchers.map(|watcher| watcher.tell.clone()).collect()
        };
        // With the store free again: whoever is told may ask for more.
        for tell in tell {
            tell.emit(answer.clone());
        }
    }
}

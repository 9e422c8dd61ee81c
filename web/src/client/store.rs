//! Loads resources, one request at a time each, remembers their answers and tells whoever watches.

use std::{
    any::Any,
    cell::RefCell,
    collections::{HashMap, HashSet},
    rc::{Rc, Weak},
};

use serde::de::DeserializeOwned;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::{
    ClientError, Resource,
    cache::{Cache, Lookup},
    request::{self, Outgoing},
};
use crate::browser;

type Answer = Result<Rc<dyn Any>, ClientError>;

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
    pub(crate) fn peek<T: 'static>(&self, resource: &Resource<T>) -> Option<Rc<T>> {
        match self.look_up(resource.url()) {
            Lookup::Fresh(value) | Lookup::Stale(value) => value.downcast().ok(),
            Lookup::Absent => None,
        }
    }

    /// Hears every answer for this resource, whoever asked for it.
    pub(crate) fn watch<T: 'static>(
        &self,
        resource: &Resource<T>,
        heard: impl Fn(Result<Rc<T>, ClientError>) + 'static,
    ) -> Watch {
        let tell = Callback::from(move |answer: Answer| match answer.map(Rc::downcast::<T>) {
            Ok(Ok(value)) => heard(Ok(value)),
            // Another type under the same address cannot be: addresses are made in one place, with their type.
            Ok(Err(_)) => {}
            Err(error) => heard(Err(error)),
        });
        let mut inner = self.0.borrow_mut();
        let number = inner.next_watcher;
        inner.next_watcher += 1;
        let url = resource.url().to_owned();
        inner.watchers.insert(number, Watcher { url, tell });
        Watch { store: Rc::downgrade(&self.0), number }
    }

    /// Asks for a resource, unless its answer is fresh or already on its way.
    pub(crate) fn load<T: DeserializeOwned + 'static>(&self, resource: Resource<T>) {
        let is_fresh = matches!(self.look_up(resource.url()), Lookup::Fresh(_));
        if is_fresh || !self.0.borrow_mut().under_way.insert(resource.url().to_owned()) {
            return;
        }
        let store = self.clone();
        spawn_local(async move {
            let answer = request::send(&Outgoing::get(resource.url()), None).await;
            let answer = answer.and_then(request::Answer::read::<T>);
            store.settle(resource.url(), &answer.map(|value| Rc::new(value) as Rc<dyn Any>));
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

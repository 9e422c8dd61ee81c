//! Something that can be asked of the API, tied to the type of its answer.

use gloo_net::http::Method;
use serde::{Serialize, de::DeserializeOwned};

use super::{
    json,
    request::{Outgoing, Reading},
};

/// In whose name something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asker {
    /// It makes no difference.
    Anybody,
    /// Whoever is signed in, else a guest.
    CustomerOrGuest,
    /// Somebody who is signed in.
    Customer,
}

/// A request that is not yet sent. Unlike a [`Resource`](super::Resource) it is never answered from memory.
pub(crate) struct Call<T> {
    pub(super) outgoing: Outgoing,
    pub(super) asker: Asker,
    pub(super) read: Reading<T>,
}

impl<T: DeserializeOwned> Call<T> {
    fn new(method: Method, url: &str, body: Option<String>) -> Self {
        let outgoing = Outgoing { method, url: url.to_owned(), body, idempotency_key: None };
        Self { outgoing, asker: Asker::Customer, read: json::read }
    }

    pub(super) fn get(url: &str) -> Self {
        Self::new(Method::GET, url, None)
    }

    pub(super) fn post(url: &str) -> Self {
        Self::new(Method::POST, url, None)
    }

    pub(super) fn delete(url: &str) -> Self {
        Self::new(Method::DELETE, url, None)
    }

    pub(super) fn with(method: Method, url: &str, body: &impl Serialize) -> Self {
        // Structs of plain fields always have a JSON form.
        Self::new(method, url, serde_json::to_string(body).ok())
    }

    /// With a body that is JSON already.
    pub(super) fn sending(method: Method, url: &str, body: String) -> Self {
        Self::new(method, url, Some(body))
    }

    /// However often this is sent with the same key, it happens once.
    pub(super) fn once(mut self, key: &str) -> Self {
        self.outgoing.idempotency_key = Some(key.to_owned());
        self
    }

    pub(super) fn read_by(self, read: Reading<T>) -> Self {
        Self { read, ..self }
    }

    pub(super) fn for_anybody(self) -> Self {
        Self { asker: Asker::Anybody, ..self }
    }

    pub(super) fn for_guests_too(self) -> Self {
        Self { asker: Asker::CustomerOrGuest, ..self }
    }
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Self { outgoing: self.outgoing.clone(), asker: self.asker, read: self.read }
    }
}

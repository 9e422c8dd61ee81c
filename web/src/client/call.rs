//! Something that can be asked of the API, tied to the type of its answer.

use std::marker::PhantomData;

use gloo_net::http::Method;
use serde::Serialize;

use super::request::Outgoing;

/// A request that is not yet sent. Unlike a [`Resource`](super::Resource) it is never answered from memory.
pub(crate) struct Call<T> {
    pub(super) outgoing: Outgoing,
    /// Whether anybody may ask it; everything else needs somebody who is signed in.
    pub(super) is_public: bool,
    answer: PhantomData<fn() -> T>,
}

impl<T> Call<T> {
    fn new(method: Method, url: &str, body: Option<String>) -> Self {
        let outgoing = Outgoing { method, url: url.to_owned(), body };
        Self { outgoing, is_public: false, answer: PhantomData }
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

    pub(super) fn for_anybody(self) -> Self {
        Self { is_public: true, ..self }
    }
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Self { outgoing: self.outgoing.clone(), is_public: self.is_public, answer: PhantomData }
    }
}

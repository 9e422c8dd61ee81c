//! An address of the API, tied to the type of its answer.

use std::{any::Any, marker::PhantomData, rc::Rc};

use serde::de::DeserializeOwned;

use super::{ClientError, json, request::Answer};

/// Something that can be read with GET. Two resources with the same address share one answer.
#[derive(Debug)]
pub(crate) struct Resource<T> {
    question: Question,
    answer: PhantomData<fn() -> T>,
}

/// A resource that has left its type behind, and knows only how to read it: what remembers answers and waits for them
/// need not be compiled once for each.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    /// Path and query.
    pub(super) url: String,
    pub(super) read: fn(Answer) -> Result<Rc<dyn Any>, ClientError>,
}

impl<T: DeserializeOwned + 'static> Resource<T> {
    pub(super) fn new(url: impl Into<String>) -> Self {
        Self::read_by(url, |answer| answer.read::<T>(json::read).map(|value| Rc::new(value) as Rc<dyn Any>))
    }
}

impl<T> Resource<T> {
    pub(super) fn read_by(
        url: impl Into<String>,
        read: fn(Answer) -> Result<Rc<dyn Any>, ClientError>,
    ) -> Self {
        Self { question: Question { url: url.into(), read }, answer: PhantomData }
    }

    pub(crate) fn question(&self) -> &Question {
        &self.question
    }
}

impl Question {
    /// Path and query.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

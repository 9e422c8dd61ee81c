//! An address of the API, tied to the type of its answer.

use std::marker::PhantomData;

/// Something that can be read with GET. Two resources with the same address share one answer.
#[derive(Debug)]
pub(crate) struct Resource<T> {
    url: String,
    answer: PhantomData<fn() -> T>,
}

impl<T> Resource<T> {
    pub(super) fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), answer: PhantomData }
    }

    /// Path and query.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl<T> Clone for Resource<T> {
    fn clone(&self) -> Self {
        Self::new(&self.url)
    }
}

use std::rc::Rc;

use serde::de::DeserializeOwned;
use yew::prelude::*;

use crate::{
    client::{ClientError, Resource, Store},
    state::IsOnline,
};

/// How far a resource has come.
#[derive(Debug)]
pub(crate) enum Loaded<T> {
    Loading,
    Ready(Rc<T>),
    Failed(Failure),
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Loading => Self::Loading,
            Self::Ready(value) => Self::Ready(Rc::clone(value)),
            Self::Failed(failure) => Self::Failed(failure.clone()),
        }
    }
}

/// The same answer, not an equal one: cheap enough to decide whether to render again.
impl<T> PartialEq for Loaded<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Loading, Self::Loading) => true,
            (Self::Ready(a), Self::Ready(b)) => Rc::ptr_eq(a, b),
            (Self::Failed(a), Self::Failed(b)) => a == b,
            _ => false,
        }
    }
}

impl<T> Loaded<T> {
    /// What went wrong, if something did.
    pub(crate) fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            _ => None,
        }
    }

    /// What there is to show, if there is.
    pub(crate) fn ready(&self) -> Option<&Rc<T>> {
        match self {
            Self::Ready(value) => Some(value),
            _ => None,
        }
    }
}

/// What went wrong, and how to try again.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Failure {
    pub(crate) error: ClientError,
    pub(crate) retry: Callback<()>,
}

/// The newest answer that arrived, and whose it is.
struct Answer<T> {
    url: String,
    result: Result<Rc<T>, ClientError>,
}

/// Reads a resource: from memory at once where it can, then from the API when memory is old or empty.
/// Late answers to an earlier question are dropped. Tries again when the network comes back.
#[hook]
pub(crate) fn use_resource<T>(resource: &Resource<T>) -> Loaded<T>
where
    T: DeserializeOwned + 'static,
{
    use_resource_if(Some(resource))
}

/// Reads a resource when there is something to ask; until then it is as if it were on its way.
#[hook]
pub(crate) fn use_resource_if<T>(resource: Option<&Resource<T>>) -> Loaded<T>
where
    T: DeserializeOwned + 'static,
{
    let store = use_context::<Store>().unwrap_or_default();
    let is_online = use_context::<IsOnline>();
    let answer = use_state(|| None::<Answer<T>>);
    let attempt = use_state(|| 0_u32);

    {
        let (store, resource, answer) = (store.clone(), resource.cloned(), answer.clone());
        let dependencies = (resource.as_ref().map(|resource| resource.url().to_owned()), *attempt, is_online);
        use_effect_with(dependencies, move |_| {
            let watch = resource.map(|resource| {
                let url = resource.url().to_owned();
                let watch = store.watch(&resource, move |result| {
                    let url = url.clone();
                    answer.set(Some(Answer { url, result }));
                });
                store.load(resource);
                watch
            });
            move || drop(watch)
        });
    }

    let Some(resource) = resource else {
        return Loaded::Loading;
    };
    let own = answer.as_ref().filter(|answer| answer.url == resource.url());
    match own.map(|answer| &answer.result) {
        Some(Ok(value)) => Loaded::Ready(Rc::clone(value)),
        // What is remembered outlives a failed refresh.
        result => match (store.peek(resource), result) {
            (Some(value), _) => Loaded::Ready(value),
            (None, Some(Err(error))) => Loaded::Failed(Failure {
                error: error.clone(),
                retry: {
                    let (answer, attempt) = (answer.clone(), attempt.clone());
                    Callback::from(move |()| {
                        answer.set(None);
                        attempt.set(*attempt + 1);
                    })
                },
            }),
            _ => Loaded::Loading,
        },
    }
}

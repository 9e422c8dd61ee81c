use std::{any::Any, rc::Rc};

use yew::prelude::*;

use crate::{
    client::{Answer, ClientError, Question, Resource, Store},
    state::IsOnline,
};

/// How far a resource has come.
#[derive(Debug)]
pub(crate) enum Loaded<T: ?Sized> {
    Loading,
    Ready(Rc<T>),
    Failed(Failure),
}

impl<T: ?Sized> Clone for Loaded<T> {
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
struct Newest {
    url: String,
    answer: Answer,
}

/// Reads a resource: from memory at once where it can, then from the API when memory is old or empty.
/// Late answers to an earlier question are dropped. Tries again when the network comes back.
#[hook]
pub(crate) fn use_resource<T: 'static>(resource: &Resource<T>) -> Loaded<T> {
    use_resource_if(Some(resource))
}

/// Reads a resource when there is something to ask; until then it is as if it were on its way.
#[hook]
pub(crate) fn use_resource_if<T: 'static>(resource: Option<&Resource<T>>) -> Loaded<T> {
    match use_answer(resource.map(Resource::question)) {
        Loaded::Loading => Loaded::Loading,
        Loaded::Failed(failure) => Loaded::Failed(failure),
        // Another type under the same address cannot be: addresses are made in one place, with their type.
        Loaded::Ready(value) => value.downcast().map_or(Loaded::Loading, Loaded::Ready),
    }
}

#[hook]
fn use_answer(question: Option<&Question>) -> Loaded<dyn Any> {
    let store = use_context::<Store>().unwrap_or_default();
    let is_online = use_context::<IsOnline>();
    let newest = use_state(|| None::<Newest>);
    let attempt = use_state(|| 0_u32);

    {
        let (store, question, newest) = (store.clone(), question.cloned(), newest.clone());
        let url = question.as_ref().map(|question| question.url().to_owned());
        use_effect_with((url, *attempt, is_online), move |_| {
            let watch = question.map(|question| {
                let url = question.url().to_owned();
                let tell = Callback::from(move |answer| {
                    newest.set(Some(Newest { url: url.clone(), answer }));
                });
                let watch = store.watch(&question, tell);
                store.load(question);
                watch
            });
            move || drop(watch)
        });
    }

    let Some(question) = question else {
        return Loaded::Loading;
    };
    let own = newest.as_ref().filter(|newest| newest.url == question.url());
    match own.map(|newest| &newest.answer) {
        Some(Ok(value)) => Loaded::Ready(Rc::clone(value)),
        // What is remembered outlives a failed refresh.
        answer => match (store.peek(question), answer) {
            (Some(value), _) => Loaded::Ready(value),
            (None, Some(Err(error))) => Loaded::Failed(Failure {
                error: error.clone(),
                retry: {
                    let (newest, attempt) = (newest.clone(), attempt.clone());
                    Callback::from(move |()| {
                        newest.set(None);
                        attempt.set(*attempt + 1);
                    })
                },
            }),
            _ => Loaded::Loading,
        },
    }
}

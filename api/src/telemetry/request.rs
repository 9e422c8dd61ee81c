//! The request that is being worked on, as logs and answers name it.

use std::rc::Rc;

use actix_web::http::Method;

use super::traces::{Call, Trace};

/// What a request is called, and what it asks for.
#[derive(Debug)]
pub struct Request {
    pub id: String,
    pub method: Method,
    pub path: String,
    pub(crate) trace: Trace,
}

tokio::task_local! {
    static CURRENT: Rc<Request>;
}

impl Request {
    /// The one this task works on; none outside of any.
    pub fn current() -> Option<Rc<Self>> {
        CURRENT.try_with(Rc::clone).ok()
    }

    /// Notes what the request that is being worked on, if any, has asked of somebody.
    pub(crate) fn note(call: impl FnOnce() -> Call) {
        // Outside of any request it is nobody's.
        let _ = CURRENT.try_with(|request| request.trace.note(call));
    }

    /// Works on it.
    pub(crate) fn during<F: Future>(self: &Rc<Self>, work: F) -> impl Future<Output = F::Output> {
        CURRENT.scope(self.clone(), work)
    }

    /// Lets a task work on the request of the one that starts it.
    pub(crate) async fn continued_by<F: Future>(current: Option<Rc<Self>>, task: F) -> F::Output {
        match current {
            Some(request) => request.during(task).await,
            None => task.await,
        }
    }
}

//! The request that is being worked on, as logs and answers name it.

use std::rc::Rc;

use actix_web::http::Method;

/// What a request is called, and what it asks for.
#[derive(Debug)]
pub struct Request {
    pub id: String,
    pub method: Method,
    pub path: String,
}

tokio::task_local! {
    static CURRENT: Rc<Request>;
}

impl Request {
    /// The one this task works on; none outside of any.
    pub fn current() -> Option<Rc<Self>> {
        CURRENT.try_with(Rc::clone).ok()
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

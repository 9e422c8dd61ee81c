//! Writes that are not cut short.

use crate::{db::statements, error::ApiError, limits, telemetry::Request};

/// Runs a write in a task of its own: a client that hangs up, or that is told that time is up, cannot cut the work
/// between the commit and what follows it.
pub(crate) async fn to_the_end<T, E>(
    work: impl Future<Output = Result<T, E>> + 'static,
) -> Result<T, ApiError>
where
    T: 'static,
    E: Into<ApiError> + 'static,
{
    let work = limits::met_alike(statements::counted_alike(work));
    let task = actix_web::rt::spawn(Request::continued_by(Request::current(), work));
    match task.await {
        Ok(outcome) => outcome.map_err(Into::into),
        Err(broken) => Err(ApiError::internal(broken)),
    }
}

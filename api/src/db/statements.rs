//! Counting statements: how many a request made, and how long it waited for them.

use std::{
    cell::Cell,
    rc::Rc,
    time::{Duration, Instant},
};

use sea_orm::DbBackend;

use crate::telemetry::{Call, Request};

tokio::task_local! {
    static TALLY: Rc<Tally>;
}

/// What one request has asked of the database so far.
#[derive(Debug, Default)]
struct Tally {
    statements: Cell<u32>,
    waited: Cell<Duration>,
}

/// What one request asked of the database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    pub statements: u32,
    pub waited: Duration,
}

/// Called after each statement. Statements outside a request count for nobody. With `sql=trace` in `LOG_LEVEL` each is
/// logged, as it was prepared: without its values, among which may be secrets.
pub(super) fn record(info: &sea_orm::metric::Info<'_>) {
    let _ = TALLY.try_with(|tally| {
        tally.statements.set(tally.statements.get() + 1);
        tally.waited.set(tally.waited.get() + info.elapsed);
    });
    Request::note(|| call(info));
    let ms = info.elapsed.as_secs_f64() * 1_000.0;
    tracing::trace!(target: "sql", statement = info.statement.sql, ms, failed = info.failed);
}

fn call(info: &sea_orm::metric::Info<'_>) -> Call {
    let (backend, text) = (info.statement.db_backend, info.statement.sql.as_str());
    Call {
        system: if backend == DbBackend::Postgres { "postgresql" } else { "sqlite" },
        operation: text.split_whitespace().next().unwrap_or_default().to_ascii_uppercase(),
        text: Some(text.to_owned()),
        took: info.elapsed,
        failed: info.failed,
    }
}

/// Runs a request, and tells how long it took and what it asked of the database.
pub async fn tallied<F: Future>(request: F) -> (F::Output, Duration, Total) {
    let begun = Instant::now();
    TALLY
        .scope(Rc::default(), async move {
            let output = request.await;
            let total =
                TALLY.with(|tally| Total { statements: tally.statements.get(), waited: tally.waited.get() });
            (output, begun.elapsed(), total)
        })
        .await
}

/// Lets a task count for the request that starts it.
pub(crate) fn counted_alike<F: Future>(task: F) -> impl Future<Output = F::Output> {
    let tally = TALLY.try_with(Rc::clone).unwrap_or_default();
    TALLY.scope(tally, task)
}

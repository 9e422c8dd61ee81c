//! Which statements a request made, and how the database goes about them.

use std::{
    collections::HashMap,
    sync::{Mutex, OnceLock},
};

use api::telemetry::Request;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer, filter::LevelFilter, layer::Context, layer::SubscriberExt, util::SubscriberInitExt,
};

use super::{Answer, TestApp, secrets};

/// Statements by the id of the request that made them.
static SEEN: OnceLock<Mutex<HashMap<String, Vec<String>>>> = OnceLock::new();

/// Begins to watch; once in a process.
pub fn watch() {
    SEEN.get_or_init(|| {
        let layer = Watcher.with_filter(LevelFilter::TRACE);
        _ = tracing_subscriber::registry().with(secrets::layer()).with(layer).try_init();
        Mutex::default()
    });
}

/// The statements behind an answer.
pub fn of(answer: &Answer) -> Vec<String> {
    let seen = SEEN.get().unwrap().lock().unwrap();
    seen.get(answer.header("x-request-id")).cloned().unwrap_or_default()
}

/// The same, but for the one that asks who is asking, which is made now and then.
pub fn but_for_access(answer: &Answer) -> Vec<String> {
    of(answer).into_iter().filter(|statement| !statement.contains("FROM \"sessions\"")).collect()
}

/// How the database would go about a statement, whatever its values: one line a step.
pub async fn plan(app: &TestApp, statement: &str) -> String {
    let db = app.db.for_migrations();
    if db.get_database_backend() == DbBackend::Sqlite {
        let explain = Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {statement}"));
        return lines(&db.query_all_raw(explain).await.unwrap(), "detail");
    }
    let parameters = (1..100).take_while(|n| statement.contains(&format!("${n}"))).count();
    let nulls = vec!["NULL"; parameters].join(", ");
    let nulls = if parameters == 0 { String::new() } else { format!("({nulls})") };
    let transaction = app.db.begin().await.unwrap();
    transaction.execute_unprepared("SET LOCAL plan_cache_mode = force_generic_plan").await.unwrap();
    transaction.execute_unprepared(&format!("PREPARE explained AS {statement}")).await.unwrap();
    let explain = Statement::from_string(DbBackend::Postgres, format!("EXPLAIN EXECUTE explained{nulls}"));
    let rows = transaction.query_all_raw(explain).await.unwrap();
    transaction.execute_unprepared("DEALLOCATE explained").await.unwrap();
    transaction.rollback().await.unwrap();
    lines(&rows, "QUERY PLAN")
}

fn lines(rows: &[QueryResult], column: &str) -> String {
    rows.iter().map(|row| row.try_get::<String>("", column).unwrap()).collect::<Vec<_>>().join("\n")
}

struct Watcher;

/// The text of a statement that was logged.
#[derive(Default)]
struct Logged(Option<String>);

impl Visit for Logged {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "statement" {
            self.0 = Some(value.to_owned());
        }
    }
}

impl<S: Subscriber> Layer<S> for Watcher {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() != "sql" {
            return;
        }
        let mut logged = Logged::default();
        event.record(&mut logged);
        if let (Some(request), Some(statement)) = (Request::current(), logged.0) {
            let mut seen = SEEN.get().unwrap().lock().unwrap();
            seen.entry(request.id.clone()).or_default().push(statement);
        }
    }
}

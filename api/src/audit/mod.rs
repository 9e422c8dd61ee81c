//! Who did what: a line in the log and a row that nobody can change or delete, and that administrators read.
//!
//! Of customers only the id is written, so that nothing has to be taken back when an account is erased; administrators
//! are named.

mod caller;
mod entry;
mod list;
mod queries;
mod routes;

use std::{
    mem,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use actix_web::web::Data;
use entity::audit_log::{Entity, Model};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel};
use tokio::sync::Notify;

use crate::{
    background::Background,
    clock::{Clock, IdSource},
    db::Database,
    limits::LimitHit,
    state::AppState,
};

pub(crate) use caller::Caller;
pub(crate) use entry::Entry;
pub(crate) use list::AuditError;
pub(crate) use routes::configure;

/// So many entries may wait to be written; more are only logged. Whoever is refused that often is in the log anyway.
const WAITING: usize = 1_024;

/// Those that wait are written together, this often at least.
const PAUSE: Duration = Duration::from_secs(1);

/// Writes entries: in the transaction of what they tell of, or soon after.
#[derive(Debug)]
pub(crate) struct Audit {
    waiting: Mutex<Vec<Model>>,
    waking: Arc<Notify>,
    clock: Clock,
    ids: IdSource,
}

impl Audit {
    pub(crate) fn new(clock: Clock, ids: IdSource) -> Self {
        Self { waiting: Mutex::default(), waking: Arc::default(), clock, ids }
    }

    /// Writes an entry in the transaction of what it tells of.
    pub(crate) async fn record(
        &self,
        db: &impl ConnectionTrait,
        caller: &Caller,
        entry: Entry,
    ) -> Result<(), DbErr> {
        let row = self.row(caller, entry);
        row.into_active_model().insert(db).await.map(|_| ())
    }

    /// Writes an entry soon, keeping nobody waiting. For what changed nothing, like a refusal.
    pub(crate) fn note(&self, caller: &Caller, entry: Entry) {
        self.keep(self.row(caller, entry));
    }

    /// That a client reached a limit: the limiter has logged it.
    fn note_limit(&self, hit: &LimitHit) {
        let caller = Caller { ip: Some(hit.client), ..Caller::default() };
        let entry = Entry::new("limit.hit").after(serde_json::json!({"policy": hit.policy}));
        self.keep(entry.into_row(&caller, self.ids.next(), self.clock.now()));
    }

    fn keep(&self, row: Model) {
        let mut waiting = self.waiting();
        if waiting.len() < WAITING {
            waiting.push(row);
            self.waking.notify_one();
        } else {
            tracing::warn!("an entry of the audit log was dropped: too many are waiting");
        }
    }

    /// Writes what waits. What the database does not take now goes on waiting.
    pub(crate) async fn write_waiting(&self, db: &Database) -> Result<(), DbErr> {
        let rows = mem::take(&mut *self.waiting());
        if rows.is_empty() {
            return Ok(());
        }
        let written = write(db, &rows).await;
        if written.is_err() {
            let mut waiting = self.waiting();
            let late = mem::replace(&mut *waiting, rows);
            waiting.extend(late);
        }
        written
    }

    fn row(&self, caller: &Caller, entry: Entry) -> Model {
        entry.log(caller);
        entry.into_row(caller, self.ids.next(), self.clock.now())
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Model>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write(db: &Database, rows: &[Model]) -> Result<(), DbErr> {
    let transaction = db.begin().await?;
    let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
    Entity::insert_many(rows).exec_without_returning(&transaction).await?;
    transaction.commit().await
}

/// Writes what was noted, for as long as the server runs.
pub(crate) fn start(background: &mut Background, state: &Data<AppState>) {
    let (state, waking) = (state.clone(), state.audit.waking.clone());
    let hits = Mutex::new(state.limits.take_hits());
    background.repeat("audit", PAUSE, waking, move |_| {
        if let Some(hits) = &mut *hits.lock().unwrap_or_else(PoisonError::into_inner) {
            while let Ok(hit) = hits.try_recv() {
                state.audit.note_limit(&hit);
            }
        }
        let state = state.clone();
        async move { state.audit.write_waiting(&state.db).await }
    });
}

//! What every request can reach: made once, shared by all workers.

use std::sync::Arc;

use sea_orm::{DatabaseTransaction, DbErr};

use crate::{
    access::Access,
    accounts::Passwords,
    audit::Audit,
    cache::{Answers, Invalidation, Redis},
    clock::{Clock, IdSource},
    config::Config,
    db::Database,
    http::Methods,
    lifecycle::Lifecycle,
    limits::Limits,
    mail::Mailroom,
    operations::ApiDocument,
    payments::Provider,
    search::Tally,
    storefront::Storefront,
    telemetry::{Metrics, Traces},
};

/// What every request can reach.
#[derive(Debug)]
pub struct AppState {
    pub config: Config,
    pub clock: Clock,
    pub ids: IdSource,
    pub db: Database,
    pub redis: Option<Redis>,
    pub lifecycle: Lifecycle,
    pub metrics: Metrics,
    pub(crate) traces: Option<Traces>,
    pub(crate) access: Access,
    pub(crate) passwords: Passwords,
    pub(crate) audit: Audit,
    pub(crate) invalidation: Arc<Invalidation>,
    pub(crate) answers: Answers,
    pub limits: Limits,
    pub(crate) mailroom: Mailroom,
    pub(crate) payments: Arc<dyn Provider>,
    pub(crate) searches: Tally,
    pub(crate) methods: Methods,
    pub(crate) document: ApiDocument,
    pub(crate) storefront: Option<Storefront>,
}

impl AppState {
    /// Commits a change, and lets every server know that what depends on these tags is out of date.
    pub(crate) async fn commit(
        &self,
        transaction: DatabaseTransaction,
        tags: Vec<String>,
    ) -> Result<(), DbErr> {
        let outdated = Invalidation::record(&transaction, &self.clock, &self.ids, tags).await?;
        transaction.commit().await?;
        self.invalidation.announce(outdated, self.redis.as_ref());
        Ok(())
    }
}

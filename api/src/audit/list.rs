//! Reading the log, for administrators.

use entity::audit_log::Model;
use openapi::{
    Page,
    audit::{AuditEntry, AuditListQuery},
};
use sea_orm::DbErr;

use super::queries::{self, Listing};
use crate::{
    db::paging::{CursorError, PageRequest},
    state::AppState,
};

/// What can go wrong with reading the log.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    #[error("from is after to")]
    TimesReversed,
    #[error("cursor {0}")]
    Cursor(#[from] CursorError),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// One page of the log. Two statements at most, one by cursor.
pub(super) async fn list(state: &AppState, query: &AuditListQuery) -> Result<Page<AuditEntry>, AuditError> {
    if query.from.zip(query.to).is_some_and(|(from, to)| from > to) {
        return Err(AuditError::TimesReversed);
    }
    let db = state.db.reader();
    let listing = Listing::new(query)?;
    let total = match listing.page {
        PageRequest::Numbered { .. } => Some(queries::count(db, &listing).await?),
        PageRequest::After { .. } => None,
    };
    let mut rows = queries::list(db, &listing).await?;
    let meta = listing.page.finish(&mut rows, total, queries::cursor_after);
    Ok(Page { data: rows.into_iter().map(present).collect(), meta })
}

fn present(row: Model) -> AuditEntry {
    AuditEntry {
        id: row.id,
        actor_id: row.actor_id,
        actor_email: row.actor_email,
        action: row.action,
        entity_type: row.entity_type,
        entity_id: row.entity_id,
        before: row.before,
        after: row.after,
        request_id: row.request_id,
        ip: row.ip,
        created_at: row.created_at,
    }
}

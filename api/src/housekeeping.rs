//! Tidying away what nobody needs any more, in small batches that keep nobody waiting. Every server does it; what one
//! has taken away the others do not find.

use std::{sync::Arc, time::Duration};

use actix_web::web::Data;
use chrono::TimeDelta;
use entity::{cart, idempotency_key, mail_outbox, one_time_token, search_tally, session};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, PrimaryKeyToColumn, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, SimpleExpr},
};

use crate::{background::Background, search::tally, state::AppState};

const PAUSE: Duration = Duration::from_mins(10);
const BATCH: u64 = 500;
/// How long it can be seen that a mail was sent.
const MAILS_KEPT: TimeDelta = TimeDelta::days(30);

/// Tidies for as long as the server runs.
pub(crate) fn start(background: &mut Background, state: &Data<AppState>) {
    let state = state.clone();
    background.repeat("housekeeping", PAUSE, Arc::default(), move |_| {
        let state = state.clone();
        async move { tidy(&state).await }
    });
}

async fn tidy(state: &AppState) -> Result<(), DbErr> {
    let now = state.clock.now();
    remove::<cart::Entity>(state, cart::Column::ExpiresAt.lt(now)).await?;
    remove::<idempotency_key::Entity>(state, idempotency_key::Column::ExpiresAt.lt(now)).await?;
    remove::<session::Entity>(state, session::Column::ExpiresAt.lt(now)).await?;
    remove::<one_time_token::Entity>(state, one_time_token::Column::ExpiresAt.lt(now)).await?;
    let is_long_ago = search_tally::Column::Day.lt(tally::day(now - tally::KEPT));
    remove::<search_tally::Entity>(state, is_long_ago).await?;
    // In so many words: only then can the planner see that the partial index serves.
    let was_sent = Expr::cust("status = 'SENT'");
    let long_ago = mail_outbox::Column::SentAt.lt(now - MAILS_KEPT);
    remove::<mail_outbox::Entity>(state, sea_orm::sea_query::ExprTrait::and(was_sent, long_ago)).await
}

/// Removes the rows of which this holds.
async fn remove<E: EntityTrait>(state: &AppState, condition: SimpleExpr) -> Result<(), DbErr>
where
    E::PrimaryKey: PrimaryKeyToColumn<Column = E::Column>,
{
    use sea_orm::{Iterable, sea_query::ExprTrait};
    let key: Vec<E::Column> = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect();
    loop {
        let rows = Expr::tuple(key.iter().map(|column| Expr::col(*column)));
        let batch = E::find()
            .select_only()
            .columns(key.iter().copied())
            .filter(condition.clone())
            .limit(BATCH)
            .into_query();
        let transaction = state.db.begin().await?;
        let removed =
            E::delete_many().filter(rows.in_subquery(batch)).exec(&transaction).await?.rows_affected;
        transaction.commit().await?;
        if removed < BATCH {
            return Ok(());
        }
    }
}

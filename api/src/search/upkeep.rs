//! What keeps the index whole beside the requests, and by hand.

use std::{sync::Arc, time::Duration};

use actix_web::web::Data;
use entity::{
    product::{self, ProductStatus},
    search_document,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::index::{BATCH, VERSION, reindex};
use crate::{
    background::{Background, Stop},
    cache::Invalidation,
    catalog::tags,
    clock::{Clock, IdSource},
    db::Database,
    state::AppState,
};

/// How often it is looked for products that are not indexed. Whoever writes products indexes them; this is for those that
/// were there before.
const LOOK_EVERY: Duration = Duration::from_hours(1);
/// How often searches are written down.
const WRITE_EVERY: Duration = Duration::from_secs(30);

/// Indexes what is not, and writes down what is searched for, for as long as the server runs.
pub(crate) fn start(background: &mut Background, state: &Data<AppState>) {
    let searching = state.clone();
    background.repeat("search index", LOOK_EVERY, Arc::default(), move |stop| {
        let state = searching.clone();
        async move { index_missing(&state, &stop).await }
    });
    let counting = state.clone();
    background.repeat("search tally", WRITE_EVERY, Arc::default(), move |_| {
        let state = counting.clone();
        async move { state.searches.write(&state.db, state.clock.now()).await }
    });
}

/// Indexes products without a document of this version, a batch at a time, so that nobody waits for long.
async fn index_missing(state: &AppState, stop: &Stop) -> Result<(), DbErr> {
    while !stop.is_told() {
        let missing = not_indexed(state.db.reader()).await?;
        if missing.is_empty() {
            return Ok(());
        }
        let transaction = state.db.begin().await?;
        reindex(&transaction, &missing).await?;
        state.commit(transaction, vec![tags::CATALOG.to_owned()]).await?;
        tracing::info!(products = missing.len(), "indexed products that were not");
    }
    Ok(())
}

/// Products that can be bought and have no document of this version.
async fn not_indexed(db: &impl ConnectionTrait) -> Result<Vec<Uuid>, DbErr> {
    let indexed = search_document::Entity::find()
        .select_only()
        .expr(Expr::val(1))
        .filter(
            Expr::col((search_document::Entity, search_document::Column::ProductId))
                .equals((product::Entity, product::Column::Id)),
        )
        .filter(search_document::Column::Version.eq(VERSION))
        .into_query();
    product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::Status.eq(ProductStatus::Active))
        .filter(Expr::exists(indexed).not())
        .limit(BATCH as u64)
        .into_tuple()
        .all(db)
        .await
}

/// Indexes every product anew, a batch at a time, and takes out what is indexed of products that are gone. Tells how many
/// products were looked at.
pub(crate) async fn reindex_everything(db: &Database, clock: &Clock, ids: &IdSource) -> Result<usize, DbErr> {
    let mut products = 0;
    let mut last = Uuid::nil();
    loop {
        let batch: Vec<Uuid> = product::Entity::find()
            .select_only()
            .column(product::Column::Id)
            .filter(product::Column::Id.gt(last))
            .order_by_asc(product::Column::Id)
            .limit(BATCH as u64)
            .into_tuple()
            .all(db.reader())
            .await?;
        let Some(end) = batch.last() else { break };
        last = *end;
        products += batch.len();
        reindex_and_tell(db, clock, ids, &batch).await?;
    }
    loop {
        let known = product::Entity::find().select_only().column(product::Column::Id).into_query();
        let gone: Vec<Uuid> = search_document::Entity::find()
            .select_only()
            .column(search_document::Column::ProductId)
            .filter(search_document::Column::ProductId.not_in_subquery(known))
            .limit(BATCH as u64)
            .into_tuple()
            .all(db.reader())
            .await?;
        if gone.is_empty() {
            return Ok(products);
        }
        reindex_and_tell(db, clock, ids, &gone).await?;
    }
}

async fn reindex_and_tell(
    db: &Database,
    clock: &Clock,
    ids: &IdSource,
    products: &[Uuid],
) -> Result<(), DbErr> {
    let transaction = db.begin().await?;
    reindex(&transaction, products).await?;
    let outdated = vec![tags::CATALOG.to_owned()];
    // Servers see it in the database; there is nothing to announce from here.
    let _ = Invalidation::record(&transaction, clock, ids, outdated).await?;
    transaction.commit().await
}

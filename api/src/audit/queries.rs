//! The SQL of reading the log.

use entity::audit_log::{Column, Entity, Model};
use openapi::audit::AuditListQuery;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, Order, PaginatorTrait, QueryFilter,
};

use crate::db::paging::{Cursor, CursorError, PageRequest, Sort, SortKey};

/// What cursors of the log are called.
const NEWEST: &str = "newest";

/// What a list of entries was asked for, in terms of the database.
#[derive(Debug)]
pub(super) struct Listing {
    pub(super) page: PageRequest,
    filter: Condition,
}

impl Listing {
    pub(super) fn new(query: &AuditListQuery) -> Result<Self, CursorError> {
        Ok(Self {
            page: PageRequest::new(query.page, query.cursor.as_deref(), query.limit, NEWEST)?,
            filter: filter(query),
        })
    }
}

fn filter(query: &AuditListQuery) -> Condition {
    Condition::all()
        .add_option(query.action.as_deref().map(|action| Column::Action.eq(action)))
        .add_option(query.entity_type.as_deref().map(|kind| Column::EntityType.eq(kind)))
        .add_option(query.entity_id.as_deref().map(|id| Column::EntityId.eq(id)))
        .add_option(query.actor_id.map(|id| Column::ActorId.eq(id)))
        .add_option(query.from.map(|from| Column::CreatedAt.gte(from)))
        .add_option(query.to.map(|to| Column::CreatedAt.lte(to)))
}

pub(super) fn cursor_after(last: &Model) -> Cursor {
    Cursor::after(NEWEST, SortKey::Time(last.created_at), last.id)
}

pub(super) async fn list(db: &impl ConnectionTrait, listing: &Listing) -> Result<Vec<Model>, DbErr> {
    let newest_first = Sort::by((Entity, Column::CreatedAt), (Entity, Column::Id), Order::Desc);
    listing.page.read(db, Entity::find().filter(listing.filter.clone()), &newest_first).await
}

pub(super) async fn count(db: &impl ConnectionTrait, listing: &Listing) -> Result<u64, DbErr> {
    Entity::find().filter(listing.filter.clone()).count(db).await
}

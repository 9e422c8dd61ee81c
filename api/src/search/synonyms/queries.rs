//! The SQL of synonyms.

use entity::synonym::{Column, Entity, Model};
use openapi::synonyms::{SynonymListQuery, SynonymSort};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Order, PaginatorTrait, QuerySelect};
use uuid::Uuid;

use crate::db::paging::{Cursor, CursorError, PageRequest, Sort, SortKey};

/// What a list of synonyms was asked for, in terms of the database.
#[derive(Debug)]
pub(super) struct Listing {
    pub(super) page: PageRequest,
    sort: Sort,
    sort_name: String,
}

impl Listing {
    pub(super) fn new(query: &SynonymListQuery) -> Result<Self, CursorError> {
        let sort = query.sort.unwrap_or_default();
        let order = match sort {
            SynonymSort::TermAscending => Order::Asc,
            SynonymSort::TermDescending => Order::Desc,
        };
        let sort_name = format!("{sort:?}");
        Ok(Self {
            page: PageRequest::new(query.page, query.cursor.as_deref(), query.limit, &sort_name)?,
            sort: Sort::by((Entity, Column::TermFolded), (Entity, Column::Id), order),
            sort_name,
        })
    }

    pub(super) fn cursor_after(&self, last: &Model) -> Cursor {
        Cursor::after(&self.sort_name, SortKey::Text(last.term_folded.clone()), last.id)
    }
}

pub(super) async fn list(db: &impl ConnectionTrait, listing: &Listing) -> Result<Vec<Model>, DbErr> {
    listing.page.read(db, Entity::find(), &listing.sort).await
}

pub(super) async fn count(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    Entity::find().count(db).await
}

pub(super) async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The synonym, kept as it is until the transaction ends.
pub(super) async fn find_to_change(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

pub(super) async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(|_| ())
}

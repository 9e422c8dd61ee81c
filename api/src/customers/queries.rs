//! The SQL of other people's accounts.

use std::collections::HashMap;

use entity::{
    order,
    user::{self, UserRole},
    user_word,
};
use openapi::customers::{CustomerListQuery, CustomerSort};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, Order, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Asterisk, Expr, ExprTrait, Func, SimpleExpr},
};
use uuid::Uuid;

use super::words;
use crate::db::paging::{Cursor, CursorError, PageRequest, Sort, SortKey};

/// What a list of accounts was asked for, in terms of the database.
#[derive(Debug)]
pub(super) struct Listing {
    pub(super) page: PageRequest,
    sort: Sort,
    column: user::Column,
    sort_name: String,
    filter: Condition,
}

impl Listing {
    pub(super) fn new(query: &CustomerListQuery) -> Result<Self, CursorError> {
        let sort = query.sort.unwrap_or_default();
        let (column, order) = match sort {
            CustomerSort::EmailAscending => (user::Column::EmailFolded, Order::Asc),
            CustomerSort::EmailDescending => (user::Column::EmailFolded, Order::Desc),
            CustomerSort::Oldest => (user::Column::CreatedAt, Order::Asc),
            CustomerSort::Newest => (user::Column::CreatedAt, Order::Desc),
        };
        let sort_name = format!("{sort:?}");
        Ok(Self {
            page: PageRequest::new(query.page, query.cursor.as_deref(), query.limit, &sort_name)?,
            sort: Sort::by((user::Entity, column), (user::Entity, user::Column::Id), order),
            column,
            sort_name,
            filter: filter(query),
        })
    }

    pub(super) fn cursor_after(&self, last: &user::Model) -> Cursor {
        let key = match self.column {
            user::Column::EmailFolded => SortKey::Text(last.email_folded.clone()),
            _ => SortKey::Time(last.created_at),
        };
        Cursor::after(&self.sort_name, key, last.id)
    }
}

fn filter(query: &CustomerListQuery) -> Condition {
    let role = query.role.map(|role| match role {
        openapi::accounts::UserRole::Customer => UserRole::Customer,
        openapi::accounts::UserRole::Admin => UserRole::Admin,
    });
    let terms = query.q.as_deref().map(words::terms).unwrap_or_default();
    terms.iter().fold(
        Condition::all()
            .add(user::Column::ErasedAt.is_null())
            .add_option(role.map(|role| user::Column::Role.eq(role)))
            .add_option(query.is_active.map(|wanted| user::Column::IsActive.eq(wanted))),
        |all, term| all.add(has_word(term)),
    )
}

/// Has a word that begins with this: a range, which every engine's index serves.
fn has_word(term: &str) -> Condition {
    let owners = user_word::Entity::find()
        .select_only()
        .column(user_word::Column::UserId)
        .filter(user_word::Column::Word.gte(term))
        .filter(user_word::Column::Word.lt(format!("{term}{}", char::MAX)))
        .into_query();
    Condition::all().add(Expr::col((user::Entity, user::Column::Id)).in_subquery(owners))
}

pub(super) async fn list(db: &impl ConnectionTrait, listing: &Listing) -> Result<Vec<user::Model>, DbErr> {
    let query = user::Entity::find().filter(listing.filter.clone());
    listing.page.read(db, query, &listing.sort).await
}

pub(super) async fn count(db: &impl ConnectionTrait, listing: &Listing) -> Result<u64, DbErr> {
    user::Entity::find().filter(listing.filter.clone()).count(db).await
}

#[derive(Debug, FromQueryResult)]
struct OrderCount {
    user_id: Uuid,
    orders: i64,
}

/// How many orders each of these accounts has placed.
pub(super) async fn order_counts(
    db: &impl ConnectionTrait,
    users: &[Uuid],
) -> Result<HashMap<Uuid, u64>, DbErr> {
    let rows = order::Entity::find()
        .select_only()
        .column(order::Column::UserId)
        .column_as(SimpleExpr::from(Func::count(Expr::col(Asterisk))), "orders")
        .filter(order::Column::UserId.is_in(users.iter().copied()))
        .group_by(order::Column::UserId)
        .into_model::<OrderCount>()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.user_id, u64::try_from(row.orders).unwrap_or_default())).collect())
}

pub(super) async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find_by_id(id).filter(user::Column::ErasedAt.is_null()).one(db).await
}

/// These accounts, for a transaction that changes one of them: always in one order, so that two administrators who
/// change each other wait for one another instead of for ever.
pub(super) async fn find_to_change(
    db: &impl ConnectionTrait,
    ids: [Uuid; 2],
) -> Result<Vec<user::Model>, DbErr> {
    user::Entity::find()
        .filter(user::Column::Id.is_in(ids))
        .filter(user::Column::ErasedAt.is_null())
        .order_by_asc(user::Column::Id)
        .lock_exclusive()
        .all(db)
        .await
}

/// Whether nobody else could administer the shop. Keeps all administrators, and the one in question, as they are until
/// the transaction ends: taken in the order in which [`find_to_change`] takes them.
pub(crate) async fn is_last_admin(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, DbErr> {
    let is_admin =
        Condition::all().add(user::Column::Role.eq(UserRole::Admin)).add(user::Column::IsActive.eq(true));
    let kept = user::Entity::find()
        .filter(Condition::any().add(is_admin).add(user::Column::Id.eq(id)))
        .order_by_asc(user::Column::Id)
        .lock_exclusive()
        .all(db)
        .await?;
    Ok(matches!(kept.as_slice(), [only] if only.role == UserRole::Admin && only.is_active))
}

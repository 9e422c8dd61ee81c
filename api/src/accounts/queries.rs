//! The accounts' SQL. Whatever belongs to somebody is looked for among what is theirs.

use chrono::{DateTime, Utc};
use entity::{address, order, order_line, session, user};
use openapi::Email;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, LoaderTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

pub(crate) async fn find_by_email(
    db: &impl ConnectionTrait,
    email: &Email,
) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find().filter(user::Column::EmailFolded.eq(email.folded())).one(db).await
}

pub(super) async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find_by_id(id).one(db).await
}

/// The account, for a transaction that changes it or what hangs on it: others that want to wait their turn.
pub(crate) async fn find_to_change(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// The sessions of an account that are not over, the latest used first.
pub(super) async fn open_sessions(
    db: &impl ConnectionTrait,
    user: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<session::Model>, DbErr> {
    session::Entity::find()
        .filter(is_open(user, now))
        .order_by_desc(session::Column::LastUsedAt)
        .order_by_desc(session::Column::Id)
        .all(db)
        .await
}

fn is_open(user: Uuid, now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(session::Column::UserId.eq(user))
        .add(session::Column::RevokedAt.is_null())
        .add(session::Column::ExpiresAt.gt(now))
}

/// Which of an account's sessions to end.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Which {
    All,
    Only(Uuid),
    AllBut(Uuid),
}

/// Ends sessions of an account that are open; tells how many there were.
pub(crate) async fn end_sessions(
    db: &impl ConnectionTrait,
    user: Uuid,
    which: Which,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let these = match which {
        Which::All => None,
        Which::Only(id) => Some(session::Column::Id.eq(id)),
        Which::AllBut(id) => Some(session::Column::Id.ne(id)),
    };
    session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(now))
        .filter(is_open(user, now).add_option(these))
        .exec(db)
        .await
        .map(|ended| ended.rows_affected)
}

/// The address book, the oldest entry first.
pub(super) async fn addresses(db: &impl ConnectionTrait, user: Uuid) -> Result<Vec<address::Model>, DbErr> {
    address::Entity::find()
        .filter(address::Column::UserId.eq(user))
        .order_by_asc(address::Column::CreatedAt)
        .order_by_asc(address::Column::Id)
        .all(db)
        .await
}

pub(super) async fn find_owned_address(
    db: &impl ConnectionTrait,
    user: Uuid,
    id: Uuid,
) -> Result<Option<address::Model>, DbErr> {
    address::Entity::find_by_id(id).filter(address::Column::UserId.eq(user)).one(db).await
}

/// No address of the book is the default any more.
pub(super) async fn unset_default_address(db: &impl ConnectionTrait, user: Uuid) -> Result<(), DbErr> {
    address::Entity::update_many()
        .col_expr(address::Column::IsDefault, Expr::value(false))
        .filter(address::Column::UserId.eq(user))
        .filter(Expr::col(address::Column::IsDefault))
        .exec(db)
        .await
        .map(|_| ())
}

/// The orders of an account with their lines, the oldest first.
pub(super) async fn orders(
    db: &impl ConnectionTrait,
    user: Uuid,
) -> Result<Vec<(order::Model, Vec<order_line::Model>)>, DbErr> {
    let orders = order::Entity::find()
        .filter(order::Column::UserId.eq(user))
        .order_by_asc(order::Column::CreatedAt)
        .order_by_asc(order::Column::Id)
        .all(db)
        .await?;
    let lines = orders.load_many(order_line::Entity, db).await?;
    Ok(orders.into_iter().zip(lines).collect())
}

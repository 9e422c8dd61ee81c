//! The two statements that move stock: one that holds it, and one that changes it.

use chrono::{DateTime, Utc};
use entity::product_variant::{Column, Entity};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{CaseStatement, Condition, Expr, ExprTrait, Query, Returning, SimpleExpr},
};
use uuid::Uuid;

use crate::db::hold;

/// By how much the stock of a variant is to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shift {
    pub(crate) variant: Uuid,
    pub(crate) delta: i32,
    /// Only if it still costs this.
    pub(crate) price: Option<i64>,
}

/// What became of it.
#[derive(Debug)]
pub(super) struct Shifted {
    pub(super) variant: Uuid,
    pub(super) product: Uuid,
    pub(super) delta: i32,
    pub(super) stock: i32,
}

/// Changes the stock of these variants, each named once, where that is possible. They are held first, in the order of their
/// ids, by a statement of its own: one that both holds and changes begins at rows as they were before it waited, and two such
/// can wait for each other.
pub(super) async fn apply(
    transaction: &DatabaseTransaction,
    shifts: &[Shift],
    now: DateTime<Utc>,
) -> Result<Vec<Shifted>, DbErr> {
    let ids = || shifts.iter().map(|shift| shift.variant);
    hold(Entity::find())
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.is_in(ids()))
        .order_by_asc(Column::Id)
        .into_tuple::<Uuid>()
        .all(transaction)
        .await?;
    let statement = Query::update()
        .table(Entity)
        .value(Column::Stock, Expr::col(Column::Stock).add(delta_of_each(shifts)))
        .value(Column::UpdatedAt, now)
        .and_where(Expr::col(Column::Id).is_in(ids()))
        .cond_where(shifts.iter().fold(Condition::any(), |any, shift| any.add(is_possible(shift))))
        .returning(Returning::new().columns([Column::Id, Column::ProductId, Column::Stock]))
        .take();
    let rows = transaction.query_all(&statement).await?;
    rows.into_iter()
        .map(|row| {
            let variant: Uuid = row.try_get("", "id")?;
            let delta = shifts.iter().find(|shift| shift.variant == variant).map_or(0, |shift| shift.delta);
            let (product, stock) = (row.try_get("", "product_id")?, row.try_get("", "stock")?);
            Ok(Shifted { variant, product, delta, stock })
        })
        .collect()
}

fn delta_of_each(shifts: &[Shift]) -> SimpleExpr {
    let each = shifts.iter().fold(CaseStatement::new(), |each, shift| {
        each.case(Expr::col(Column::Id).eq(shift.variant), Expr::value(shift.delta))
    });
    each.finally(Expr::value(0)).into()
}

fn is_possible(shift: &Shift) -> Condition {
    Condition::all()
        .add(Expr::col(Column::Id).eq(shift.variant))
        .add(Expr::col(Column::Stock).gte(shift.delta.saturating_neg()))
        .add_option(shift.price.map(|price| Expr::col(Column::Price).eq(price)))
}

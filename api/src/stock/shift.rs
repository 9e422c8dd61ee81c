//! The one statement that moves stock.

use chrono::{DateTime, Utc};
use entity::product_variant::{Column, Entity};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr,
    sea_query::{
        CaseStatement, CommonTableExpression, Condition, Expr, ExprTrait, LockType, Order, Query, Returning,
        SimpleExpr, WithClause,
    },
};
use uuid::Uuid;

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

/// Changes the stock of these variants, each named once, where that is possible. They are held in the order of their ids
/// before the first is changed.
pub(super) async fn apply(
    transaction: &DatabaseTransaction,
    shifts: &[Shift],
    now: DateTime<Utc>,
) -> Result<Vec<Shifted>, DbErr> {
    let ids = shifts.iter().map(|shift| shift.variant);
    let held = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Expr::col(Column::Id).is_in(ids))
        .order_by(Column::Id, Order::Asc)
        .lock(LockType::NoKeyUpdate)
        .take();
    let named = Query::select().column(Column::Id).from("held").take();
    let update = Query::update()
        .table(Entity)
        .value(Column::Stock, Expr::col(Column::Stock).add(delta_of_each(shifts)))
        .value(Column::UpdatedAt, now)
        .and_where(Expr::col(Column::Id).in_subquery(named))
        .cond_where(shifts.iter().fold(Condition::any(), |any, shift| any.add(is_possible(shift))))
        .returning(Returning::new().columns([Column::Id, Column::ProductId, Column::Stock]))
        .take();
    let held = CommonTableExpression::new().query(held).column(Column::Id).table_name("held").to_owned();
    let statement = update.with(WithClause::new().cte(held).to_owned());

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

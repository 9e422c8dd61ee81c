//! Days of UTC in statements.

use chrono::NaiveDate;
use sea_orm::{
    DbBackend,
    sea_query::{Expr, ExprTrait, IntoColumnRef, SimpleExpr},
};

/// The day of a moment that is kept in a column.
pub(crate) fn day_of(engine: DbBackend, moment: impl IntoColumnRef) -> SimpleExpr {
    let moment = Expr::col(moment);
    match engine {
        DbBackend::Postgres => Expr::cust_with_expr("($1 AT TIME ZONE 'UTC')", moment).cast_as("date"),
        // Moments are text there, always in UTC, and begin with their day.
        _ => Expr::cust_with_expr("substr(?, 1, 10)", moment),
    }
}

/// The first moment of a day. It stands in the statement instead of being one of its values: only then does PostgreSQL
/// know how much has happened since.
pub(crate) fn beginning_of(day: NaiveDate) -> SimpleExpr {
    Expr::cust(format!("'{day}T00:00:00+00:00'"))
}

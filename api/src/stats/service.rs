//! Putting together what was counted.

use chrono::{Days, NaiveDate};
use openapi::{
    Currency, Money,
    orders::OrderStatus,
    stats::{BestSeller, DAYS, DaySales, LowStock, OrdersByStatus, Sales, Stats},
};
use sea_orm::DbErr;

use super::queries::{self, DayRow, LowStockRow, SellerRow};
use crate::state::AppState;

/// How the shop is doing. Four statements.
pub(super) async fn read(state: &AppState) -> Result<Stats, DbErr> {
    let (db, currency) = (state.db.reader(), state.config.shop.currency);
    let today = state.clock.now().date_naive();
    let since = today - Days::new(DAYS as u64 - 1);
    let by_status = queries::by_status(db).await?;
    let by_status = OrdersByStatus(OrderStatus::ALL.map(|status| (status, of(&by_status, status))).into());
    let sold = queries::by_day(db, since, currency).await?;
    let days: Vec<DaySales> = since.iter_days().take(DAYS).map(|day| on(&sold, day, currency)).collect();
    let best = queries::best_sellers(db, since, currency).await?;
    let low = queries::low_stock(db).await?;
    Ok(Stats {
        currency: currency.code().to_owned(),
        total_orders: by_status.0.values().sum(),
        orders_by_status: by_status,
        last30_days: Sales {
            orders: days.iter().map(|day| day.sales.orders).sum(),
            revenue: Money::from_minor(days.iter().map(|day| day.sales.revenue.minor()).sum(), currency),
        },
        revenue_per_day: days,
        best_sellers: best.into_iter().map(|row| best_seller(row, currency)).collect(),
        low_stock: low.into_iter().map(low_stock).collect(),
    })
}

fn of(counts: &[(String, i64)], status: OrderStatus) -> u64 {
    counts.iter().find(|(name, _)| name == status.as_str()).map_or(0, |(_, count)| whole(*count))
}

fn on(sold: &[DayRow], day: NaiveDate, currency: Currency) -> DaySales {
    let (orders, revenue) =
        sold.iter().find(|row| row.day == day).map_or((0, 0), |row| (whole(row.orders), row.revenue));
    DaySales { day, sales: Sales { orders, revenue: Money::from_minor(revenue, currency) } }
}

fn best_seller(row: SellerRow, currency: Currency) -> BestSeller {
    BestSeller {
        product_id: row.product_id,
        name: row.name,
        pieces: whole(row.pieces),
        revenue: Money::from_minor(row.revenue, currency),
    }
}

fn low_stock(row: LowStockRow) -> LowStock {
    LowStock {
        product_id: row.product_id,
        variant_id: row.id,
        sku: row.sku,
        name: row.name,
        stock: row.stock,
    }
}

/// A count: never below zero.
fn whole(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}

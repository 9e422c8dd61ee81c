//! How the shop is doing: counted and added up as by hand.

mod shop;

use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use entity::{
    order::OrderStatus,
    product::{self, ProductStatus},
    product_variant,
};
use openapi::{
    Data,
    orders::OrderStatus as Status,
    stats::{LowStock, Stats},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel};
use serde_json::json;

use crate::support::{NewProduct, NewVariant, sql};
use shop::{NewOrder, Shop};

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_new_shop_has_sold_nothing() {
    let shop = Shop::open().await;
    let stats = shop.stats().await;
    assert_eq!((stats.currency.as_str(), stats.total_orders), ("USD", 0));
    assert_eq!(stats.orders_by_status.0, Status::ALL.map(|status| (status, 0)).into());
    let days: Vec<_> = stats.revenue_per_day.iter().map(|sold| sold.day).collect();
    // It is noon on the last of January.
    assert_eq!(days, day("2026-01-02").iter_days().take(30).collect::<Vec<_>>());
    assert!(stats.revenue_per_day.iter().all(|sold| sold.sales.orders == 0));
    assert_eq!((stats.last30_days.orders, stats.last30_days.revenue.to_string()), (0, "0.00".to_owned()));
    assert_eq!((stats.best_sellers, stats.low_stock), (vec![], vec![]));
}

#[tokio::test]
async fn every_status_is_counted_and_four_of_them_bring_something_in() {
    use OrderStatus::{Cancelled, Confirmed, Delivered, Pending, Processing, Refunded, Shipped};
    let shop = Shop::open().await;
    let counts = [
        (Pending, 1),
        (Confirmed, 2),
        (Processing, 3),
        (Shipped, 4),
        (Delivered, 5),
        (Cancelled, 6),
        (Refunded, 7),
    ];
    let orders = counts
        .iter()
        .flat_map(|(status, count)| (0..*count).map(|_| NewOrder { status: *status, ..shop.order() }));
    shop.place(orders.collect()).await;
    // Some money was given back; and of other currencies no sum is made.
    shop.place(vec![
        NewOrder { refunded: 700, ..shop.order() },
        NewOrder { currency: "EUR", ..shop.order() },
    ])
    .await;
    let stats = shop.stats().await;
    assert_eq!(stats.orders_by_status.0.into_values().collect::<Vec<_>>(), [1, 2, 3, 4, 7, 6, 7]);
    assert_eq!((stats.total_orders, stats.last30_days.orders), (30, 30));
    assert_eq!(stats.last30_days.revenue.minor(), 15 * 2_700 - 700);
    let today = stats.revenue_per_day.last().unwrap();
    assert_eq!((today.day, today.sales), (day("2026-01-31"), stats.last30_days));
}

#[tokio::test]
async fn days_begin_and_end_at_midnight_in_utc() {
    let shop = Shop::open().await;
    let at = |text: &str| NewOrder { placed: time(text), ..shop.order() };
    shop.place(vec![
        at("2026-01-01T23:59:59.999Z"),
        at("2026-01-02T00:00:00Z"),
        at("2026-01-02T23:59:59.999Z"),
        at("2026-01-03T00:00:00.001Z"),
        at("2026-01-30T23:30:00Z"),
        at("2026-01-31T00:00:00Z"),
        at("2026-01-31T12:00:00Z"),
    ])
    .await;
    let sold = async || {
        let days = shop.stats().await.revenue_per_day.into_iter();
        let days = days.filter(|sold| sold.sales.orders > 0);
        days.map(|sold| (sold.day.to_string(), sold.sales.orders, sold.sales.revenue.to_string()))
            .collect::<Vec<_>>()
    };
    let on = |day: &str, orders: u64, revenue: &str| (format!("2026-01-{day}"), orders, revenue.to_owned());
    let [second, third, last] = [on("02", 2, "54.00"), on("03", 1, "27.00"), on("31", 2, "54.00")];
    let before_last = on("30", 1, "27.00");
    assert_eq!(sold().await, [second, third.clone(), before_last.clone(), last.clone()]);
    assert_eq!(shop.stats().await.last30_days.orders, 6);
    shop.app.clock.advance(Duration::from_hours(12));
    // The session ended meanwhile.
    let admin = shop.app.sign_in(&shop.admin.email).await;
    let shop = Shop { admin, ..shop };
    let stats = shop.stats().await;
    assert_eq!(stats.revenue_per_day.last().unwrap().day, day("2026-02-01"));
    assert_eq!((stats.last30_days.orders, stats.total_orders), (4, 7));
}

#[tokio::test]
async fn what_sold_most_lately_comes_first_whatever_became_of_it() {
    let shop = Shop::open().await;
    let lamp = shop.app.product(NewProduct::new("Lamp", shop.lamps)).await;
    let bulb = shop.app.product(NewProduct::new("Bulb", shop.lamps)).await;
    let old = shop.app.clock.now() - TimeDelta::days(31);
    let nothing = |status| NewOrder { status, lines: vec![(Some(bulb), "Bulb", 90)], ..shop.order() };
    shop.place(vec![
        NewOrder {
            lines: vec![(Some(lamp), "Lamp", 2), (Some(lamp), "Lamp", 1), (Some(bulb), "Bulb", 4)],
            ..shop.order()
        },
        // Two that are gone are not one.
        NewOrder {
            lines: vec![(Some(lamp), "Lamp", 2), (None, "Gone", 3), (None, "Gone too", 2)],
            ..shop.order()
        },
        NewOrder { lines: vec![(None, "Gone", 1)], currency: "EUR", ..shop.order() },
        nothing(OrderStatus::Pending),
        nothing(OrderStatus::Cancelled),
        nothing(OrderStatus::Refunded),
        NewOrder { placed: old, lines: vec![(Some(bulb), "Bulb", 99)], ..shop.order() },
    ])
    .await;
    let row = product::Entity::find_by_id(lamp).one(shop.app.db.reader()).await.unwrap().unwrap();
    let mut row = row.into_active_model();
    row.name = Set("Desk lamp".to_owned());
    row.update(shop.app.db.for_migrations()).await.unwrap();

    let best = shop.stats().await.best_sellers;
    let best: Vec<_> = best
        .iter()
        .map(|one| (one.product_id, one.name.as_str(), one.pieces, one.revenue.to_string()))
        .collect();
    assert_eq!(
        best,
        [
            (Some(lamp), "Desk lamp", 5, "110.00".to_owned()),
            (Some(bulb), "Bulb", 4, "88.00".to_owned()),
            (None, "Gone", 4, "66.00".to_owned()),
            (None, "Gone too", 2, "44.00".to_owned()),
        ]
    );
    let mut many = vec![];
    for nth in 0..12 {
        let product = shop.app.product(NewProduct::new(&format!("Product {nth}"), shop.lamps)).await;
        many.push((Some(product), "As it was", 10 + nth));
    }
    shop.place(vec![NewOrder { lines: many, ..shop.order() }]).await;
    let pieces: Vec<_> = shop.stats().await.best_sellers.iter().map(|one| one.pieces).collect();
    assert_eq!(pieces, (12..=21).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn what_runs_out_is_named_before_it_has() {
    let shop = Shop::open().await;
    let in_size =
        |size: &str, stock: i32| NewVariant { stock, values: json!({"size": size}), ..NewVariant::default() };
    let shirt = NewProduct {
        options: vec![("size", vec!["S", "M", "L"])],
        variants: vec![in_size("S", 5), in_size("M", 6), in_size("L", 0)],
        ..NewProduct::new("Shirt", shop.lamps)
    };
    let shirt = shop.app.product(shirt).await;
    let lamp = shop.app.product(NewProduct::new("Lamp", shop.lamps).stocked(2)).await;
    for status in [ProductStatus::Draft, ProductStatus::Archived] {
        shop.app.product(NewProduct { status, ..NewProduct::new("Hidden", shop.lamps).stocked(1) }).await;
    }
    let (sizes, lamps) = (shop.app.variants(shirt).await, shop.app.variants(lamp).await);
    let low = |variant: &product_variant::Model, name: &str| LowStock {
        product_id: variant.product_id,
        variant_id: variant.id,
        sku: variant.sku.clone(),
        name: name.to_owned(),
        stock: variant.stock,
    };
    let expected = [low(&sizes[2], "Shirt"), low(&lamps[0], "Lamp"), low(&sizes[0], "Shirt")];
    assert_eq!(shop.stats().await.low_stock, expected);

    for _ in 0..20 {
        shop.app.product(NewProduct::new("Bulb", shop.lamps).stocked(1)).await;
    }
    let stock: Vec<_> = shop.stats().await.low_stock.iter().map(|one| one.stock).collect();
    assert_eq!(stock, [vec![0], vec![1; 19]].concat());
}

#[tokio::test]
async fn it_takes_four_statements_and_reads_of_all_orders_only_an_index() {
    let shop = Shop::open().await;
    assert_eq!(sql::but_for_access(&shop.ask().await).len(), 4);
    let lamp = shop.app.product(NewProduct::new("Lamp", shop.lamps)).await;
    let first = shop.app.clock.now() - Days::new(8_000);
    let orders = (0..4_000).map(|nth| NewOrder {
        placed: first + TimeDelta::days(2 * nth),
        lines: vec![(Some(lamp), "Lamp", 1), (None, "Gone", 1)],
        ..shop.order()
    });
    shop.place(orders.collect()).await;
    let db = shop.app.db.for_migrations();
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared("VACUUM ANALYZE").await.unwrap();
    }
    let answer = shop.ask().await;
    assert_eq!(sql::but_for_access(&answer).len(), 4, "{:#?}", sql::of(&answer));
    assert_eq!(answer.ok::<Data<Stats>>().data.total_orders, 4_000);
    // What is left of what is asked of the variants themselves, all of which are read.
    for (part, index) in [
        ("GROUP BY \"orders\".\"status\"", "ix_orders_status_created_at"),
        ("AS \"day\"", "ix_orders_created_at"),
        ("AS \"pieces\"", "uq_order_lines_position"),
    ] {
        let statement =
            sql::but_for_access(&answer).into_iter().find(|statement| statement.contains(part)).unwrap();
        let plan = sql::plan(&shop.app, &statement).await;
        assert!(plan.contains(index), "{statement}\n{plan}");
        let scans = ["Seq Scan on orders", "Seq Scan on order_lines", "SCAN order_lines"];
        assert!(!scans.iter().any(|scan| plan.contains(scan)), "{statement}\n{plan}");
    }
}

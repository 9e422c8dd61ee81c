//! What others buy and search for.

use std::time::Duration;

use entity::{
    order::{self, OrderPaymentStatus, OrderStatus},
    order_line, product, search_tally,
};
use openapi::{Data, search::Popular};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::{
    forgetful,
    plans::{plans, reads_a_table},
    search,
};
use crate::support::{NewProduct, PATIENCE, TestApp, within};

async fn popular(app: &TestApp) -> Popular {
    app.get("/api/search/popular").await.ok::<Data<Popular>>().data
}

fn names(popular: &Popular) -> Vec<&str> {
    popular.products.iter().map(|product| product.name.as_str()).collect()
}

/// Somebody buys so many of a product, so many days ago.
async fn sell(app: &TestApp, product: Uuid, quantity: i32, days_ago: i64, status: OrderStatus) {
    let (order, line) = bought(app, product, quantity, days_ago, status);
    order.into_active_model().insert(app.db.for_migrations()).await.unwrap();
    line.into_active_model().insert(app.db.for_migrations()).await.unwrap();
}

fn bought(
    app: &TestApp,
    product: Uuid,
    quantity: i32,
    days_ago: i64,
    status: OrderStatus,
) -> (order::Model, order_line::Model) {
    let placed = app.clock.now() - chrono::Duration::days(days_ago);
    let row = order::Model {
        id: Uuid::now_v7(),
        number: Uuid::now_v7().to_string(),
        user_id: None,
        email: "ada@example.com".to_owned(),
        email_folded: "ada@example.com".to_owned(),
        status,
        payment_status: OrderPaymentStatus::Paid,
        currency: "USD".to_owned(),
        subtotal: 0,
        tax: 0,
        tax_rate_bps: 0,
        shipping_amount: 0,
        discount_amount: 0,
        total_amount: 0,
        refunded_amount: 0,
        shipping_address: json!({}),
        billing_address: json!({}),
        notes: None,
        tracking_number: None,
        paid_at: None,
        shipped_at: None,
        delivered_at: None,
        cancelled_at: None,
        expires_at: None,
        version: 1,
        created_at: placed,
        updated_at: placed,
    };
    let line = order_line::Model {
        id: Uuid::now_v7(),
        order_id: row.id,
        position: 0,
        product_id: Some(product),
        variant_id: None,
        sku: "X".to_owned(),
        name: "X".to_owned(),
        option_values: json!({}),
        image_url: None,
        quantity,
        unit_price: 0,
        tax_rate_bps: 0,
        tax: 0,
        subtotal: 0,
    };
    (row, line)
}

#[tokio::test]
async fn what_was_bought_comes_first_then_what_is_put_forward_then_what_is_new() {
    let app = forgetful().await;
    let (lamps, bells) = (app.category("Lamps", None).await, app.category("Bells", None).await);
    let mut ids = vec![];
    for (age, (name, category)) in
        (0..).zip([("newest", lamps), ("new", lamps), ("old", bells), ("older", lamps), ("oldest", bells)])
    {
        let created_at = Some(app.clock.now() - chrono::Duration::days(age));
        let is_featured = name == "older";
        ids.push(
            app.product(NewProduct { is_featured, created_at, ..NewProduct::new(name, category) }).await,
        );
    }
    assert_eq!(names(&popular(&app).await), ["older", "newest", "new", "old", "oldest"]);
    assert_eq!(popular(&app).await.categories[0].slug, "lamps");

    sell(&app, ids[4], 3, 1, OrderStatus::Delivered).await;
    sell(&app, ids[2], 2, 29, OrderStatus::Pending).await;
    sell(&app, ids[0], 9, 31, OrderStatus::Delivered).await;
    sell(&app, ids[1], 9, 1, OrderStatus::Cancelled).await;
    let now = popular(&app).await;
    assert_eq!(names(&now), ["oldest", "old", "older", "newest", "new"]);
    let categories: Vec<_> =
        now.categories.iter().map(|category| (category.slug.as_str(), category.product_count)).collect();
    assert_eq!(categories, [("bells", 2), ("lamps", 3)]);
}

#[tokio::test]
async fn what_many_search_for_and_find_is_told_and_nothing_else() {
    let mut app = forgetful().await;
    let lamps = app.category("Lamps", None).await;
    app.product(NewProduct::new("Brass lamp", lamps)).await;
    app.product(NewProduct::new("Copper bell", lamps)).await;
    for _ in 0..5 {
        search(&app, &[("q", "Brass  LAMP")]).await;
        // Not found, not whole, of a page further on, not often enough.
        search(&app, &[("q", "ada lovelace")]).await;
        search(&app, &[("q", "copp")]).await;
        search(&app, &[("q", "lamp"), ("page", "2")]).await;
    }
    search(&app, &[("q", "bell")]).await;
    for _ in 0..6 {
        search(&app, &[("q", "brass")]).await;
        // A typing error, and words that no product has together.
        search(&app, &[("q", "braas")]).await;
        search(&app, &[("q", "brass bell")]).await;
    }
    assert_eq!(popular(&app).await.queries, Vec::<String>::new(), "nothing is written down yet");
    app.stop().await;

    let rows = search_tally::Entity::find().all(app.db.reader()).await.unwrap();
    let mut counted: Vec<_> = rows.iter().map(|row| (row.query.as_str(), row.searches)).collect();
    counted.sort_unstable();
    assert_eq!(counted, [("bell", 1), ("brass", 6), ("brass lamp", 5)]);
    let next = app.another().with("CACHE_MEMORY_MB", 0).start().await;
    assert_eq!(popular(&next).await.queries, ["brass", "brass lamp"]);
    drop(next);

    app.clock.advance(Duration::from_hours(31 * 24));
    let late = app.another().with("CACHE_MEMORY_MB", 0).start().await;
    assert_eq!(popular(&late).await.queries, Vec::<String>::new());
    within(PATIENCE, "they are forgotten", async || {
        search_tally::Entity::find().all(app.db.reader()).await.unwrap().is_empty().then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_is_popular_is_read_from_indexes() {
    let app = forgetful().await;
    let clock = app.clock.shared();
    let made = api::clock::IdSource::new(clock.clone());
    api::seed::synthetic::load(&api::seed::Seeder::new(&app.db, &clock, &made), 1_000).await.unwrap();
    let ids: Vec<Uuid> = product::Entity::find()
        .all(app.db.reader())
        .await
        .unwrap()
        .iter()
        .map(|product| product.id)
        .collect();
    let sold = |nth: usize| {
        let days_ago = i64::try_from(nth).unwrap();
        bought(&app, ids[nth % ids.len()], 1, days_ago, OrderStatus::Delivered)
    };
    let (orders, lines): (Vec<_>, Vec<_>) = (0..1_000).map(sold).unzip();
    let db = app.db.for_migrations();
    let orders = orders.into_iter().map(IntoActiveModel::into_active_model);
    order::Entity::insert_many(orders).exec_without_returning(db).await.unwrap();
    let lines = lines.into_iter().map(IntoActiveModel::into_active_model);
    order_line::Entity::insert_many(lines).exec_without_returning(db).await.unwrap();
    app.db.analyze().await.unwrap();

    let plans = plans(&app, &app.get("/api/search/popular").await).await;
    assert!(plans.iter().any(|step| step.contains("ix_orders_created_at")), "{plans:#?}");
    let furthest_in_front = |step: &&String| {
        // From the end of the table, and no more than a dozen.
        step.trim() == "SCAN search_documents"
    };
    let scans: Vec<_> =
        plans.iter().filter(|step| reads_a_table(step)).filter(|step| !furthest_in_front(step)).collect();
    assert!(scans.is_empty(), "{scans:#?} of {plans:#?}");
}

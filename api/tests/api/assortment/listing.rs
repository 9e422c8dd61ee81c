//! `GET /api/admin/products`.

use std::{collections::BTreeSet, time::Duration};

use api::{
    clock::IdSource,
    seed::{Seeder, synthetic},
};
use openapi::{Page, assortment::AdminProductSummary, catalog::ProductStatus, paging::Meta};
use reqwest::Method;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::json;
use uuid::Uuid;

use super::shop::{ALL, Shop, variant};
use crate::support::{Answer, sql};

async fn list(shop: &Shop, query: &str) -> Answer {
    shop.ask(Method::GET, &format!("{ALL}?{query}"), None).await
}

async fn names(shop: &Shop, query: &str) -> Vec<String> {
    let page: Page<AdminProductSummary> = list(shop, query).await.ok();
    page.data.into_iter().map(|row| row.product.name).collect()
}

#[tokio::test]
async fn products_of_any_status_are_found_filtered_and_sorted() {
    let shop = Shop::open().await;
    let below = shop.app.category("Below", Some(shop.shelf)).await;
    let hidden = shop.app.category("Hidden", None).await;
    for (name, status, category, price, stock) in [
        ("Étagère", "DRAFT", shop.shelf, "30", 0),
        ("lamp", "ACTIVE", below, "10", 5),
        ("Lampshade", "ARCHIVED", hidden, "20", 1),
        ("50% off", "ACTIVE", shop.shelf, "40", 0),
    ] {
        let sku = format!("SKU-{price}");
        shop.make(json!({
            "name": name, "status": status, "categoryId": category, "sku": sku, "price": price, "stock": stock,
        }))
        .await;
        shop.app.clock.advance(Duration::from_secs(1));
    }
    let hide = json!({"isActive": false});
    shop.ask(Method::PATCH, &format!("/api/admin/categories/{hidden}"), Some(hide)).await;
    let of = |category: Uuid| format!("categoryId={category}");
    for (query, expected) in [
        ("", vec!["50% off", "Lampshade", "lamp", "Étagère"]),
        ("sort=createdAt", vec!["Étagère", "lamp", "Lampshade", "50% off"]),
        ("sort=name", vec!["50% off", "Étagère", "lamp", "Lampshade"]),
        ("sort=-price", vec!["50% off", "Étagère", "Lampshade", "lamp"]),
        ("status=DRAFT", vec!["Étagère"]),
        ("status=ACTIVE&inStock=true", vec!["lamp"]),
        ("inStock=false&sort=name", vec!["50% off", "Étagère"]),
        ("q=LAMP&sort=name", vec!["lamp", "Lampshade"]),
        ("q=etag", vec!["Étagère"]),
        ("q=sku-20", vec!["Lampshade"]),
        ("q=sku-2", vec![]),
        ("q=amp", vec![]),
        ("q=%25", vec![]),
        ("q=50%25%20", vec!["50% off"]),
        ("q=_amp", vec![]),
        (&of(shop.shelf), vec!["50% off", "lamp", "Étagère"]),
        (&of(hidden), vec!["Lampshade"]),
        (&of(Uuid::now_v7()), vec![]),
        (&format!("{}&q=lamp", of(below)), vec!["lamp"]),
    ] {
        assert_eq!(names(&shop, query).await, expected, "{query}");
    }
    let lamp: Page<AdminProductSummary> = list(&shop, "q=lampsh").await.ok();
    let lamp = &lamp.data[0];
    assert_eq!((lamp.product.status, lamp.version), (ProductStatus::Archived, 1));
    shop.change(lamp.product.id, json!({"name": "Shade"})).await;
    let shade: Page<AdminProductSummary> = list(&shop, "q=shade").await.ok();
    assert_eq!(shade.data[0].version, 2);
    for (query, parameter) in
        [("status=active", "status"), ("sort=stock", "sort"), ("inStock=1", "inStock"), ("q=", "q")]
    {
        let problem = list(&shop, query).await.problem(400, "INVALID_PARAMETER");
        assert_eq!(problem.errors[0].parameter.as_deref(), Some(parameter), "{query}");
    }
}

#[tokio::test]
async fn both_ways_of_paging_show_every_product_once() {
    let shop = Shop::open().await;
    let mut everything = BTreeSet::new();
    // All at one moment and price, so that only names and ids tell them apart.
    for nth in 0..7 {
        let body = json!({"name": "Lamp", "slug": format!("lamp-{nth}"), "sku": format!("LAMP-{nth}"), "price": "1"});
        everything.insert(shop.make(shop.lamp(body)).await.product.summary.id);
    }
    for sort in ["name", "-name", "price", "-price", "createdAt", "-createdAt"] {
        let mut by_number = vec![];
        for page in 1..=3 {
            let page: Page<AdminProductSummary> =
                list(&shop, &format!("sort={sort}&limit=3&page={page}")).await.ok();
            assert!(matches!(&page.meta, Meta::Numbered(meta) if (meta.total, meta.total_pages) == (7, 3)));
            by_number.extend(page.data.iter().map(|row| row.product.id));
        }
        let (mut by_cursor, mut cursor) = (vec![], String::new());
        loop {
            let page: Page<AdminProductSummary> =
                list(&shop, &format!("sort={sort}&limit=3&cursor={cursor}")).await.ok();
            by_cursor.extend(page.data.iter().map(|row| row.product.id));
            let Meta::Cursor(meta) = page.meta else { panic!("no cursor") };
            let Some(next) = meta.next_cursor else { break };
            cursor = next;
        }
        assert_eq!(by_number, by_cursor, "{sort}");
        assert_eq!(by_number.into_iter().collect::<BTreeSet<_>>(), everything, "{sort}");
    }
}

#[tokio::test]
async fn a_list_takes_few_statements_and_is_read_from_its_index() {
    let shop = Shop::open().await;
    let clock = shop.app.clock.shared();
    let ids = IdSource::new(clock.clone());
    synthetic::load(&Seeder::new(&shop.app.db, &clock, &ids), 2_000).await.unwrap();
    if shop.app.db.reader().get_database_backend() == DbBackend::Postgres {
        shop.app.db.for_migrations().execute_unprepared("VACUUM ANALYZE").await.unwrap();
    }
    for (query, index) in [
        ("cursor=", "ix_products_created_at"),
        ("cursor=&sort=createdAt", "ix_products_created_at"),
        ("cursor=&sort=price", "ix_products_price_from"),
        ("cursor=&sort=-name", "ix_products_name_folded"),
        ("cursor=&status=ARCHIVED", "ix_products_status_created_at"),
        ("cursor=&q=juniper", "ix_products_name_folded"),
        ("cursor=&q=SYN-0000007", "uq_product_variants_sku"),
    ] {
        let answer = list(&shop, query).await;
        answer.ok::<Page<AdminProductSummary>>();
        assert!(sql::but_for_access(&answer).len() <= 3, "{query}: {:#?}", sql::of(&answer));
        let statement =
            sql::of(&answer).into_iter().find(|sql| sql.contains("ORDER BY \"products\"")).unwrap();
        let plan = sql::plan(&shop.app, &statement).await;
        assert!(plan.contains(index), "{query}: {plan}");
        let plan = format!("{plan}\n");
        for scan in ["Seq Scan on products\n", "Seq Scan on products ", "SCAN products\n"] {
            assert!(!plan.contains(scan), "{query}: {plan}");
        }
        // How many begin like this PostgreSQL only knows once it is told what, and then plans for these.
        let is_known = !query.contains("q=");
        assert!(!is_known || !plan.contains("Seq Scan on product_variants"), "{query}: {plan}");
    }
    let numbered = list(&shop, "page=3&limit=50").await;
    assert_eq!(sql::but_for_access(&numbered).len(), 4, "{:#?}", sql::of(&numbered));
}

#[tokio::test]
async fn reading_a_product_takes_few_statements() {
    let shop = Shop::open().await;
    let shirt = shop.shirt(&["S", "M"], &["red"]).await;
    assert_eq!(variant(&shirt, "SHIRT-S-RED").stock, 5);
    let answer = shop.ask(Method::GET, &format!("{ALL}/{}", shirt.product.summary.id), None).await;
    assert_eq!(sql::but_for_access(&answer).len(), 4, "{:#?}", sql::of(&answer));
}

//! `/api/catalog/products`.

use chrono::Duration;
use entity::product::ProductStatus;
use openapi::{
    Data, Meta, Page,
    catalog::{ProductDetail, ProductSummary},
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{NewProduct, NewVariant, TestApp, postgres_url, sql};

type Products = Page<ProductSummary>;

fn names(page: &Products) -> Vec<&str> {
    page.data.iter().map(|product| product.name.as_str()).collect()
}

/// Reads a list to its end by cursor.
async fn walk(app: &TestApp, query: &str) -> Vec<ProductSummary> {
    let mut cursor = String::new();
    let mut all = vec![];
    loop {
        let page: Products = app.get(&format!("/api/catalog/products?{query}&cursor={cursor}")).await.ok();
        all.extend(page.data);
        let Meta::Cursor(meta) = page.meta else { panic!("no cursor") };
        match meta.next_cursor {
            Some(next) => cursor = next,
            None => return all,
        }
    }
}

#[tokio::test]
async fn only_what_can_be_bought_is_listed_newest_first() {
    let app = TestApp::start().await;
    let lamps = app.category("Lamps", None).await;
    for (age, name) in (0..).zip(["new", "older", "oldest"]) {
        let created_at = Some(app.clock.now() - Duration::hours(age));
        app.product(NewProduct { created_at, ..NewProduct::new(name, lamps) }).await;
    }
    for status in [ProductStatus::Draft, ProductStatus::Archived] {
        app.product(NewProduct { status, ..NewProduct::new("hidden", lamps) }).await;
    }
    let page: Products = app.get("/api/catalog/products").await.ok();
    assert_eq!(names(&page), ["new", "older", "oldest"]);
    let Meta::Numbered(meta) = page.meta else { panic!("not numbered") };
    assert_eq!((meta.page, meta.limit, meta.total, meta.total_pages), (1, 20, 3, 1));
}

#[tokio::test]
async fn a_list_sorts_alike_on_every_engine() {
    let app = TestApp::start().await;
    let all = app.category("All", None).await;
    // Case, accents, punctuation, digits: where engines' own orders differ.
    for (price, name) in
        (0..).zip(["Zebra", "apple", "Äpfel", "apple-pie", "Apple Pie", "éclair", "10", "9", "_x"])
    {
        app.product(NewProduct::new(name, all).priced(price * 100)).await;
    }
    let by_name: Products = app.get("/api/catalog/products?sort=name").await.ok();
    assert_eq!(
        names(&by_name),
        ["10", "9", "_x", "Äpfel", "apple", "Apple Pie", "apple-pie", "éclair", "Zebra"]
    );
    let mut backwards: Vec<_> = names(&by_name).into_iter().map(str::to_owned).collect();
    backwards.reverse();
    let descending: Products = app.get("/api/catalog/products?sort=-name").await.ok();
    assert_eq!(names(&descending), backwards);
    let dearest: Products = app.get("/api/catalog/products?sort=-price&limit=2").await.ok();
    assert_eq!(names(&dearest), ["_x", "9"]);
}

#[tokio::test]
async fn pages_by_cursor_hold_everything_once_even_where_products_are_alike() {
    let app = TestApp::start().await;
    let all = app.category("All", None).await;
    for number in 0..25 {
        // The same name, price and moment for several: only the id tells them apart.
        let name = format!("Thing {}", number % 3);
        app.product(NewProduct::new(&name, all).priced(i64::from(number % 2) * 500 + 100)).await;
    }
    for sort in ["name", "-name", "price", "-price", "createdAt", "-createdAt"] {
        let walked = walk(&app, &format!("sort={sort}&limit=4")).await;
        let whole: Products = app.get(&format!("/api/catalog/products?sort={sort}&limit=100")).await.ok();
        assert_eq!(walked, whole.data, "{sort}");
        assert_eq!(walked.len(), 25);
        let numbered: Products =
            app.get(&format!("/api/catalog/products?sort={sort}&limit=4&page=3")).await.ok();
        assert_eq!(numbered.data, whole.data[8..12], "{sort}");
    }
}

#[tokio::test]
async fn a_cursor_survives_what_is_put_in_before_it() {
    let app = TestApp::start().await;
    let all = app.category("All", None).await;
    for number in 0..4 {
        app.product(NewProduct::new(&format!("n{number}"), all)).await;
    }
    let first: Products = app.get("/api/catalog/products?cursor=&limit=2&sort=name").await.ok();
    let Meta::Cursor(meta) = &first.meta else { panic!("no cursor") };
    app.product(NewProduct::new("a latecomer", all)).await;
    let next =
        format!("/api/catalog/products?limit=2&sort=name&cursor={}", meta.next_cursor.as_ref().unwrap());
    assert_eq!(names(&app.get(&next).await.ok()), ["n2", "n3"]);
    // The same cursor in another order means nothing.
    let problem = app.get(&next.replace("sort=name", "sort=price")).await.problem(400, "INVALID_PARAMETER");
    assert_eq!(problem.errors[0].parameter.as_deref(), Some("cursor"));
}

#[tokio::test]
async fn filters_narrow_down_and_combine() {
    let app = TestApp::start().await;
    let clothing = app.category("Clothing", None).await;
    let shirts = app.category("Shirts", Some(clothing)).await;
    let books = app.category("Books", None).await;
    let on_sale = NewVariant { price: 2_000, compare_at: Some(3_000), ..NewVariant::default() };
    app.product(NewProduct { variants: vec![on_sale], ..NewProduct::new("shirt", shirts) }).await;
    app.product(NewProduct { is_featured: true, ..NewProduct::new("coat", clothing).priced(9_000) }).await;
    app.product(NewProduct::new("novel", books).priced(1_250).stocked(0)).await;
    let sized = |price, size: &str| NewVariant {
        sku: Some(format!("BIBLE-{size}")),
        price,
        values: json!({"size": size}),
        ..NewVariant::default()
    };
    app.product(NewProduct {
        variants: vec![sized(3_000, "M"), sized(5_000, "L")],
        ..NewProduct::new("atlas", books)
    })
    .await;

    for (query, expected) in [
        ("category=clothing", vec!["coat", "shirt"]),
        ("category=shirts", vec!["shirt"]),
        ("category=unheard-of", vec![]),
        (&format!("categoryId={books}"), vec!["atlas", "novel"]),
        (&format!("categoryId={books}&category=shirts"), vec![]),
        ("minPrice=12.50", vec!["atlas", "coat", "novel", "shirt"]),
        ("maxPrice=12.5", vec!["novel"]),
        // Between what its variants cost it can be bought for some price in the range.
        ("minPrice=45&maxPrice=60", vec!["atlas"]),
        ("minPrice=20&maxPrice=30", vec!["atlas", "shirt"]),
        ("featured=true", vec!["coat"]),
        ("featured=false", vec!["atlas", "novel", "shirt"]),
        ("inStock=true", vec!["atlas", "coat", "shirt"]),
        ("inStock=false", vec!["novel"]),
        ("onSale=true", vec!["shirt"]),
        ("onSale=false&inStock=true", vec!["atlas", "coat"]),
        ("sku=bible-l", vec!["atlas"]),
        ("sku=BIBLE-XL", vec![]),
    ] {
        let page: Products = app.get(&format!("/api/catalog/products?sort=name&{query}")).await.ok();
        assert_eq!(names(&page), expected, "{query}");
        let Meta::Numbered(meta) = page.meta else { panic!("not numbered") };
        assert_eq!(meta.total, expected.len() as u64, "{query}");
    }
}

#[tokio::test]
async fn wrong_parameters_are_all_told_at_once() {
    let app = TestApp::start().await;
    let path = "/api/catalog/products?page=0&limit=101&sort=best&minPrice=free&colour=red";
    let problem = app.get(path).await.problem(400, "INVALID_PARAMETER");
    let told: Vec<_> = problem.errors.iter().filter_map(|error| error.parameter.as_deref()).collect();
    assert_eq!(told, ["sort", "colour"], "what cannot be read comes first");
    let problem = app
        .get("/api/catalog/products?page=0&limit=101&minPrice=free")
        .await
        .problem(400, "INVALID_PARAMETER");
    assert_eq!(problem.errors.len(), 3);
    assert!(!app.get(path).await.text().contains("best"), "never the value itself");

    for (query, parameter) in [
        ("minPrice=2&maxPrice=1", "minPrice"),
        ("minPrice=1.999", "minPrice"),
        ("cursor=nonsense", "cursor"),
        ("page=1&cursor=", ""),
        ("page=1&page=2", "page"),
        ("categoryId=7", "categoryId"),
        ("category=No%20Slug", "category"),
        ("sku=%00", "sku"),
    ] {
        let problem =
            app.get(&format!("/api/catalog/products?{query}")).await.problem(400, "INVALID_PARAMETER");
        assert_eq!(problem.errors[0].parameter.as_deref(), Some(parameter), "{query}");
    }
}

#[tokio::test]
async fn a_product_is_found_by_id_slug_and_any_of_its_skus() {
    let app = TestApp::start().await;
    let parent = app.category("Clothing", None).await;
    let shirts = app.category("Shirts", Some(parent)).await;
    let sized = |size: &str, price, stock| NewVariant {
        sku: Some(format!("TEE-{size}")),
        price,
        compare_at: Some(2_500),
        stock,
        values: json!({"size": size}),
    };
    let id = app
        .product(NewProduct {
            slug: Some("tee".into()),
            options: vec![("size", vec!["M", "L"])],
            variants: vec![sized("M", 2_000, 0), sized("L", 2_200, 7)],
            ..NewProduct::new("Tee", shirts)
        })
        .await;
    for key in [id.to_string(), "tee".into(), "TEE-M".into(), "tee-l".into()] {
        let Data { data: product } =
            app.get(&format!("/api/catalog/products/{key}")).await.ok::<Data<ProductDetail>>();
        assert_eq!(product.summary.id, id, "{key}");
        assert_eq!((product.summary.sku.as_str(), product.stock), ("TEE-M", 0));
        assert_eq!(product.summary.price_from.to_string(), "20.00");
        assert_eq!(product.summary.price_to.to_string(), "22.00");
        assert!(product.summary.in_stock && product.summary.on_sale);
        assert_eq!(product.summary.options[0].values, ["M", "L"]);
        assert_eq!(product.variants[1].options["size"], "L");
        let way: Vec<_> = product.breadcrumbs.iter().map(|category| category.slug.as_str()).collect();
        assert_eq!(way, ["clothing", "shirts"]);
    }
}

#[tokio::test]
async fn a_product_page_looks_like_this() {
    let app = TestApp::start().await;
    let shirts = app.category("Shirts", None).await;
    let sized = |size: &str| NewVariant {
        sku: Some(format!("TEE-{size}")),
        compare_at: Some(1_250),
        values: json!({"size": size}),
        ..NewVariant::default()
    };
    app.product(NewProduct {
        slug: Some("tee".into()),
        options: vec![("size", vec!["M", "L"])],
        variants: vec![sized("M"), sized("L")],
        ..NewProduct::new("Tee", shirts)
    })
    .await;
    let mut page = app.get("/api/catalog/products/tee").await.json();
    hide_ids(&mut page);
    insta::assert_json_snapshot!("product_page", page);
}

/// Ids are new every time.
fn hide_ids(value: &mut Value) {
    match value {
        Value::String(text) if Uuid::try_parse(text).is_ok() => *value = json!("[id]"),
        Value::Array(items) => items.iter_mut().for_each(hide_ids),
        Value::Object(fields) => fields.values_mut().for_each(hide_ids),
        _ => {}
    }
}

#[tokio::test]
async fn what_cannot_be_bought_is_not_found() {
    let app = TestApp::start().await;
    let lamps = app.category("Lamps", None).await;
    let draft = NewProduct {
        status: ProductStatus::Draft,
        slug: Some("draft".into()),
        ..NewProduct::new("x", lamps)
    };
    let id = app.product(draft).await;
    for key in [
        &id.to_string(),
        "draft",
        "unheard-of",
        "00000000-0000-0000-0000-000000000000",
        "%F0%9F%92%A1",
        "a b",
    ] {
        app.get(&format!("/api/catalog/products/{key}")).await.problem(404, "NOT_FOUND");
    }
    app.get(&format!("/api/catalog/products/{}", "x".repeat(201))).await.problem(400, "INVALID_PARAMETER");
    app.get("/api/catalog/products/%00").await.problem(400, "INVALID_PARAMETER");
}

#[tokio::test]
async fn a_list_says_whether_and_not_how_much_is_in_stock() {
    let app = TestApp::start().await;
    let lamps = app.category("Lamps", None).await;
    app.product(NewProduct::new("lamp", lamps)).await;
    let list = app.get("/api/catalog/products").await.json();
    assert_eq!(list["data"][0]["inStock"], true);
    assert!(list["data"][0].get("stock").is_none());
    assert_eq!(list["data"][0]["compareAt"], json!(null), "nulls are present");
}

#[tokio::test]
async fn a_list_costs_the_same_however_long_and_however_deep() {
    let app = TestApp::builder().with("CACHE_MEMORY_MB", 0).start().await;
    let lamps = app.category("Lamps", None).await;
    let mut numbered = vec![];
    let mut filtered = vec![];
    let mut by_cursor = vec![];
    for _ in 0..2 {
        for number in 0..6 {
            app.product(NewProduct::new(&format!("lamp {number}"), lamps)).await;
        }
        numbered.push(app.get("/api/catalog/products?category=lamps").await.statements());
        filtered.push(app.get("/api/catalog/products?inStock=true").await.statements());
        by_cursor.push(app.get("/api/catalog/products?cursor=").await.statements());
    }
    assert_eq!(numbered, [3, 3]);
    assert_eq!(filtered, [4, 4]);
    assert_eq!(by_cursor, [3, 3]);
}

#[tokio::test]
async fn every_list_is_read_from_an_index() {
    let app = TestApp::start().await;
    let clock = app.clock.shared();
    let ids = api::clock::IdSource::new(clock.clone());
    let seeder = api::seed::Seeder::new(&app.db, &clock, &ids);
    api::seed::synthetic::load(&seeder, 8_000).await.unwrap();

    if postgres_url().is_none() {
        let skipping = "SELECT 1 FROM sqlite_stat1 WHERE idx IS NOT NULL AND stat NOT LIKE '%noskipscan'";
        let skipping =
            app.db.reader().query_one_raw(Statement::from_string(DbBackend::Sqlite, skipping)).await;
        assert!(skipping.unwrap().is_none(), "in a large shop SQLite would leave the list's own index");
    }
    for (sort, index) in [
        ("-createdAt", "ix_products_status_created_at"),
        ("createdAt", "ix_products_status_created_at"),
        ("price", "ix_products_status_price_from"),
        ("-price", "ix_products_status_price_from"),
        ("name", "ix_products_status_name_folded"),
        ("-name", "ix_products_status_name_folded"),
    ] {
        let first = app.get(&format!("/api/catalog/products?sort={sort}&cursor=")).await;
        let page: Products = first.ok();
        let Meta::Cursor(meta) = page.meta else { panic!("no cursor") };
        let deep =
            app.get(&format!("/api/catalog/products?sort={sort}&cursor={}", meta.next_cursor.unwrap())).await;
        for answer in [&first, &deep] {
            let statements = sql::of(answer);
            assert_eq!(statements.len(), 3, "{statements:#?}");
            let list = statements.iter().find(|sql| sql.contains("LIMIT")).unwrap();
            assert!(list.contains("LIMIT 21"), "PostgreSQL would plan it anew each time: {list}");
            let plan = sql::plan(&app, list).await;
            assert!(plan.contains(index), "{sort}: {plan}");
            assert_scans_nothing(&plan);
        }
    }
    for (query, index) in [("featured=true", "featured"), ("onSale=true", "on_sale")] {
        let answer = app.get(&format!("/api/catalog/products?{query}&cursor=")).await;
        let list = sql::of(&answer).into_iter().find(|sql| sql.contains("LIMIT")).unwrap();
        let plan = sql::plan(&app, &list).await;
        assert!(plan.contains(index), "{query}: {plan}");
        assert_scans_nothing(&plan);
    }
    let answer = app.get("/api/catalog/products?sku=SYN-0000007&cursor=").await;
    let list = sql::of(&answer).into_iter().find(|sql| sql.contains("LIMIT")).unwrap();
    let plan = sql::plan(&app, &list).await;
    assert!(plan.contains("uq_product_variants_sku"), "{plan}");
    for key in ["juniper", "SYN-0000007", "01890a5d-ac96-774b-bcce-b302099a8057"] {
        let answer = app.get(&format!("/api/catalog/products/{key}")).await;
        for statement in sql::of(&answer).iter().filter(|sql| sql.contains("\"status\"")) {
            assert_scans_nothing(&sql::plan(&app, statement).await);
        }
    }
}

/// No step reads a whole table of products or variants.
#[track_caller]
fn assert_scans_nothing(plan: &str) {
    let scans = plan.lines().any(|step| {
        step.contains("Seq Scan")
            || (step.contains("SCAN product") && !step.contains("USING"))
            || step.contains("USE TEMP B-TREE")
            || step.contains("Sort  (")
    });
    assert!(!scans, "{plan}");
}

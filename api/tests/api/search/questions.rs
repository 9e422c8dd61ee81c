//! What is found by what, in which order: the same on every engine.

use entity::category;
use openapi::{Meta, search::SearchPage};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

use super::{names, search, shop};
use crate::support::TestApp;

const IPHONES: &[&str] = &["iPhone 15 Pro", "iPhone 15", "Studio Headphones"];
const LAMPS: &[&str] = &["Lampshade Linen", "LED Table Lamp", "Desk Lamp"];
const DESK_LAMPS: &[&str] = &["Desk Lamp", "LED Table Lamp"];
const HEADPHONES: &[&str] = &["Wireless Headphones", "Studio Headphones"];
const ESPRESSO: &[&str] = &["Espresso Cups", "Café Espresso Machine"];
const TORCH: &[&str] = &["Crème Brûlée Torch"];
const MACHINE: &[&str] = &["Café Espresso Machine"];
const WOMENS: &[&str] = &["Women's Summer Dress", "Leather Jacket"];
const SHIRT: &[&str] = &["Men's T-Shirt"];
const WOOL: &[&str] = &["100% Wool Blanket"];
const ATLAS: &[&str] = &["Straße Atlas"];
const SHOES: &[&str] = &["Running Shoes"];
const GALAXY: &[&str] = &["Samsung Galaxy S24 Ultra"];
const PIXEL: &[&str] = &["Google Pixel 8 Pro"];
const SOFTWARE: &[&str] = &["Clean Code Handbook", "System Design Interview"];
const SEATS: &[&str] = &["Sofa Copenhagen", "Corner Couch"];
const CELL_PHONES: &[&str] = &["iPhone 15 Pro", "iPhone 15", "Samsung Galaxy S24 Ultra", "Studio Headphones"];
const NOTHING: &[&str] = &[];

/// What is typed, what is searched for instead, what is found.
const QUESTIONS: &[(&str, Option<&str>, &[&str])] = &[
    // Names that begin so come before names that have it, those before descriptions; what is put forward comes first.
    ("iphone", None, IPHONES),
    ("lamp", None, LAMPS),
    ("espresso", None, ESPRESSO),
    ("desk lamp", None, DESK_LAMPS),
    ("lamp desk", None, DESK_LAMPS),
    ("pro", None, &["iPhone 15 Pro", "Google Pixel 8 Pro"]),
    ("software", None, SOFTWARE),
    ("camera", None, PIXEL),
    ("phone", None, &["iPhone 15 Pro", "iPhone 15"]),
    (
        "with a",
        None,
        &["iPhone 15 Pro", "Google Pixel 8 Pro", "Samsung Galaxy S24 Ultra", "Studio Headphones"],
    ),
    ("titanium iphone", None, &["iPhone 15 Pro"]),
    // A SKU is before everything else.
    ("iphone-15", None, &["iPhone 15", "iPhone 15 Pro"]),
    ("iphone 15", None, &["iPhone 15 Pro", "iPhone 15"]),
    ("IPHONE-15-PRO", None, &["iPhone 15 Pro"]),
    ("pixel-8-pro", None, PIXEL),
    ("wool_100", None, WOOL),
    ("wh-5", None, &["Studio Headphones"]),
    ("wh-1000", None, &["Wireless Headphones"]),
    ("poster-xl", None, &["Poster"]),
    ("s24", None, GALAXY),
    // Case, accents, width, and other ways to write a letter.
    ("IPHONE", None, IPHONES),
    ("ｉｐｈｏｎｅ", None, IPHONES),
    ("creme brulee", None, TORCH),
    ("CRÈME BRÛLÉE", None, TORCH),
    ("cre\u{300}me", None, TORCH),
    ("cafe", None, MACHINE),
    ("café machine", None, MACHINE),
    ("strasse", None, ATLAS),
    ("STRASSE atlas", None, ATLAS),
    ("lodz", None, ATLAS),
    ("istanbul", None, ATLAS),
    // The last word may be begun, the others may not.
    ("iph", None, IPHONES),
    ("head", None, HEADPHONES),
    ("desk la", None, DESK_LAMPS),
    ("des lamp", None, NOTHING),
    ("z", None, NOTHING),
    // Singular and plural.
    ("headphone", None, HEADPHONES),
    ("headphones", None, HEADPHONES),
    ("lamps", None, LAMPS),
    ("desk lamps", None, DESK_LAMPS),
    ("lamps desk", None, DESK_LAMPS),
    ("espresso cup", None, &["Espresso Cups"]),
    ("cup", None, &["Espresso Cups", "System Design Interview"]),
    ("shoe", None, SHOES),
    ("systems", None, &["System Design Interview"]),
    ("womens", None, WOMENS),
    ("women", None, WOMENS),
    ("women dress", None, &["Women's Summer Dress"]),
    ("dresses", None, &["Women's Summer Dress"]),
    ("mens", None, SHIRT),
    // Signs only separate words.
    ("%", None, NOTHING),
    ("_", None, NOTHING),
    ("'", None, NOTHING),
    ("\"", None, NOTHING),
    ("*", None, NOTHING),
    ("100%", None, &["100% Wool Blanket", "Wireless Headphones"]),
    ("100% wool", None, WOOL),
    ("i%e", None, NOTHING),
    ("50/50", None, &["50/50 Blend Scarf"]),
    ("\"quoted\"", None, &["\"Quoted\" Notebook"]),
    ("women's", None, WOMENS),
    ("t-shirt", None, SHIRT),
    ("(desk* & lamp) -x | !", None, NOTHING),
    ("(desk* & lamp) | !", None, DESK_LAMPS),
    ("desk:lamp", None, DESK_LAMPS),
    ("name:lamp", None, NOTHING),
    ("quoted OR notebook", None, NOTHING),
    ("NEAR(desk lamp)", Some("ear desk lamp"), NOTHING),
    ("'; DROP TABLE products; --", None, NOTHING),
    ("   desk    lamp  ", None, DESK_LAMPS),
    // Typing errors.
    ("iphnoe", Some("iphone"), IPHONES),
    ("headpones", Some("headphones"), HEADPHONES),
    ("hedphnes", Some("headphones"), HEADPHONES),
    ("expresso", Some("espresso"), ESPRESSO),
    ("pixle", Some("pixel"), PIXEL),
    ("samsng galxy", Some("samsung galaxy"), GALAXY),
    ("sofware", Some("software"), SOFTWARE),
    ("lether jaket", Some("leather jacket"), &["Leather Jacket"]),
    ("runing shoes", Some("running shoes"), SHOES),
    ("tshirt", Some("shirt"), SHIRT),
    ("cafe mahcine", Some("cafe machine"), MACHINE),
    ("crème brulle", Some("creme brulee"), TORCH),
    ("pxl", None, NOTHING),
    ("s25", None, NOTHING),
    ("xyzzyq", None, NOTHING),
    // Synonyms, before typing errors.
    ("sofa", None, SEATS),
    ("sofas", None, SEATS),
    ("couch", None, &["Corner Couch"]),
    ("settee", None, SEATS),
    ("corner sofa", None, &["Corner Couch"]),
    ("cell phone", None, CELL_PHONES),
    ("Cell-Phones", None, CELL_PHONES),
    ("cell phone pro", None, &["iPhone 15 Pro"]),
    // What cannot be bought is not found.
    ("unreleased", None, NOTHING),
];

#[tokio::test]
async fn everything_is_found_as_it_should_be() {
    let app = shop::open().await;
    let mut wrong = vec![];
    for (question, corrected, expected) in QUESTIONS {
        let page = search(&app, &[("q", question), ("type", "products")]).await;
        let found = (page.data.corrected_query.as_deref(), names(&page));
        if found != (*corrected, expected.to_vec()) {
            wrong.push(format!("{question}: {found:?} instead of {corrected:?} {expected:?}"));
        }
        let Meta::Numbered(meta) = &page.meta else { panic!("not numbered") };
        assert_eq!(meta.total, page.data.products.len() as u64, "{question}");
        assert_eq!(page.data.query, question.trim());
    }
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), QUESTIONS.len());
}

#[tokio::test]
async fn what_is_found_is_sorted_and_paged() {
    let app = shop::open().await;
    for (sort, expected) in [
        ("relevance", ["iPhone 15 Pro", "iPhone 15", "Studio Headphones"]),
        ("name", ["iPhone 15", "iPhone 15 Pro", "Studio Headphones"]),
        ("-name", ["Studio Headphones", "iPhone 15 Pro", "iPhone 15"]),
        ("price", ["Studio Headphones", "iPhone 15", "iPhone 15 Pro"]),
        ("-price", ["iPhone 15 Pro", "iPhone 15", "Studio Headphones"]),
        ("createdAt", ["Studio Headphones", "iPhone 15", "iPhone 15 Pro"]),
        ("-createdAt", ["iPhone 15 Pro", "iPhone 15", "Studio Headphones"]),
    ] {
        assert_eq!(names(&search(&app, &[("q", "iphone"), ("sort", sort)]).await), expected, "{sort}");
        let second = search(&app, &[("q", "iphone"), ("sort", sort), ("limit", "2"), ("page", "2")]).await;
        assert_eq!(names(&second), expected[2..], "{sort}");
        let Meta::Numbered(meta) = second.meta else { panic!("not numbered") };
        assert_eq!((meta.page, meta.limit, meta.total, meta.total_pages), (2, 2, 3, 2));
    }
    assert_eq!(names(&search(&app, &[("q", "iphone"), ("page", "100000")]).await), NOTHING);
}

fn categories(page: &SearchPage) -> Vec<&str> {
    page.data.categories.iter().map(|category| category.slug.as_str()).collect()
}

#[tokio::test]
async fn categories_are_found_beside_products_and_alone() {
    let app = shop::open().await;
    let both = search(&app, &[("q", "lamps")]).await;
    assert_eq!((categories(&both), names(&both).len()), (vec!["lamps"], 3));
    assert_eq!(both.data.categories[0].product_count, 3);
    // No product has the word; the category does, and so it is no typing error.
    let electronics = search(&app, &[("q", "electronics")]).await;
    assert_eq!(
        (categories(&electronics), electronics.data.corrected_query.as_deref()),
        (vec!["electronics"], None)
    );
    let mistyped = search(&app, &[("q", "elektronics"), ("type", "categories")]).await;
    assert_eq!(mistyped.data.corrected_query.as_deref(), Some("electronics"));
    assert_eq!(categories(&mistyped), ["electronics"]);
    assert_eq!(categories(&search(&app, &[("q", "lamps"), ("type", "products")]).await), NOTHING);

    for number in 0..7 {
        app.category(&format!("Home {number}"), None).await;
    }
    assert_eq!(categories(&search(&app, &[("q", "home")]).await).len(), 5);
    let alone = search(&app, &[("q", "home"), ("type", "categories"), ("limit", "3"), ("page", "3")]).await;
    assert_eq!(categories(&alone), ["home-5", "home-6"]);
    let Meta::Numbered(meta) = alone.meta else { panic!("not numbered") };
    assert_eq!((meta.total, meta.total_pages), (8, 3));
    assert!(alone.data.products.is_empty() && alone.data.facets.prices.is_empty());

    let home = category::Entity::find().all(app.db.reader()).await.unwrap();
    let home = home.iter().find(|row| row.slug == "home").unwrap().id;
    let hidden = category::ActiveModel { id: Set(home), is_active: Set(false), ..Default::default() };
    hidden.update(app.db.for_migrations()).await.unwrap();
    assert_eq!(categories(&search(&app, &[("q", "lamps")]).await), NOTHING);
}

#[tokio::test]
async fn wrong_parameters_are_all_told_at_once() {
    let app = TestApp::start().await;
    for (query, wrong) in [
        ("", vec!["q"]),
        ("q=", vec!["q"]),
        ("q=%20", vec!["q"]),
        ("q=%00", vec!["q"]),
        ("limit=101&page=0", vec!["limit", "page", "q"]),
        ("q=lamp&cursor=&type=all&sort=best&colour=red", vec!["cursor", "sort", "colour"]),
        ("q=lamp&minPrice=2&maxPrice=1", vec!["minPrice"]),
        ("q=lamp&maxPrice=1.999", vec!["maxPrice"]),
        ("q=lamp&q=desk", vec!["q"]),
    ] {
        let problem = app.get(&format!("/api/search?{query}")).await.problem(400, "INVALID_PARAMETER");
        let told: Vec<_> = problem.errors.iter().filter_map(|error| error.parameter.as_deref()).collect();
        assert_eq!(told, wrong, "{query}");
    }
    let long = "x".repeat(201);
    app.get(&format!("/api/search?q={long}")).await.problem(400, "INVALID_PARAMETER");
    app.get("/api/search/suggest?q=x").await.problem(400, "INVALID_PARAMETER");
    app.get("/api/search/suggest").await.problem(400, "INVALID_PARAMETER");
    app.get("/api/search/popular?limit=1").await.problem(400, "INVALID_PARAMETER");
}

#[tokio::test]
async fn anybody_may_keep_the_answers() {
    let app = TestApp::start().await;
    for path in ["/api/search?q=lamp", "/api/search/suggest?q=lamp", "/api/search/popular"] {
        let answer = app.get(path).await;
        assert!(answer.header("cache-control").starts_with("public"), "{path}");
        assert_eq!(answer.header("cache-tag"), "catalog,categories,assortment,search");
        let again = app.send(reqwest::Method::GET, path, &[("if-none-match", answer.header("etag"))]).await;
        assert_eq!(again.status.as_u16(), 304, "{path}");
    }
}

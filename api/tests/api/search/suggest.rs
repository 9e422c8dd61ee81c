//! What is suggested to somebody who is typing.

use openapi::{Data, search::Suggestions};

use super::shop;
use crate::support::{NewProduct, TestApp};

async fn suggest(app: &TestApp, typed: &str) -> Suggestions {
    app.get(&format!("/api/search/suggest?q={typed}")).await.ok::<Data<Suggestions>>().data
}

fn names(suggestions: &Suggestions) -> Vec<&str> {
    suggestions.products.iter().map(|product| product.name.as_str()).collect()
}

#[tokio::test]
async fn products_and_categories_are_suggested() {
    let app = shop::open().await;
    let lamps = suggest(&app, "la").await;
    assert_eq!(names(&lamps), ["Lampshade Linen", "LED Table Lamp", "Desk Lamp"]);
    assert_eq!(lamps.categories[0].slug, "lamps");
    let lamp = &lamps.products[1];
    assert_eq!((lamp.price.to_string().as_str(), lamp.currency.as_str()), ("59.00", "USD"));

    let headphones = suggest(&app, "headpones").await;
    assert_eq!(headphones.corrected_query.as_deref(), Some("headphones"));
    assert_eq!(names(&headphones), ["Wireless Headphones", "Studio Headphones"]);
    assert_eq!(suggest(&app, "%25%25").await, Suggestions::default());
}

#[tokio::test]
async fn no_more_is_suggested_than_asked_for() {
    let app = shop::open().await;
    for number in 0..9 {
        app.category(&format!("Super {number}"), None).await;
    }
    let everything = suggest(&app, "wi").await;
    assert!((2..=5).contains(&everything.products.len()), "{everything:#?}");
    assert_eq!(suggest(&app, "su").await.categories.len(), 3);
    assert_eq!(suggest(&app, "wi&limit=1").await.products.len(), 1);
    app.get("/api/search/suggest?q=wi&limit=11").await.problem(400, "INVALID_PARAMETER");
}

#[tokio::test]
async fn in_a_large_shop_what_stands_in_front_is_suggested() {
    let app = TestApp::start().await;
    let clock = app.clock.shared();
    let ids = api::clock::IdSource::new(clock.clone());
    api::seed::synthetic::load(&api::seed::Seeder::new(&app.db, &clock, &ids), 2_500).await.unwrap();
    // All of them say of what they are made; none is called so, and one is called so and is not put forward.
    let lamps = app.category("Lamps", None).await;
    app.product(NewProduct::new("Made Elsewhere", lamps)).await;
    app.product(NewProduct { is_featured: true, ..NewProduct::new("Lamp made here", lamps) }).await;
    let made = suggest(&app, "made").await;
    assert_eq!(names(&made)[..2], ["Made Elsewhere", "Lamp made here"]);
    assert_eq!(made.products.len(), 5);
    // What is rare is found wherever it stands.
    let answer = app.get("/api/search/suggest?q=0000001").await;
    assert_eq!(answer.ok::<Data<Suggestions>>().data.products.len(), 1);
}

//! Who is told of a change, and how soon; and who is not.

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    LIST, SECOND, change_without_telling, page_of, rename, restock, source, stock, stock_a_lamp, with_a_lamp,
};
use crate::support::{AppBuilder, NewProduct, Person, TestApp, within};

#[tokio::test]
async fn whoever_changed_something_sees_it_at_once() {
    let (app, lamp) = with_a_lamp().await;
    let admin = app.admin().await;
    for sold in 1..=5 {
        restock(&app, &admin, lamp, -1).await;
        assert_eq!(stock(&app, lamp).await, 5 - sold);
    }
    let list = app.get(LIST).await.json();
    assert_eq!(list["data"][0]["inStock"], false);
}

#[tokio::test]
async fn a_change_makes_out_of_date_what_it_changes_and_nothing_else() {
    let (app, lamp) = with_a_lamp().await;
    let admin = app.admin().await;
    let chairs = app.category("Chairs", None).await;
    let chair = app.product(NewProduct::new("chair", chairs)).await;
    let all = [
        LIST.to_owned(),
        format!("{LIST}?category=lamps"),
        format!("{LIST}?category=chairs"),
        page_of(lamp),
        page_of(chair),
        format!("{}/related", page_of(lamp)),
        "/api/catalog/categories".to_owned(),
    ];
    let kept = async || {
        let mut sources = vec![];
        for path in &all {
            sources.push(source(&app.get(path).await) == "memory");
        }
        sources
    };
    kept().await;
    assert_eq!(kept().await, [true; 7]);

    restock(&app, &admin, lamp, -1).await;
    assert_eq!(
        kept().await,
        [true, true, true, false, true, true, true],
        "a sale changes the product's page"
    );

    restock(&app, &admin, lamp, -4).await;
    assert_eq!(
        kept().await,
        [false, false, true, false, true, false, true],
        "selling out changes the lists with it"
    );

    let path = format!("/api/admin/categories/{chairs}");
    app.by(&admin, Method::PATCH, &path, Some(json!({"name": "Seats"}))).await.ok::<Value>();
    assert_eq!(kept().await, [false; 7], "a category's name stands everywhere");
}

#[tokio::test]
async fn a_profile_changed_is_a_profile_seen() {
    let app = TestApp::start().await;
    let (ada, bob) = (app.customer().await, app.customer().await);
    for name in ["Ada", "Augusta"] {
        app.me(&bob).await;
        let body = Some(json!({"firstName": name}));
        app.by(&ada, Method::PATCH, "/api/auth/me", body).await.ok::<Value>();
        assert_eq!(app.me(&ada).await["firstName"], name);
    }
}

/// Sells at one server, and sees to it that the other shows that within a second.
async fn assert_seen_within_a_second(here: &TestApp, there: &TestApp, admin: &Person) {
    let lamp = stock_a_lamp(here).await;
    for left in [4, 3, 2] {
        stock(there, lamp).await;
        restock(here, admin, lamp, -1).await;
        within(SECOND, "seen on the other server", async || (stock(there, lamp).await == left).then_some(()))
            .await;
    }
}

#[tokio::test]
async fn every_server_shows_a_change_within_a_second() {
    let here = TestApp::start().await;
    let there = here.another().start().await;
    let admin = here.admin().await;
    assert_seen_within_a_second(&here, &there, &admin).await;
}

#[tokio::test]
async fn a_server_without_redis_shows_a_change_within_a_second() {
    let without = |app: AppBuilder| app.with("REDIS_URL", "");
    let here = without(TestApp::builder()).start().await;
    let there = without(here.another()).start().await;
    let admin = here.admin().await;
    assert_seen_within_a_second(&here, &there, &admin).await;
}

#[tokio::test]
async fn a_change_whose_server_died_before_telling_is_seen_all_the_same() {
    let (here, lamp) = with_a_lamp().await;
    let there = here.another().start().await;
    for app in [&here, &there] {
        app.get(&page_of(lamp)).await;
        assert_eq!(source(&app.get(&page_of(lamp)).await), "memory");
    }
    rename(&here, lamp, "lantern").await;
    change_without_telling(&here, &format!("product:{lamp}")).await;
    for app in [&here, &there] {
        within(SECOND, "the new name", async || {
            (app.get(&page_of(lamp)).await.json()["data"]["name"] == "lantern").then_some(())
        })
        .await;
        assert_eq!(app.get(&page_of(lamp)).await.json()["data"]["name"], "lantern", "and stays");
    }
}

#[tokio::test]
async fn a_product_that_comes_to_be_is_found_though_it_was_missed() {
    let app = TestApp::start().await;
    let lamps = app.category("Lamps", None).await;
    let new = NewProduct { slug: Some("lamp".into()), ..NewProduct::new("lamp", lamps) };
    let path = format!("{LIST}/lamp");
    app.get(&path).await.problem(404, "NOT_FOUND");
    app.product(new).await;
    app.get(&path).await.problem(404, "NOT_FOUND");
    change_without_telling(&app, "assortment").await;
    within(SECOND, "the lamp", async || app.get(&path).await.status.is_success().then_some(())).await;
}

//! What CloudFront is told, when, and how often; and what it may keep.

use std::{path::PathBuf, time::Duration};

use entity::lease;
use nix::sys::signal::Signal;
use reqwest::Method;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::{
    cli::program::Shop,
    support::{
        NewProduct, PATIENCE, Person, TestApp, TestDatabase,
        cloudfront::{CloudFront, TOKEN},
        within,
    },
};

const PRODUCTS: &str = "/api/catalog/products*";
const PAGES: &str = "/api/catalog/products/*";
const SEARCH: &str = "/api/search*";
/// Longer than it takes to tell of a change.
const LONG: Duration = Duration::from_secs(6);

/// A shop with a lamp, and who may change it.
async fn shop(cdn: &CloudFront) -> (TestApp, Uuid, Person) {
    let app = cdn.told_by(TestApp::builder()).start().await;
    let lamps = app.category("Lamps", None).await;
    let lamp = app.product(NewProduct::new("lamp", lamps)).await;
    let admin = app.admin().await;
    (app, lamp, admin)
}

async fn price(app: &TestApp, admin: &Person, lamp: Uuid, price: &str) {
    let path = format!("/api/admin/products/{lamp}/variants/{}", app.variants(lamp).await[0].id);
    app.by(admin, Method::PATCH, &path, Some(json!({"price": price}))).await.ok::<Value>();
}

async fn sell(app: &TestApp, admin: &Person, lamp: Uuid) {
    let (path, body) =
        (format!("/api/admin/products/{lamp}/stock"), Some(json!({"delta": -1, "note": "Sold"})));
    app.by(admin, Method::POST, &path, body).await.ok::<Value>();
}

async fn metric(app: &TestApp, outcome: &str) -> String {
    let name = format!("cdn_purges_total{{outcome=\"{outcome}\"}} ");
    let answer = app.get("/metrics").await;
    let text = answer.text();
    text.lines().find_map(|line| line.strip_prefix(&name)).unwrap().to_owned()
}

#[tokio::test]
async fn a_change_is_told_where_it_is_seen_and_once() {
    let cdn = CloudFront::start().await;
    let (app, lamp, admin) = shop(&cdn).await;
    let other = cdn.told_by(app.another()).start().await;
    sell(&app, &admin, lamp).await;
    assert_eq!(cdn.was_told(1).await[0].paths, [PAGES]);
    price(&other, &admin, lamp, "5.00").await;
    let told = cdn.was_told(2).await;
    assert_eq!(told[1].paths, [PRODUCTS, SEARCH]);
    assert_ne!(told[0].reference, told[1].reference);

    let [request, authorization] = [&told[0].target, &told[0].authorization];
    assert_eq!(request, "POST /2020-05-31/distribution/E1A2B3C4D5/invalidation HTTP/1.1");
    let day = app.clock.now().format("%Y%m%d");
    let begins = format!(
        "AWS4-HMAC-SHA256 Credential=AKIDTEST/{day}/us-east-1/cloudfront/aws4_request, SignedHeaders="
    );
    assert!(authorization.starts_with(&begins), "{authorization}");
    tokio::time::sleep(LONG).await;
    assert_eq!(
        cdn.told(),
        told,
        "two servers, and nobody tells it again; signing in concerns nobody's cache"
    );
    let counted = [metric(&app, "told").await, metric(&other, "told").await];
    assert!(
        [["2", "0"], ["1", "1"], ["0", "2"]].contains(&counted.each_ref().map(String::as_str)),
        "{counted:?}"
    );
}

#[tokio::test]
async fn changes_that_come_together_are_told_together() {
    let cdn = CloudFront::start().await;
    let (app, lamp, admin) = shop(&cdn).await;
    for cents in 10..20 {
        price(&app, &admin, lamp, &format!("5.{cents}")).await;
    }
    cdn.was_told(1).await;
    tokio::time::sleep(LONG).await;
    assert_eq!(cdn.told().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_told_now_is_told_later_with_what_has_come_since() {
    let cdn = CloudFront::start().await;
    let (app, lamp, admin) = shop(&cdn).await;
    cdn.be_busy(true);
    sell(&app, &admin, lamp).await;
    within(PATIENCE, "CloudFront refuses", async || (cdn.refused() > 0).then_some(())).await;
    cdn.be_busy(false);
    price(&app, &admin, lamp, "5.00").await;
    tokio::time::sleep(LONG).await;
    assert_eq!((cdn.told(), cdn.refused()), (vec![], 1), "not before its time");
    app.clock.advance(Duration::from_secs(6));
    assert_eq!(cdn.was_told(1).await[0].paths, [PRODUCTS, SEARCH]);
    assert_eq!([metric(&app, "failed").await, metric(&app, "told").await], ["1", "1"]);
}

#[tokio::test]
async fn whoever_dies_while_telling_is_followed_by_another() {
    let cdn = CloudFront::start().await;
    let (mut app, lamp, admin) = shop(&cdn).await;
    app.stop().await;
    // It was about to tell, and had said so.
    let until = app.clock.now() + Duration::from_secs(30);
    let held = lease::Model { name: "cdn".into(), holder: Uuid::now_v7(), held_until: until, attempts: 0 };
    let insert = lease::Entity::insert(held.into_active_model());
    let replaced = insert.on_conflict(
        sea_orm::sea_query::OnConflict::column(lease::Column::Name)
            .update_columns([lease::Column::Holder, lease::Column::HeldUntil])
            .to_owned(),
    );
    replaced.exec_without_returning(app.db.for_migrations()).await.unwrap();
    let without = app.another().start().await;
    sell(&without, &admin, lamp).await;

    let next = cdn.told_by(app.another()).start().await;
    tokio::time::sleep(LONG).await;
    assert_eq!(cdn.told(), []);
    next.clock.advance(Duration::from_secs(31));
    assert_eq!(cdn.was_told(1).await[0].paths, [PAGES]);
}

#[tokio::test]
async fn what_a_command_or_a_killed_server_changed_is_told_by_the_next() {
    let cdn = CloudFront::start().await;
    let database = TestDatabase::create().await;
    let shop = cdn.variables().into_iter().fold(Shop::new(), |shop, (name, value)| shop.with(name, value));
    let shop = shop.with("DATABASE_URL", &database.url);
    let server = shop.serve().await;
    shop.run(&["cache", "clear", "--tag", "search"]).await.said();
    // Killed, at whatever it is.
    drop(server);
    assert_eq!(cdn.told(), []);
    let next = shop.serve().await;
    // The lease of the dead lasts half a minute.
    let told =
        within(PATIENCE * 3, "CloudFront is told", async || Some(cdn.told()).filter(|told| !told.is_empty()))
            .await;
    assert_eq!(told[0].paths, [SEARCH]);
    next.stop(Signal::SIGTERM).await;
    database.drop().await;
}

#[tokio::test]
async fn a_server_that_waits_for_cloudfront_stops_in_time_and_the_next_one_tells() {
    let (silent, cdn) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), CloudFront::start().await);
    let database = TestDatabase::create().await;
    let shop = cdn.variables().into_iter().fold(Shop::new(), |shop, (name, value)| shop.with(name, value));
    let shop = shop.with("DATABASE_URL", &database.url);
    let nowhere = format!("http://{}", silent.local_addr().unwrap());
    let server = shop.clone().with("AWS_ENDPOINT_URL_CLOUDFRONT", nowhere).serve().await;
    shop.run(&["cache", "clear", "--tag", "search"]).await.said();
    let _waiting = tokio::time::timeout(PATIENCE, silent.accept()).await.unwrap().unwrap();
    let told = tokio::time::Instant::now();
    let ended = server.stop(Signal::SIGTERM).await;
    assert!(told.elapsed() < Duration::from_secs(4), "{:?}", told.elapsed());
    assert!(ended.code == Some(0) && !ended.stderr.contains("cut off"), "{ended:?}");

    let next = shop.serve().await;
    assert_eq!(cdn.was_told(1).await[0].paths, [SEARCH], "without waiting for the lease of the one before");
    next.stop(Signal::SIGTERM).await;
    database.drop().await;
}

#[tokio::test]
async fn keys_are_asked_of_the_agent_beside_the_container_and_again_when_they_are_refused() {
    let cdn = CloudFront::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file: PathBuf = folder.path().join("token");
    std::fs::write(&file, format!("{TOKEN}\n")).unwrap();
    let app = cdn
        .told_by(TestApp::builder())
        .with("AWS_ACCESS_KEY_ID", "")
        .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", format!("http://{}/keys", cdn.address))
        .with("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file.display())
        .start()
        .await;
    let lamps = app.category("Lamps", None).await;
    let lamp = app.product(NewProduct::new("lamp", lamps)).await;
    let admin = app.admin().await;
    sell(&app, &admin, lamp).await;
    let told = cdn.was_told(1).await;
    assert_eq!(told[0].session, "a session");
    assert!(told[0].authorization.contains("Credential=ASIATEST0/"), "{told:?}");

    cdn.revoke_key();
    sell(&app, &admin, lamp).await;
    // Not before the shop has reckoned when to try again.
    within(PATIENCE, "it is not told", async || (metric(&app, "failed").await == "1").then_some(())).await;
    app.clock.advance(Duration::from_secs(6));
    let told = cdn.was_told(2).await;
    assert!(told[1].authorization.contains("Credential=ASIATEST1/"), "{told:?}");
    assert_eq!(cdn.refused(), 1);
}

#[tokio::test]
async fn what_is_signed_for_cloudfront_is_sent_to_nobody_else() {
    let cdn = CloudFront::start().await;
    let (app, lamp, admin) = shop(&cdn).await;
    cdn.be_moved();
    sell(&app, &admin, lamp).await;
    within(PATIENCE, "it is not told", async || (metric(&app, "failed").await == "1").then_some(())).await;
    assert_eq!(cdn.refused(), 1, "nobody goes on to where it sends them");
}

#[tokio::test]
async fn a_cdn_that_is_told_what_changes_may_keep_public_answers_for_an_hour() {
    let cdn = CloudFront::start().await;
    let (app, lamp, admin) = shop(&cdn).await;
    let untold = TestApp::start().await;
    for (path, with, without) in [
        ("/api/catalog/products", 3_600, 60),
        ("/api/catalog/categories/tree", 3_600, 60),
        ("/api/search?q=lamp", 3_600, 60),
        ("/api/search/popular", 60, 60),
        ("/api/docs/openapi.json", 60, 60),
    ] {
        for (app, seconds) in [(&app, with), (&untold, without)] {
            let expected = format!("public, max-age=5, s-maxage={seconds}, stale-while-revalidate=30");
            assert_eq!(app.get(path).await.header("cache-control"), expected, "{path}");
        }
    }
    for path in [
        "/api/auth/me",
        "/api/account/addresses",
        "/api/cart",
        "/api/orders",
        &format!("/api/admin/products/{lamp}"),
    ] {
        let answer = app.by(&admin, Method::GET, path, None).await;
        assert!(answer.status.is_success(), "{}", answer.text());
        assert!(
            answer.header("cache-control").contains("no-store"),
            "{path}: {}",
            answer.header("cache-control")
        );
    }
    let missing = app.get("/api/catalog/products/no-such-lamp").await;
    assert!(!missing.header("cache-control").contains("s-maxage"), "{}", missing.header("cache-control"));
}

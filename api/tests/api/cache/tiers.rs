//! What is answered without the database.

use futures_util::future::join_all;
use openapi::Data;
use serde_json::Value;

use super::{LIST, family, page_of, report, source, stock_a_lamp, with_a_lamp};
use crate::support::{Answer, NewProduct, TestApp};

#[tokio::test]
async fn what_was_answered_once_is_answered_from_memory() {
    let (app, lamp) = with_a_lamp().await;
    let paths = [
        LIST.to_owned(),
        format!("{LIST}?category=lamps&sort=price&limit=5"),
        page_of(lamp),
        format!("{}/related", page_of(lamp)),
        "/api/catalog/categories".to_owned(),
        "/api/catalog/categories/tree".to_owned(),
        "/api/catalog/categories/lamps".to_owned(),
        "/api/search?q=lamp".to_owned(),
        "/api/search/suggest?q=la".to_owned(),
        "/api/search/popular".to_owned(),
    ];
    for path in paths {
        let (first, next) = (app.get(&path).await, app.get(&path).await);
        assert_eq!((source(&first), source(&next)), ("none", "memory"), "{path}");
        assert!(first.statements() > 0, "{path}");
        assert_eq!(next.statements(), 0, "{path}");
        assert!(first.header("server-timing").contains(", cache;desc=\"miss\", total;"), "{path}");
        assert!(next.header("server-timing").contains(", cache;desc=\"memory\", total;"), "{path}");
        assert_eq!(next.body, first.body);
        for name in ["etag", "cache-control", "cache-tag", "content-type", "vary"] {
            assert_eq!(next.header(name), first.header(name), "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn who_one_is_is_answered_from_memory_too() {
    let app = TestApp::start().await;
    let (ada, bob) = (app.customer().await, app.customer().await);
    for _ in 0..2 {
        assert_eq!(app.me(&ada).await["email"], ada.email);
        assert_eq!(app.me(&bob).await["email"], bob.email);
    }
    let me = family(&app, "me").await;
    assert_eq!((me.loads, me.memory.hits), (2, 2));
}

#[tokio::test]
async fn however_many_ask_at_once_it_is_made_once() {
    let (app, _) = with_a_lamp().await;
    let answers = join_all((0..500).map(|_| app.get(LIST))).await;
    assert!(answers.iter().all(|answer| answer.body == answers[0].body));
    let products = family(&app, "products").await;
    assert_eq!(products.loads, 1, "{products:?}");
    assert_eq!(products.memory.hits + products.memory.coalesced + products.memory.misses, 500);
    let statements: u32 = answers.iter().map(Answer::statements).sum();
    assert_eq!(statements, 3, "one list's");
}

#[tokio::test]
async fn what_is_not_there_is_not_looked_for_again_until_it_may_be() {
    let app = TestApp::start().await;
    for path in ["/api/catalog/products/no-such-lamp", "/api/catalog/categories/no-such-shelf"] {
        let (first, next) = (app.get(path).await, app.get(path).await);
        for answer in [&first, &next] {
            answer.problem(404, "NOT_FOUND");
        }
        assert!(first.statements() > 0);
        assert_eq!(next.statements(), 0, "{path}");
    }
    assert_eq!(report(&app).await.memory.bytes, 0, "and displaces nothing");
}

#[tokio::test]
async fn a_shop_may_keep_nothing() {
    let app = TestApp::builder().with("CACHE_MEMORY_MB", 0).start().await;
    stock_a_lamp(&app).await;
    for _ in 0..2 {
        let answer = app.get(LIST).await;
        assert_eq!((source(&answer), answer.statements()), ("none", 3));
    }
    assert_eq!(report(&app).await.memory.capacity_bytes, 0);
}

#[tokio::test]
async fn memory_is_bounded_by_what_answers_weigh() {
    let app = TestApp::builder().with("CACHE_MEMORY_MB", 1).start().await;
    let lamps = app.category("Lamps", None).await;
    for number in 0..40 {
        app.product(NewProduct::new(&format!("lamp {number}"), lamps)).await;
    }
    for limit in 1..=100 {
        app.get(&format!("{LIST}?limit={limit}&sort=name")).await;
    }
    let memory = report(&app).await.memory;
    assert!(memory.entries > 1 && memory.bytes <= memory.capacity_bytes, "{memory:?}");
    assert_eq!(memory.capacity_bytes, 1 << 20);
}

#[tokio::test]
async fn an_answer_is_made_anew_when_it_has_grown_old() {
    let (app, _) = with_a_lamp().await;
    app.get(LIST).await;
    app.clock.advance(std::time::Duration::from_mins(4));
    assert_eq!(source(&app.get(LIST).await), "memory");
    app.clock.advance(std::time::Duration::from_mins(2));
    assert_eq!(source(&app.get(LIST).await), "none");
}

#[tokio::test]
async fn prometheus_is_told_what_came_of_each_question() {
    let (app, _) = with_a_lamp().await;
    for _ in 0..3 {
        app.get(LIST).await.ok::<Value>();
    }
    let text = app.get("/metrics").await;
    for line in [
        "cache_lookups_total{family=\"products\",outcome=\"hit\",tier=\"memory\"} 2",
        "cache_lookups_total{family=\"products\",outcome=\"miss\",tier=\"memory\"} 1",
        "cache_loads_total{family=\"products\",outcome=\"made\"} 1",
        "cache_redis_breaker_open 0",
    ] {
        assert!(text.text().contains(line), "{line}");
    }
    let report: Data<Value> = app.get("/metrics/cache").await.ok();
    let products = &report.data["families"].as_array().unwrap()[1];
    assert_eq!((&products["name"], &products["memory"]["hits"]), (&"products".into(), &2.into()));
    assert!((products["hitRate"].as_f64().unwrap() - 2.0 / 3.0).abs() < 0.001);
}

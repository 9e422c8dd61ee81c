//! The address book.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{assert_broken, broken};
use crate::support::{Answer, Person, TestApp};

const BOOK: &str = "/api/account/addresses";

fn address(label: &str) -> Value {
    json!({"label": label, "firstName": "Ada", "lastName": "Lovelace", "address1": "Via Appia 1", "city": "Roma",
        "state": "RM", "postalCode": "00184", "country": "IT"})
}

fn with(label: &str, more: Value) -> Value {
    let mut body = address(label);
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn at(id: &str) -> String {
    format!("{BOOK}/{id}")
}

async fn add(app: &TestApp, who: &Person, body: Value) -> Answer {
    app.by(who, Method::POST, BOOK, Some(body)).await
}

/// Adds an address, and says its id.
async fn added(app: &TestApp, who: &Person, body: Value) -> String {
    let answer = add(app, who, body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["data"]["id"].as_str().unwrap().to_owned()
}

async fn change(app: &TestApp, who: &Person, id: &str, body: Value) -> Answer {
    app.by(who, Method::PATCH, &at(id), Some(body)).await
}

async fn remove(app: &TestApp, who: &Person, id: &str) -> Answer {
    app.by(who, Method::DELETE, &at(id), None).await
}

async fn book(app: &TestApp, who: &Person) -> Vec<Value> {
    app.by(who, Method::GET, BOOK, None).await.ok::<Value>()["data"].as_array().unwrap().clone()
}

/// The labels of the book in order, the default's with a star.
async fn labels(app: &TestApp, who: &Person) -> Vec<String> {
    let star = |one: &Value| if one["isDefault"] == true { "*" } else { "" };
    let label = |one: &Value| format!("{}{}", one["label"].as_str().unwrap_or_default(), star(one));
    book(app, who).await.iter().map(label).collect()
}

#[tokio::test]
async fn an_address_is_added_read_changed_and_removed() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let body = with(" Home ", json!({"address2": "Interno 4", "phone": "+39 06 1234567", "city": "  Roma "}));
    let created = add(&app, &ada, body).await;
    let id = created.json()["data"]["id"].as_str().unwrap().to_owned();
    assert_eq!((created.status.as_u16(), created.header("location")), (201, at(&id).as_str()));
    assert_eq!(created.header("cache-control"), "no-store");
    let read = app.by(&ada, Method::GET, &at(&id), None).await;
    assert_eq!(read.ok::<Value>(), created.json());
    assert_eq!(
        (&read.json()["data"]["label"], &read.json()["data"]["city"]),
        (&json!("Home"), &json!("Roma"))
    );

    app.clock.advance(std::time::Duration::from_mins(1));
    let change_of =
        json!({"label": null, "address2": null, "phone": null, "city": "Milano", "postalCode": "20121"});
    let changed = change(&app, &ada, &id, change_of.clone()).await.ok::<Value>()["data"].clone();
    for cleared in ["label", "address2", "phone"] {
        assert_eq!(changed.get(cleared), Some(&Value::Null), "{cleared}");
    }
    assert_eq!((&changed["city"], &changed["address1"]), (&json!("Milano"), &json!("Via Appia 1")));
    assert_eq!(changed["updatedAt"], "2026-01-31T12:01:00.000Z");
    app.clock.advance(std::time::Duration::from_mins(1));
    assert_eq!(change(&app, &ada, &id, change_of).await.ok::<Value>()["data"], changed, "nothing changed");
    assert_eq!(change(&app, &ada, &id, json!({"isDefault": false})).await.ok::<Value>()["data"], changed);

    assert_eq!(remove(&app, &ada, &id).await.status, 204);
    remove(&app, &ada, &id).await.problem(404, "NOT_FOUND");
    assert_eq!(book(&app, &ada).await.len(), 0);
}

#[tokio::test]
async fn a_book_has_one_default_whatever_happens_to_it() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let mut ids = vec![];
    for label in ["a", "b", "c"] {
        app.clock.advance(std::time::Duration::from_secs(1));
        ids.push(added(&app, &ada, with(label, json!({"isDefault": false}))).await);
    }
    assert_eq!(labels(&app, &ada).await, ["a*", "b", "c"], "the first is, whatever it says");
    ids.push(added(&app, &ada, with("d", json!({"isDefault": true}))).await);
    assert_eq!(labels(&app, &ada).await, ["a", "b", "c", "d*"]);
    change(&app, &ada, &ids[1], json!({"isDefault": true})).await.ok::<Value>();
    assert_eq!(labels(&app, &ada).await, ["a", "b*", "c", "d"]);
    remove(&app, &ada, &ids[2]).await;
    assert_eq!(labels(&app, &ada).await, ["a", "b*", "d"]);
    remove(&app, &ada, &ids[1]).await;
    assert_eq!(labels(&app, &ada).await, ["a*", "d"], "the oldest of the others takes its place");
    remove(&app, &ada, &ids[0]).await;
    remove(&app, &ada, &ids[3]).await;
    added(&app, &ada, address("e")).await;
    assert_eq!(labels(&app, &ada).await, ["e*"]);
}

#[tokio::test]
async fn addresses_that_are_added_at_once_leave_one_default_and_fill_no_book_too_far() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let many = (0..12).map(|nth| add(&app, &ada, with(&nth.to_string(), json!({"isDefault": nth % 2 == 0}))));
    assert!(join_all(many).await.iter().all(|answer| answer.status == 201));
    let is_default = |one: &&Value| one["isDefault"] == true;
    let all = book(&app, &ada).await;
    assert_eq!((all.len(), all.iter().filter(is_default).count()), (12, 1));
    let ids: Vec<_> = all.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    join_all(ids[..6].iter().map(|id| change(&app, &ada, id, json!({"isDefault": true})))).await;
    join_all(ids[3..9].iter().map(|id| remove(&app, &ada, id))).await;
    let left = book(&app, &ada).await;
    assert_eq!((left.len(), left.iter().filter(is_default).count()), (6, 1));

    for nth in 0..43 {
        added(&app, &ada, address(&nth.to_string())).await;
    }
    let last = join_all((0..3).map(|_| add(&app, &ada, address("last")))).await;
    let full: Vec<_> = last.iter().filter(|answer| answer.status != 201).collect();
    assert_eq!((full.len(), book(&app, &ada).await.len()), (2, 50));
    full[0].problem(409, "CONFLICT");
    remove(&app, &ada, &ids[0]).await;
    added(&app, &ada, address("room again")).await;
}

#[tokio::test]
async fn nobody_reads_changes_or_removes_an_address_of_somebody_else() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let id = added(&app, &ada, address("Home")).await;
    for stranger in [app.customer().await, app.admin().await] {
        let nowhere = Uuid::now_v7().to_string();
        for id in [&id, &nowhere] {
            app.by(&stranger, Method::GET, &at(id), None).await.problem(404, "NOT_FOUND");
            change(&app, &stranger, id, json!({"city": "Milano"})).await.problem(404, "NOT_FOUND");
            change(&app, &stranger, id, json!({"isDefault": true})).await.problem(404, "NOT_FOUND");
            remove(&app, &stranger, id).await.problem(404, "NOT_FOUND");
        }
        assert_eq!(book(&app, &stranger).await.len(), 0);
    }
    assert_eq!(labels(&app, &ada).await, ["Home*"]);
    assert_eq!(book(&app, &ada).await[0]["city"], "Roma");
}

#[tokio::test]
async fn postal_codes_are_written_as_in_their_country() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    for (country, right, wrong) in [
        ("US", "94103-1234", "9410"),
        ("IT", "00184", "184"),
        ("GB", "SW1A 1AA", "00184"),
        ("CA", "k1a 0b1", "K1A0B"),
        ("NL", "1012 AB", "1012"),
        ("CH", "8001", "80010"),
        ("IE", "D02 AF30", ""),
    ] {
        let body = |code: &str| with(country, json!({"country": country, "postalCode": code}));
        let code = if wrong.is_empty() { "length" } else { "postalCode" };
        assert_broken(&add(&app, &ada, body(wrong)).await, "/postalCode", code);
        added(&app, &ada, body(right)).await;
    }
    let id = added(&app, &ada, address("Home")).await;
    let moved = change(&app, &ada, &id, json!({"country": "GB"})).await;
    assert_broken(&moved, "/postalCode", "postalCode");
    assert_broken(&change(&app, &ada, &id, json!({"postalCode": "0018"})).await, "/postalCode", "postalCode");
    change(&app, &ada, &id, json!({"country": "GB", "postalCode": "SW1A 1AA"})).await.ok::<Value>();
}

#[tokio::test]
async fn everything_wrong_with_an_address_is_said_at_once() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let wrong = json!({"firstName": "", "address1": "x".repeat(201), "city": "a\u{0}b", "state": "RM",
        "postalCode": "00184", "country": "XX", "phone": "call me", "isDefault": "yes", "userId": ada.id});
    let pointers: Vec<_> =
        broken(&add(&app, &ada, wrong).await).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(
        pointers,
        ["/address1", "/city", "/country", "/firstName", "/isDefault", "/lastName", "/phone", "/userId"]
    );
    let id = added(&app, &ada, address("Home")).await;
    assert_broken(&change(&app, &ada, &id, json!({"userId": ada.id})).await, "/userId", "unknown");
    let cleared = change(&app, &ada, &id, json!({"city": null})).await;
    if cleared.status == 200 {
        assert_eq!(cleared.json()["data"]["city"], "Roma");
    } else {
        assert_eq!(broken(&cleared)[0].0, "/city");
    }
}

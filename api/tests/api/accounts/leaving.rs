//! Taking one's data along, and erasing an account.

use std::time::Duration;

use api::{
    clock::IdSource,
    seed::{Seeder, demo},
};
use entity::{order, order_line};
use reqwest::Method;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Statement,
};
use serde_json::{Value, json};

use super::assert_broken;
use crate::support::{Answer, PASSWORD, Person, TestApp, within};

const ME: &str = "/api/auth/me";

async fn erase(app: &TestApp, who: &Person, password: &str) -> Answer {
    app.by(who, Method::DELETE, ME, Some(json!({"password": password}))).await
}

async fn export(app: &TestApp, who: &Person) -> Answer {
    app.by(who, Method::GET, "/api/auth/me/export", None).await
}

/// John of the demo shop, who has ordered twice.
async fn john(app: &TestApp) -> Person {
    let clock = app.clock.shared();
    let ids = IdSource::new(clock.clone());
    demo::load(&Seeder::new(&app.db, &clock, &ids)).await.unwrap();
    Person::of(&app.login("john@example.com", demo::PASSWORD).await)
}

async fn add_address(app: &TestApp, who: &Person, street: &str) {
    let body = json!({"firstName": "A", "lastName": "B", "address1": street, "city": "Roma", "state": "RM",
        "postalCode": "00184", "country": "IT"});
    assert_eq!(app.by(who, Method::POST, "/api/account/addresses", Some(body)).await.status, 201);
}

/// The columns of the database in which this text stands, in whatever case.
async fn traces(app: &TestApp, text: &str) -> Vec<String> {
    let db = app.db.for_migrations();
    let engine = db.get_database_backend();
    let columns = match engine {
        DbBackend::Sqlite => {
            "SELECT m.name AS place, p.name AS part FROM sqlite_master m, pragma_table_info(m.name) p \
             WHERE m.type = 'table'"
        }
        _ => {
            "SELECT table_name::text AS place, column_name::text AS part FROM information_schema.columns \
             WHERE table_schema = 'public'"
        }
    };
    let mut traces = vec![];
    for row in db.query_all_raw(Statement::from_string(engine, columns)).await.unwrap() {
        let (table, column): (String, String) =
            (row.try_get("", "place").unwrap(), row.try_get("", "part").unwrap());
        let look = format!(
            "SELECT 1 AS one FROM \"{table}\" WHERE lower(CAST(\"{column}\" AS TEXT)) LIKE '%{}%' LIMIT 1",
            text.to_lowercase()
        );
        if !db.query_all_raw(Statement::from_string(engine, look)).await.unwrap().is_empty() {
            traces.push(format!("{table}.{column}"));
        }
    }
    traces
}

#[tokio::test]
async fn the_export_holds_all_of_ones_own_data_and_nobody_elses() {
    let app = TestApp::start().await;
    let john = john(&app).await;
    let jane = Person::of(&app.login("jane@example.com", demo::PASSWORD).await);
    add_address(&app, &john, "Via del Pellicano 1").await;
    add_address(&app, &jane, "Via della Teiera 2").await;
    let answer = export(&app, &john).await;
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"bottega-account.json\"");
    assert_eq!(answer.header("cache-control"), "no-store");
    let data = answer.ok::<Value>()["data"].clone();
    assert_eq!(data["user"], app.me(&john).await);
    assert_eq!(data["exportedAt"], "2026-01-31T12:00:00.000Z");
    assert_eq!(data["addresses"].as_array().unwrap().len(), 1);
    assert_eq!(data["addresses"][0]["address1"], "Via del Pellicano 1");
    assert_eq!(data["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(data["sessions"][0]["current"], true);
    let orders: Vec<_> =
        data["orders"].as_array().unwrap().iter().map(|order| &order["orderNumber"]).collect();
    assert_eq!(orders, ["ORD-2024-0001", "ORD-2024-0003"]);
    assert_eq!(data["orders"][1]["totalAmount"], "71.97");
    assert_eq!(data["orders"][1]["items"][0]["quantity"], 2);
    let text = answer.text().to_lowercase();
    for others in ["jane", "teiera", "argon2", "hash"] {
        assert!(!text.contains(others), "{others}");
    }
}

#[tokio::test]
async fn an_erased_account_is_nowhere_any_more() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let ada = app.named("First.Ada@example.com", "Adagiola", "Lovelacetta").await;
    add_address(&app, &ada, "Via del Pellicano 1").await;
    app.mail_to("First.Ada@example.com").await;
    // Everything that writes an address down: other spellings, refusals, links, another address, an administrator.
    app.post("/api/auth/forgot-password", json!({"email": "FIRST.ADA@EXAMPLE.COM"})).await;
    app.login("first.ada@EXAMPLE.com", "not my password").await;
    app.post("/api/auth/register", json!({"email": "first.ada@example.com", "password": PASSWORD})).await;
    app.mails_to("First.Ada@example.com", 2).await;
    let move_away = json!({"email": "Second.Ada@example.com", "currentPassword": PASSWORD});
    assert_eq!(app.by(&ada, Method::PATCH, ME, Some(move_away)).await.status, 200);
    app.mails_to("First.Ada@example.com", 3).await;
    app.post("/api/auth/forgot-password", json!({"email": "SECOND.ADA@example.com"})).await;
    app.mails_to("Second.Ada@example.com", 2).await;
    let path = format!("/api/admin/customers/{}", ada.id);
    for role in ["ADMIN", "CUSTOMER"] {
        assert_eq!(app.by(&admin, Method::PATCH, &path, Some(json!({"role": role}))).await.status, 200);
    }
    assert!(!traces(&app, "second.ada").await.is_empty());

    assert_eq!(erase(&app, &ada, PASSWORD).await.status, 204);
    let goodbye = app.mails_to("Second.Ada@example.com", 3).await;
    assert!(goodbye.iter().any(|mail| mail.subject == "Goodbye from Bottega"));
    for trace in ["first.ada", "second.ada", "adagiola", "lovelacetta", "pellicano"] {
        within(Duration::from_secs(5), trace, async || {
            let left = traces(&app, trace).await;
            left.is_empty().then_some(())
        })
        .await;
    }
    assert_eq!(app.audited("account.erased", 1).await[0].entity_id, Some(ada.id.to_string()));
}

#[tokio::test]
async fn erasing_takes_the_password_and_ends_everything() {
    let app = TestApp::start().await;
    let other_server = app.another().start().await;
    let ada = app.customer().await;
    let (phone, bob) = (app.sign_in(&ada.email).await, app.customer().await);
    let reset = async |email: &str| {
        app.post("/api/auth/forgot-password", json!({"email": email})).await;
        app.mails_to(email, 2).await.into_iter().find(|mail| mail.link().contains("reset")).unwrap()
    };
    let link = reset(&ada.email).await.token().to_owned();
    assert_broken(&erase(&app, &ada, "not my password").await, "/password", "wrong");
    assert!(app.lets_in(&ada).await && other_server.lets_in(&phone).await);

    let gone = erase(&app, &ada, PASSWORD).await;
    assert_eq!(gone.status, 204);
    assert!(gone.header("set-cookie").starts_with("bottega_refresh=; "), "{}", gone.header("set-cookie"));
    for person in [&ada, &phone] {
        assert!(!app.lets_in(person).await);
        app.refresh(&person.cookie).await.problem(401, "UNAUTHORIZED");
        within(Duration::from_secs(1), "the other server", async || {
            (!other_server.lets_in(person).await).then_some(())
        })
        .await;
    }
    app.login(&ada.email, PASSWORD).await.problem(401, "INVALID_CREDENTIALS");
    for password in ["!", "a new pelican"] {
        let erased = format!("erased-{}@erased.invalid", ada.id.simple());
        app.login(&erased, password).await.problem(401, "INVALID_CREDENTIALS");
    }
    let reset = app.post("/api/auth/reset-password", json!({"token": link, "password": PASSWORD})).await;
    assert_broken(&reset, "/token", "link");
    assert!(app.lets_in(&bob).await);

    let again = app.post("/api/auth/register", json!({"email": ada.email, "password": PASSWORD})).await;
    let again = Person::of(&again);
    assert_ne!(again.id, ada.id);
    assert_eq!(export(&app, &again).await.json()["data"]["orders"], json!([]));
}

#[tokio::test]
async fn orders_stay_without_saying_whose_they_were() {
    let app = TestApp::start().await;
    let john = john(&app).await;
    assert_eq!(erase(&app, &john, demo::PASSWORD).await.status, 204);
    let orders = order::Entity::find().all(app.db.reader()).await.unwrap();
    assert_eq!(orders.len(), 3);
    for order in &orders {
        let lines = order_line::Entity::find().filter(order_line::Column::OrderId.eq(order.id));
        assert!(!lines.all(app.db.reader()).await.unwrap().is_empty());
        let is_johns = order.number != "ORD-2024-0002";
        assert_eq!(order.email.ends_with("@erased.invalid"), is_johns, "{}", order.number);
        assert_eq!(order.shipping_address["country"], "US");
        assert_eq!(order.billing_address["lastName"] == "", is_johns);
        assert!(order.total_amount > 0);
    }
    for trace in ["john@example.com", "123 main", "\"doe\""] {
        within(Duration::from_secs(5), trace, async || {
            let left = traces(&app, trace).await;
            left.is_empty().then_some(())
        })
        .await;
    }
    assert!(!traces(&app, "456 oak").await.is_empty(), "jane's are hers");
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let app = TestApp::start().await;
    let (ada, bob) = (app.admin().await, app.admin().await);
    let disabled = app.admin().await;
    app.change_user(disabled.id, |row| row.is_active = Set(false)).await;
    let (by_ada, by_bob) = futures_util::join!(erase(&app, &ada, PASSWORD), erase(&app, &bob, PASSWORD));
    let mut statuses = [by_ada.status.as_u16(), by_bob.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409], "one of them is the last");
    let (last, refused) = if by_ada.status == 409 { (&ada, &by_ada) } else { (&bob, &by_bob) };
    refused.problem(409, "CONFLICT");
    assert_eq!(app.me(last).await["email"], last.email);
    erase(&app, last, PASSWORD).await.problem(409, "CONFLICT");
    assert_eq!(erase(&app, &app.customer().await, PASSWORD).await.status, 204, "customers may go");
}

//! Other people's accounts in the hands of administrators.

use std::time::Duration;

use entity::audit_log;
use reqwest::Method;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{assert_broken, broken};
use crate::support::{Answer, PASSWORD, Person, TestApp};

fn path(id: Uuid) -> String {
    format!("/api/admin/customers/{id}")
}

async fn change(app: &TestApp, admin: &Person, id: Uuid, body: Value) -> Answer {
    app.by(admin, Method::PATCH, &path(id), Some(body)).await
}

async fn change_if(app: &TestApp, admin: &Person, id: Uuid, tag: &str, body: Value) -> Answer {
    let headers = [("authorization", admin.bearer()), ("if-match", tag.to_owned())];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    app.request(Method::PATCH, &path(id), &headers, Some(body)).await
}

async fn audit_rows(app: &TestApp) -> Vec<audit_log::Model> {
    audit_log::Entity::find().all(app.db.reader()).await.unwrap()
}

#[tokio::test]
async fn an_administrator_sees_an_account_and_changes_its_role_and_state() {
    let app = TestApp::start().await;
    let (admin, ada) = (app.admin().await, app.named("ada@example.com", "Ada", "Lovelace").await);
    let read = app.by(&admin, Method::GET, &path(ada.id), None).await;
    let customer = read.ok::<Value>()["data"].clone();
    assert_eq!((read.header("etag"), read.header("cache-control")), ("\"v1\"", "no-store"));
    assert_eq!(
        (&customer["email"], &customer["firstName"], &customer["role"], &customer["orderCount"]),
        (&json!("ada@example.com"), &json!("Ada"), &json!("CUSTOMER"), &json!(0))
    );
    assert!(customer.get("passwordHash").is_none());

    app.clock.advance(Duration::from_mins(1));
    let answer = change(&app, &admin, ada.id, json!({"role": "ADMIN", "isActive": false})).await;
    let changed = answer.ok::<Value>()["data"].clone();
    assert_eq!(answer.header("etag"), "\"v2\"");
    assert_eq!(
        (&changed["role"], &changed["isActive"], &changed["version"]),
        (&json!("ADMIN"), &json!(false), &json!(2))
    );
    assert_eq!(changed["updatedAt"], "2026-01-31T12:01:00.000Z");
    let again = change(&app, &admin, ada.id, json!({"role": "ADMIN", "isActive": false})).await;
    assert_eq!(again.ok::<Value>()["data"], changed, "nothing changed");
    assert_eq!(app.audited("account.disabled", 1).await.len(), 1);
    assert_broken(
        &change(&app, &admin, ada.id, json!({"email": "x@example.com"})).await,
        "/email",
        "unknown",
    );
    assert_eq!(broken(&change(&app, &admin, ada.id, json!({"role": "OWNER"})).await)[0].0, "/role");
}

#[tokio::test]
async fn the_audit_log_says_who_changed_what_before_and_after() {
    let app = TestApp::start().await;
    let (admin, ada) = (app.admin().await, app.customer().await);
    change(&app, &admin, ada.id, json!({"role": "ADMIN"})).await.ok::<Value>();
    let last = change(&app, &admin, ada.id, json!({"role": "CUSTOMER", "isActive": false})).await;
    change(&app, &admin, ada.id, json!({"isActive": true})).await.ok::<Value>();

    let rows = audit_rows(&app).await;
    let about: Vec<_> = rows
        .iter()
        .filter(|row| row.actor_id == Some(admin.id) && row.entity_id == Some(ada.id.to_string()))
        .map(|row| {
            assert_eq!((row.actor_email.as_ref(), row.entity_type.as_str()), (Some(&admin.email), "user"));
            (row.action.as_str(), row.before.clone().unwrap(), row.after.clone().unwrap())
        })
        .collect();
    let role = |role: &str| json!({"role": role});
    let active = |is: bool| json!({"isActive": is});
    assert_eq!(
        about,
        [
            ("account.role-changed", role("CUSTOMER"), role("ADMIN")),
            ("account.role-changed", role("ADMIN"), role("CUSTOMER")),
            ("account.disabled", active(true), active(false)),
            ("account.enabled", active(false), active(true)),
        ]
    );
    let of_last = rows.iter().filter(|row| row.request_id.as_deref() == Some(last.header("x-request-id")));
    assert_eq!(of_last.count(), 2);
    assert!(rows.iter().all(|row| row.actor_email.as_ref() != Some(&ada.email)), "customers are not named");
}

#[tokio::test]
async fn a_change_meant_for_another_version_is_refused() {
    let app = TestApp::start().await;
    let (admin, ada) = (app.admin().await, app.customer().await);
    let (first, off) = ("\"v1\"", json!({"isActive": false}));
    assert_eq!(change_if(&app, &admin, ada.id, first, off.clone()).await.header("etag"), "\"v2\"");
    for stale in [first, "\"v3\"", "W/\"v2\"", "nonsense"] {
        let refused = change_if(&app, &admin, ada.id, stale, json!({"isActive": true})).await;
        refused.problem(412, "PRECONDITION_FAILED");
    }
    for good in ["*", "\"v1\", \"v3\"", "\"v4\""] {
        let next = json!({"isActive": good == "\"v1\", \"v3\""});
        let answer = change_if(&app, &admin, ada.id, good, next).await;
        assert!(good == "*" && answer.header("etag") == "\"v2\"" || answer.status == 412, "{good}");
    }
    assert_eq!(
        change_if(&app, &admin, ada.id, "\"v1\", \"v2\"", json!({"isActive": true})).await.status,
        200
    );
    let versions = futures_util::future::join_all(
        (0..6).map(|nth| change_if(&app, &admin, ada.id, "\"v3\"", json!({"isActive": nth > 6}))),
    );
    let won = versions.await.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(won, 1, "of those who saw the same version one changes it");
}

#[tokio::test]
async fn ones_own_account_and_those_that_are_not_there_stay_as_they_are() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for own in [json!({"isActive": false}), json!({"role": "CUSTOMER"}), json!({})] {
        change(&app, &admin, admin.id, own).await.problem(409, "CONFLICT");
    }
    assert!(app.lets_in(&admin).await);
    let unknown = Uuid::now_v7();
    change(&app, &admin, unknown, json!({"isActive": false})).await.problem(404, "NOT_FOUND");
    app.by(&admin, Method::GET, &path(unknown), None).await.problem(404, "NOT_FOUND");
    let gone = app.customer().await;
    let erase = Some(json!({"password": PASSWORD}));
    assert_eq!(app.by(&gone, Method::DELETE, "/api/auth/me", erase).await.status, 204);
    change(&app, &admin, gone.id, json!({"isActive": true})).await.problem(404, "NOT_FOUND");
    app.by(&admin, Method::GET, &path(gone.id), None).await.problem(404, "NOT_FOUND");
}

#[tokio::test]
async fn of_two_administrators_who_disable_each_other_at_once_one_stays() {
    let app = TestApp::start().await;
    let (ada, bob) = (app.admin().await, app.admin().await);
    for round in 0..20 {
        for admin in [&ada, &bob] {
            app.change_user(admin.id, |row| row.is_active = Set(true)).await;
        }
        let (ada, bob) = (app.sign_in(&ada.email).await, app.sign_in(&bob.email).await);
        let takes_rights =
            if round % 2 == 0 { json!({"isActive": false}) } else { json!({"role": "CUSTOMER"}) };
        let (by_ada, by_bob) = futures_util::join!(
            change(&app, &ada, bob.id, takes_rights.clone()),
            change(&app, &bob, ada.id, takes_rights.clone()),
        );
        let mut statuses = [by_ada.status.as_u16(), by_bob.status.as_u16()];
        statuses.sort_unstable();
        assert!(matches!(statuses, [200, 401 | 403]), "round {round}: {statuses:?}");
        let loser = if by_ada.status == 200 { bob.id } else { ada.id };
        app.change_user(loser, |row| row.role = Set(entity::user::UserRole::Admin)).await;
    }
}

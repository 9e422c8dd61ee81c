//! Passwords: changing them, and how they are kept.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use entity::user;
use reqwest::Method;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;

use super::{OTHER_PASSWORD, assert_broken, broken, limited};
use crate::support::{Answer, PASSWORD, Person, TestApp};

#[track_caller]
fn assert_wrong(answer: &Answer) {
    answer.problem(401, "INVALID_CREDENTIALS");
}

async fn hash_of(app: &TestApp, who: &Person) -> String {
    user::Entity::find_by_id(who.id).one(app.db.reader()).await.unwrap().unwrap().password_hash
}

#[tokio::test]
async fn a_change_takes_the_present_password_and_ends_the_other_sessions() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let (phone, bob) = (app.sign_in(&ada.email).await, app.customer().await);
    assert_broken(
        &app.change_password(&ada, "not my password", OTHER_PASSWORD).await,
        "/currentPassword",
        "wrong",
    );
    assert!(app.lets_in(&phone).await);

    let changed = app.change_password(&ada, PASSWORD, OTHER_PASSWORD).await;
    assert_eq!((changed.status.as_u16(), changed.header("cache-control")), (204, "no-store"));
    assert!(app.lets_in(&ada).await, "whoever changed it stays");
    assert_eq!(app.refresh(&ada.cookie).await.status, 200);
    assert!(!app.lets_in(&phone).await);
    app.refresh(&phone.cookie).await.problem(401, "UNAUTHORIZED");
    assert!(app.lets_in(&bob).await);

    assert_wrong(&app.login(&ada.email, PASSWORD).await);
    assert_eq!(app.login(&ada.email, OTHER_PASSWORD).await.status, 200);
    let mails = app.mails_to(&ada.email, 2).await;
    assert!(mails.iter().any(|mail| mail.subject == "Your password was changed"));
    let noted = app.audited("account.password-changed", 1).await;
    assert_eq!((noted[0].actor_id, noted[0].actor_email.as_deref()), (Some(ada.id), None));
    assert_eq!(app.audited("account.password-refused", 1).await.len(), 1);
}

#[tokio::test]
async fn the_new_password_keeps_the_rules_of_the_first() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    assert_broken(&app.change_password(&ada, PASSWORD, "Password123").await, "/newPassword", "common");
    assert_eq!(
        broken(&app.change_password(&ada, "", "short").await),
        [("/currentPassword".into(), "length".into()), ("/newPassword".into(), "length".into())]
    );
    assert_eq!(app.login(&ada.email, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn of_two_changes_at_once_one_holds() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let phone = app.sign_in(&ada.email).await;
    let (first, second) = futures_util::join!(
        app.change_password(&ada, PASSWORD, "pelicans come first"),
        app.change_password(&phone, PASSWORD, "pelicans come second"),
    );
    let (winner, password) =
        if first.status == 204 { (&ada, "pelicans come first") } else { (&phone, "pelicans come second") };
    let statuses = [first.status.as_u16(), second.status.as_u16()];
    assert!(statuses.contains(&204) && (statuses.contains(&422) || statuses.contains(&401)), "{statuses:?}");
    assert!(app.lets_in(winner).await);
    assert_eq!(app.login(&ada.email, password).await.status, 200);
}

#[tokio::test]
async fn an_old_hash_is_made_anew_when_its_owner_signs_in() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8_192, 1, 1, None).unwrap());
    let weak = weak.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
    app.change_user(ada.id, |row| row.password_hash = Set(weak.clone())).await;

    assert_wrong(&app.login(&ada.email, OTHER_PASSWORD).await);
    assert_eq!(hash_of(&app, &ada).await, weak, "only its owner can");
    assert_eq!(app.login(&ada.email, PASSWORD).await.status, 200);
    let strong = hash_of(&app, &ada).await;
    assert!(strong.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{strong}");
    assert_eq!(app.login(&ada.email, PASSWORD).await.status, 200);
    assert_eq!(hash_of(&app, &ada).await, strong, "once");
    assert!(app.lets_in(&ada).await);
}

#[tokio::test]
async fn who_cannot_sign_in_is_not_told_why() {
    let app = limited().start().await;
    let ada = app.customer().await;
    let disabled = app.customer().await;
    app.change_user(disabled.id, |row| row.is_active = Set(false)).await;
    let answers = [
        app.login(&ada.email, OTHER_PASSWORD).await,
        app.login(&disabled.email, PASSWORD).await,
        app.login(&disabled.email, OTHER_PASSWORD).await,
        app.login("nobody@example.com", PASSWORD).await,
    ];
    let told: Vec<_> = answers
        .iter()
        .map(|answer| {
            assert_wrong(answer);
            let mut body = answer.json();
            body["requestId"] = json!("");
            let mut names: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
            names.sort();
            let [how, time] =
                ["www-authenticate", "server-timing"].map(|name| answer.header(name).to_owned());
            assert_eq!(time, "db;desc=\"1\"", "how long the database took would tell");
            (body, names, how)
        })
        .collect();
    assert!(told.iter().all(|one| *one == told[0]), "{told:#?}");
    let reasons: Vec<_> = app
        .audited("sign-in.failed", 4)
        .await
        .into_iter()
        .map(|row| row.after.unwrap()["reason"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(reasons, ["wrong-password", "disabled", "wrong-password", "unknown-account"], "operators are");
}

#[tokio::test]
async fn an_account_disabled_while_its_owner_signs_in_stays_shut() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let admin = app.admin().await;
    let path = format!("/api/admin/customers/{}", ada.id);
    let (signed_in, disabled) = futures_util::join!(
        app.login(&ada.email, PASSWORD),
        app.by(&admin, Method::PATCH, &path, Some(json!({"isActive": false}))),
    );
    assert_eq!(disabled.status, 200);
    if signed_in.status == 200 {
        assert!(!app.lets_in(&Person::of(&signed_in)).await);
    } else {
        assert_wrong(&signed_in);
    }
    assert_wrong(&app.login(&ada.email, PASSWORD).await);
}

//! What happens to an account while something else is happening to it. A test holds its row, lets requests queue up for it
//! in an order of its choice, and lets go.

use std::time::Duration;

use entity::user;
use reqwest::Method;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, EntityTrait, IntoActiveModel, QuerySelect,
};
use serde_json::json;
use tokio::time::sleep;
use uuid::Uuid;

use super::{OTHER_PASSWORD, assert_broken};
use crate::support::{Answer, PASSWORD, TestApp, new_email};

/// Long enough for a request to come to where it has to wait.
const A_MOMENT: Duration = Duration::from_millis(300);

async fn hold(app: &TestApp, id: Uuid) -> DatabaseTransaction {
    let held = app.db.begin().await.unwrap();
    user::Entity::find_by_id(id).lock_exclusive().one(&held).await.unwrap();
    held
}

/// Makes a request that looks at an account before a change of it is committed, and has to wait for that.
async fn meanwhile(
    app: &TestApp,
    id: Uuid,
    change: impl FnOnce(&mut user::ActiveModel),
    request: impl Future<Output = Answer>,
) -> Answer {
    let held = hold(app, id).await;
    let mut row = user::Entity::find_by_id(id).one(&held).await.unwrap().unwrap().into_active_model();
    change(&mut row);
    row.update(&held).await.unwrap();
    let (answer, ()) = futures_util::join!(request, async {
        sleep(A_MOMENT).await;
        held.commit().await.unwrap();
    });
    answer
}

#[tokio::test]
async fn being_changed_and_erasing_do_not_wait_for_each_other_for_ever() {
    let app = TestApp::start().await;
    let (ada, admin) = (app.customer().await, app.admin().await);
    let held = hold(&app, ada.id).await;
    let path = format!("/api/admin/customers/{}", ada.id);
    let (changed, erased, ()) = futures_util::join!(
        app.by(&admin, Method::PATCH, &path, Some(json!({"role": "ADMIN"}))),
        async {
            sleep(A_MOMENT).await;
            app.by(&ada, Method::DELETE, "/api/auth/me", Some(json!({"password": PASSWORD}))).await
        },
        async {
            sleep(2 * A_MOMENT).await;
            held.commit().await.unwrap();
        },
    );
    assert!(matches!(changed.status.as_u16(), 200 | 404), "{}", changed.text());
    assert_eq!(erased.status, 204, "{}", erased.text());
}

#[tokio::test]
async fn following_a_link_and_asking_for_another_do_not_wait_for_each_other_for_ever() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let forget = async || app.post("/api/auth/forgot-password", json!({"email": ada.email})).await.status;
    assert_eq!(forget().await, 204);
    let mails = app.mails_to(&ada.email, 2).await;
    let token = mails.iter().find(|mail| mail.link().contains("/auth/reset")).unwrap().token().to_owned();

    let held = hold(&app, ada.id).await;
    let (asked, followed, ()) = futures_util::join!(
        forget(),
        async {
            sleep(A_MOMENT).await;
            let body = json!({"token": token, "password": OTHER_PASSWORD});
            app.post("/api/auth/reset-password", body).await
        },
        async {
            sleep(2 * A_MOMENT).await;
            held.commit().await.unwrap();
        },
    );
    assert_eq!(asked, 204);
    let is_followed = followed.status == 204;
    if !is_followed {
        assert_broken(&followed, "/token", "link");
    }
    app.mails_to(&ada.email, if is_followed { 4 } else { 3 }).await;
    let password = if is_followed { OTHER_PASSWORD } else { PASSWORD };
    assert_eq!(app.login(&ada.email, password).await.status, 200);
}

#[tokio::test]
async fn a_password_that_was_right_a_moment_ago_is_wrong() {
    let app = TestApp::start().await;
    let requests = [
        (Method::DELETE, "/api/auth/me", json!({"password": PASSWORD})),
        (Method::PATCH, "/api/auth/me", json!({"email": new_email("moved"), "currentPassword": PASSWORD})),
        (
            Method::POST,
            "/api/auth/change-password",
            json!({"currentPassword": PASSWORD, "newPassword": OTHER_PASSWORD}),
        ),
    ];
    let another = |row: &mut user::ActiveModel| row.password_hash = Set("!".into());
    for (method, path, body) in requests {
        let ada = app.customer().await;
        let pointer = if method == Method::DELETE { "/password" } else { "/currentPassword" };
        assert!(app.lets_in(&ada).await);
        let answer = meanwhile(&app, ada.id, another, app.by(&ada, method, path, Some(body))).await;
        assert_broken(&answer, pointer, "wrong");
        assert_eq!(app.me(&ada).await["email"], ada.email);
    }
    let ada = app.customer().await;
    let answer = meanwhile(&app, ada.id, another, app.login(&ada.email, PASSWORD)).await;
    answer.problem(401, "INVALID_CREDENTIALS");
}

#[tokio::test]
async fn an_address_that_was_ones_own_a_moment_ago_takes_the_password() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    assert!(app.lets_in(&ada).await);
    let moved = new_email("moved");
    let change = |row: &mut user::ActiveModel| {
        row.email = Set(moved.clone());
        row.email_folded = Set(moved.clone());
    };
    let body = Some(json!({"email": ada.email}));
    let answer = meanwhile(&app, ada.id, change, app.by(&ada, Method::PATCH, "/api/auth/me", body)).await;
    assert_broken(&answer, "/currentPassword", "required");
    let row = user::Entity::find_by_id(ada.id).one(app.db.reader()).await.unwrap().unwrap();
    assert_eq!(row.email, moved);
}

#[tokio::test]
async fn an_account_disabled_a_moment_ago_lets_nobody_in() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let disabled = |row: &mut user::ActiveModel| row.is_active = Set(false);
    let answer = meanwhile(&app, ada.id, disabled, app.login(&ada.email, PASSWORD)).await;
    answer.problem(401, "INVALID_CREDENTIALS");
}

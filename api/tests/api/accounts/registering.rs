//! Opening an account.

use std::collections::BTreeMap;

use entity::user;
use futures_util::future::join_all;
use reqwest::Method;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use super::{assert_broken, broken, limited};
use crate::support::{Answer, PASSWORD, Person, TestApp, new_email};

async fn register(app: &TestApp, email: &str, password: &str) -> Answer {
    app.post("/api/auth/register", json!({"email": email, "password": password})).await
}

async fn accounts(app: &TestApp) -> u64 {
    user::Entity::find().count(app.db.reader()).await.unwrap()
}

#[tokio::test]
async fn an_address_is_taken_however_it_is_written() {
    let app = TestApp::start().await;
    assert_eq!(register(&app, "Ada@Example.com", PASSWORD).await.status, 201);
    for same in ["Ada@Example.com", "ada@example.com", "  ADA@EXAMPLE.COM "] {
        let refused = register(&app, same, PASSWORD).await;
        let problem = refused.problem(409, "CONFLICT");
        let [error] = problem.errors.as_slice() else { panic!("{}", refused.text()) };
        assert_eq!((error.pointer.as_deref(), error.code.as_str()), (Some("/email"), "taken"), "{same}");
        assert_eq!(refused.header("set-cookie"), "");
        assert!(!refused.text().to_lowercase().contains("ada@"), "{}", refused.text());
    }
    assert_eq!(accounts(&app).await, 1);
    app.audited("account.register-conflict", 3).await;
}

#[tokio::test]
async fn of_twenty_who_want_one_address_at_once_one_gets_it() {
    let app = TestApp::start().await;
    let (lower, upper) = (new_email("wanted"), new_email("wanted").len());
    let shouted = lower.to_uppercase();
    assert_eq!(shouted.len(), upper);
    let all = (0..20).map(|nth| register(&app, if nth % 2 == 0 { &lower } else { &shouted }, PASSWORD));
    let mut statuses = BTreeMap::new();
    for answer in join_all(all).await {
        *statuses.entry(answer.status.as_u16()).or_insert(0) += 1;
    }
    assert_eq!(statuses, BTreeMap::from([(201, 1), (409, 19)]));
    assert_eq!(accounts(&app).await, 1);
}

#[tokio::test]
async fn everything_that_is_wrong_is_said_at_once() {
    let app = TestApp::start().await;
    let answer = app
        .post(
            "/api/auth/register",
            json!({"email": "nowhere", "password": "short", "firstName": " ", "lastName": "x".repeat(101),
                "locale": "tlh", "role": "ADMIN"}),
        )
        .await;
    let wrong = broken(&answer);
    let wrong: Vec<_> = wrong.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
    assert_eq!(
        wrong,
        [
            ("/email", "email"),
            ("/firstName", "length"),
            ("/lastName", "length"),
            ("/locale", "type"),
            ("/password", "length"),
            ("/role", "unknown"),
        ]
    );
    assert!(!answer.text().contains("nowhere") && !answer.text().contains("tlh"), "{}", answer.text());
    assert_broken(&app.post("/api/auth/register", json!(["ada@example.com", PASSWORD])).await, "", "type");
    assert_eq!(accounts(&app).await, 0);
}

#[tokio::test]
async fn passwords_everybody_tries_first_are_refused() {
    let app = TestApp::start().await;
    for common in ["password123", "PASSWORD123", "12345678"] {
        assert_broken(&register(&app, &new_email("common"), common).await, "/password", "common");
    }
    assert_eq!(accounts(&app).await, 0);
}

#[tokio::test]
async fn a_password_is_the_same_on_whatever_keyboard_it_is_typed() {
    let app = TestApp::start().await;
    let email = new_email("ilaria");
    assert_eq!(register(&app, &email, "perché così è più").await.status, 201);
    let decomposed = "perche\u{301} cosi\u{300} e\u{300} piu\u{300}";
    assert_eq!(app.login(&email, decomposed).await.status, 200);
    app.login(&email, "perche cosi e piu").await.problem(401, "INVALID_CREDENTIALS");
    for unicode in ["пароль-42-пеликан", "🦤🦤🦤🦤🦤🦤🦤🦤", "  eight sp  "] {
        let email = new_email("unicode");
        assert_eq!(register(&app, &email, unicode).await.status, 201, "{unicode}");
        assert_eq!(app.login(&email, unicode).await.status, 200, "{unicode}");
        app.login(&email, &format!("{unicode} ")).await.problem(401, "INVALID_CREDENTIALS");
    }
}

#[tokio::test]
async fn a_password_has_eight_to_128_characters_and_all_of_them_count() {
    let app = TestApp::start().await;
    for wrong in ["pelican", &"è".repeat(129), "tab\tand nul\u{0}"] {
        let code = if wrong.contains('\t') { "control" } else { "length" };
        assert_broken(&register(&app, &new_email("long"), wrong).await, "/password", code);
    }
    let email = new_email("long");
    let (long, other_end) = (format!("{}a", "è".repeat(127)), format!("{}b", "è".repeat(127)));
    assert_eq!(register(&app, &email, &long).await.status, 201);
    app.login(&email, &other_end).await.problem(401, "INVALID_CREDENTIALS");
    app.login(&email, &"è".repeat(127)).await.problem(401, "INVALID_CREDENTIALS");
    assert_eq!(app.login(&email, &long).await.status, 200);
}

#[tokio::test]
async fn a_client_opens_three_accounts_an_hour_and_mistakes_do_not_count() {
    let app = limited().start().await;
    let from = async |client: &str, email: &str, password: &str| {
        let body = json!({"email": email, "password": password});
        app.post_from(client.parse().unwrap(), "/api/auth/register", body).await
    };
    for _ in 0..4 {
        assert_broken(&from("203.0.113.1", "nowhere", PASSWORD).await, "/email", "email");
        assert_broken(&from("203.0.113.1", &new_email("e"), "password123").await, "/password", "common");
    }
    let taken = new_email("first");
    assert_eq!(from("203.0.113.1", &taken, PASSWORD).await.status, 201);
    assert_eq!(from("203.0.113.1", &new_email("second"), PASSWORD).await.status, 201);
    assert_eq!(
        from("203.0.113.1", &taken, PASSWORD).await.status,
        409,
        "whoever asks who is here is counted"
    );
    let refused = from("203.0.113.1", &new_email("fourth"), PASSWORD).await;
    refused.problem(429, "RATE_LIMITED");
    assert_eq!(refused.header("retry-after"), "3600");
    assert!(refused.header("ratelimit").contains("\"registration\";r=0"), "{}", refused.header("ratelimit"));
    assert_eq!(from("203.0.113.2", &new_email("neighbour"), PASSWORD).await.status, 201);
    app.clock.advance(std::time::Duration::from_hours(1));
    assert_eq!(from("203.0.113.1", &new_email("later"), PASSWORD).await.status, 201);
}

#[tokio::test]
async fn the_browser_says_which_language_mails_are_in_unless_the_form_does() {
    let app = TestApp::start().await;
    for (accepted, chosen, locale, subject) in [
        ("it-IT,it;q=0.9,en;q=0.8", None, json!("it"), "Conferma il tuo indirizzo e-mail"),
        ("it-IT,it;q=0.9,en;q=0.8", Some("en"), json!("en"), "Confirm your e-mail address"),
        ("tlh", None, Value::Null, "Confirm your e-mail address"),
    ] {
        let email = new_email("reader");
        let mut body = json!({"email": email, "password": PASSWORD});
        if let Some(chosen) = chosen {
            body["locale"] = json!(chosen);
        }
        let headers = [("accept-language", accepted)];
        let reader = app.request(Method::POST, "/api/auth/register", &headers, Some(body)).await;
        let reader = Person::of(&reader);
        assert_eq!(app.me(&reader).await["locale"], locale, "{accepted} {chosen:?}");
        assert_eq!(app.mail_to(&email).await.subject, subject, "{accepted} {chosen:?}");
    }
}

//! Signing up, in and out.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{PASSWORD, Person, TestApp, new_email};

#[tokio::test]
async fn who_registers_is_signed_in() {
    let app = TestApp::start().await;
    let answer = app
        .post(
            "/api/auth/register",
            json!({"email": "Ada@Example.com", "password": PASSWORD, "firstName": " Ada ", "lastName": "Lovelace"}),
        )
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("location")),
        (201, "/api/auth/me"),
        "{}",
        answer.text()
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    let ada = Person::of(&answer);
    let me = app.by(&ada, Method::GET, "/api/auth/me", None).await;
    let me = &me.ok::<Value>()["data"];
    assert_eq!(me["email"], "Ada@Example.com");
    assert_eq!(
        (&me["firstName"], &me["role"], &me["emailVerified"]),
        (&json!("Ada"), &json!("CUSTOMER"), &json!(false))
    );
    assert_eq!(me, &answer.json()["data"]["user"]);
    assert!(me.get("passwordHash").is_none());
}

#[tokio::test]
async fn signing_in_ignores_the_case_of_the_address_and_nothing_else() {
    let app = TestApp::start().await;
    let person = app.customer().await;
    let email = person.email.to_uppercase();
    let right =
        app.post("/api/auth/login", json!({"email": format!(" {email} "), "password": PASSWORD})).await;
    assert_eq!(Person::of(&right).id, person.id);
    for (email, password) in [
        (email.as_str(), "A kettle full of pelicans"),
        (email.as_str(), "a kettle full of pelicans "),
        (new_email("nobody").as_str(), PASSWORD),
    ] {
        let wrong = app.post("/api/auth/login", json!({"email": email, "password": password})).await;
        wrong.problem(401, "INVALID_CREDENTIALS");
        assert!(wrong.header("www-authenticate").starts_with("Bearer"));
        assert_eq!(wrong.header("set-cookie"), "");
    }
}

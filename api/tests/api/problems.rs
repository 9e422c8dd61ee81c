//! Every failure is a problem document, and says what to do.

use std::{
    io::{Read, Write},
    time::Duration,
};

use actix_web::{HttpResponse, web};
use api::http::ValidJson;
use reqwest::{Method, StatusCode};
use serde::Deserialize;
use validator::Validate;

use crate::support::{Answer, TestApp};

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wish {
    #[validate(length(min = 1, max = 20))]
    gift_name: String,
    #[validate(range(min = 1, max = 99))]
    quantity: u32,
}

/// Routes that fail in every way there is; the shop's own have no bodies yet.
fn failing(config: &mut web::ServiceConfig) {
    async fn wish(wish: ValidJson<Wish>) -> HttpResponse {
        HttpResponse::Ok().json(serde_json::json!({"name": wish.0.gift_name, "quantity": wish.0.quantity}))
    }
    async fn panicking() -> HttpResponse {
        panic!("with the secret in its message")
    }
    async fn slow() -> HttpResponse {
        tokio::time::sleep(Duration::from_mins(1)).await;
        HttpResponse::Ok().finish()
    }
    config
        .route("/test/wishes", web::post().to(wish))
        .route("/test/panic", web::get().to(panicking))
        .route("/test/slow", web::get().to(slow));
}

async fn app() -> TestApp {
    TestApp::builder().routes(failing).with("REQUEST_TIMEOUT_SECONDS", "1").start().await
}

async fn post(app: &TestApp, kind: &str, body: impl Into<reqwest::Body>) -> Answer {
    let request = app.client.post(app.url("/test/wishes")).header("content-type", kind).body(body);
    Answer::read(request.send().await.unwrap()).await
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let app = app().await;
    for path in
        ["/nowhere", "/api", "/api/", "/api/nowhere", "/api/catalog", "/api/catalog/products/a/b", "/health/"]
    {
        let problem = app.get(path).await.problem(404, "NOT_FOUND");
        assert_eq!(problem.instance, path);
        assert_eq!(problem.r#type, "/api/docs/problems#not-found");
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_which_are_right() {
    let app = app().await;
    for path in
        ["/api/catalog/products", "/api/catalog/products/x", "/health", "/ready", "/api/docs/openapi.json"]
    {
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
            let answer = app.send(method, path, &[]).await;
            answer.problem(405, "METHOD_NOT_ALLOWED");
            assert_eq!(answer.header("allow"), "GET, HEAD");
        }
    }
    app.send(Method::from_bytes(b"PROPFIND").unwrap(), "/health", &[])
        .await
        .problem(405, "METHOD_NOT_ALLOWED");
    app.send(Method::POST, "/nowhere", &[]).await.problem(404, "NOT_FOUND");
}

#[tokio::test]
async fn a_body_that_is_no_json_is_told_where_it_breaks() {
    let app = app().await;
    let problem = post(&app, "application/json", "{\"giftName\": \"kite\",\n \"quantity\" 1}")
        .await
        .problem(400, "BAD_REQUEST");
    assert!(problem.detail.contains("line 2, column 13"), "{}", problem.detail);
    for broken in ["", "{", "nonsense", "{} {}", "\u{feff}{}"] {
        post(&app, "application/json", broken).await.problem(400, "BAD_REQUEST");
    }
    post(&app, "application/json", vec![0xff, 0xfe, b'{']).await.problem(400, "BAD_REQUEST");
}

#[tokio::test]
async fn broken_rules_are_named_by_pointer_and_never_by_value() {
    let app = app().await;
    let answer = post(&app, "application/json", r#"{"giftName": "", "quantity": 100}"#).await;
    let problem = answer.problem(422, "VALIDATION_ERROR");
    let told: Vec<_> = problem
        .errors
        .iter()
        .map(|e| (e.pointer.as_deref().unwrap(), e.code.as_str(), e.detail.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("/giftName", "length", "must be between 1 and 20 characters long"),
            ("/quantity", "range", "must be between 1 and 99"),
        ]
    );
    let secret = post(&app, "application/json", r#"{"giftName": "hush", "quantity": "hush-hush"}"#).await;
    secret.problem(422, "VALIDATION_ERROR");
    assert!(!secret.text().contains("hush"));
    let unknown =
        post(&app, "application/json", r#"{"giftName": "kite", "quantity": 1, "colour": "red"}"#).await;
    assert_eq!(unknown.problem(422, "VALIDATION_ERROR").errors[0].pointer.as_deref(), Some("/colour"));
    assert_eq!(
        post(&app, "application/json; charset=UTF-8", r#"{"giftName":"kite","quantity":1}"#).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn only_json_in_utf8_is_read() {
    let app = app().await;
    for kind in [
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1",
    ] {
        post(&app, kind, "{}").await.problem(415, "UNSUPPORTED_MEDIA_TYPE");
    }
    let packed = app.client.post(app.url("/test/wishes")).header("content-type", "application/json");
    let packed = packed.header("content-encoding", "gzip").body("x").send().await.unwrap();
    Answer::read(packed).await.problem(415, "UNSUPPORTED_MEDIA_TYPE");
}

#[tokio::test]
async fn a_body_beyond_a_mebibyte_is_refused_announced_or_not() {
    let app = app().await;
    let fits = format!(r#"{{"giftName": "kite", "quantity": 1{}}}"#, " ".repeat(1024 * 1024 - 35));
    assert_eq!(fits.len(), 1024 * 1024);
    assert_eq!(post(&app, "application/json", fits.clone()).await.status, StatusCode::OK);
    post(&app, "application/json", format!("{fits} ")).await.problem(413, "PAYLOAD_TOO_LARGE");

    // In chunks nobody announces how much is to come.
    let mut connection = std::net::TcpStream::connect(app.address).unwrap();
    connection.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(connection, "POST /test/wishes HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n").unwrap();
    let chunk = vec![b' '; 256 * 1024];
    for _ in 0..5 {
        // The server may have answered and hung up already.
        let sent = write!(connection, "{:x}\r\n", chunk.len()).and_then(|()| connection.write_all(&chunk));
        if sent.and_then(|()| connection.write_all(b"\r\n")).is_err() {
            break;
        }
    }
    let mut answer = [0; 15];
    connection.read_exact(&mut answer).unwrap();
    assert_eq!(&answer[9..12], b"413");
}

#[tokio::test]
async fn a_panic_is_an_answer_that_gives_nothing_away() {
    let app = app().await;
    let answer = app.get("/test/panic").await;
    let problem = answer.problem(500, "INTERNAL_ERROR");
    assert_eq!(problem.instance, "/test/panic");
    assert!(!answer.text().contains("secret"));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(app.get("/health").await.status, StatusCode::OK, "and the server goes on");
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let app = app().await;
    let answer = app.get("/test/slow").await;
    let problem = answer.problem(503, "REQUEST_TIMED_OUT");
    assert_eq!(problem.instance, "/test/slow");
    assert!(!answer.header("retry-after").is_empty());
}

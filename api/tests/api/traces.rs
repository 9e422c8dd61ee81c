//! What a collector is told of requests, and what of which.

use std::time::Duration;

use actix_web::{HttpResponse, web};
use nix::sys::signal::Signal;
use reqwest::Method;
use serde_json::json;

use crate::{
    cli::program::Shop,
    support::{
        NewProduct, PASSWORD, TestApp,
        collector::{Collector, has_failed, said_of},
        new_email, postgres_url, redis_url,
    },
};

const ROOT: &str = "Root=1-67891233-abcdef012345678912345678";
const TRACE: &str = "67891233abcdef012345678912345678";
/// Longer than spans are gathered.
const LONG: Duration = Duration::from_millis(2_500);

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Routes that are unusual.
fn unusual(config: &mut web::ServiceConfig) {
    async fn failing() -> HttpResponse {
        HttpResponse::InternalServerError().finish()
    }
    async fn slow() -> HttpResponse {
        tokio::time::sleep(Duration::from_millis(1_050)).await;
        HttpResponse::Ok().finish()
    }
    config.route("/test/failing", web::get().to(failing)).route("/test/slow", web::get().to(slow));
}

#[tokio::test]
async fn a_trace_says_what_a_request_did_and_for_how_long() {
    let collector = Collector::start().await;
    let app = collector.sent_by(TestApp::builder(), 100).start().await;
    let lamps = app.category("Lamps", None).await;
    let lamp = app.product(NewProduct::new("Lamp", lamps)).await;
    let path = format!("/api/catalog/products/{lamp}");
    let header = format!("{ROOT};Parent=53995c3f42cd8ad8;Sampled=1");
    let headers = [("x-amzn-trace-id", header.as_str()), ("x-request-id", "r1")];
    let answer = app.send(Method::GET, &path, &headers).await;
    assert_eq!(answer.status.as_u16(), 200);

    let [trace] = collector.has(1).await.try_into().unwrap();
    let whole = &trace.whole;
    assert_eq!(hex(&whole.trace_id), TRACE);
    assert_eq!(hex(&whole.parent_span_id), "53995c3f42cd8ad8");
    assert_eq!(whole.name, "GET /api/catalog/products/{idOrSlugOrSku}");
    for (name, said) in [
        ("http.request.method", "GET"),
        ("http.route", "/api/catalog/products/{idOrSlugOrSku}"),
        ("url.path", &path),
        ("http.response.status_code", "200"),
        ("request_id", "r1"),
        ("cache", "miss"),
        ("error.type", ""),
    ] {
        assert_eq!(said_of(whole, name), said, "{name}");
    }
    assert!(!has_failed(whole));

    let system = if postgres_url().is_some() { "postgresql" } else { "sqlite" };
    let statements = trace.calls.iter().filter(|call| said_of(call, "db.system.name") == system);
    let statements: Vec<_> = statements.collect();
    assert_eq!(statements.len(), usize::try_from(answer.statements()).unwrap());
    assert!(statements.iter().all(|call| call.name == format!("{system} SELECT")), "{:?}", trace.names());
    assert!(said_of(statements[0], "db.query.text").starts_with("SELECT"));
    assert_eq!(trace.names().contains(&"redis GET"), redis_url().is_some(), "{:?}", trace.names());
    for call in &trace.calls {
        assert_eq!(call.trace_id, whole.trace_id);
        assert_ne!(call.span_id, whole.span_id);
        let (begun, ended) = (call.start_time_unix_nano, call.end_time_unix_nano);
        assert!(whole.start_time_unix_nano <= begun && begun <= ended && ended <= whole.end_time_unix_nano);
    }
    let sender = &collector.senders()[0];
    assert_eq!(sender[0], ("service.name".to_owned(), "bottega".to_owned()));
    let metrics = app.get("/metrics").await;
    let sent = format!("trace_spans_total{{outcome=\"sent\"}} {}\n", 1 + trace.calls.len());
    assert!(metrics.text().contains(&sent), "{}", metrics.text());
}

#[tokio::test]
async fn no_value_is_ever_told() {
    let collector = Collector::start().await;
    let app = collector.sent_by(TestApp::builder(), 100).start().await;
    let email = new_email("ada");
    let body = json!({"email": email, "password": PASSWORD, "firstName": "Ada", "lastName": "Hush"});
    let request = app.client.post(app.url("/api/auth/register")).json(&body);
    let answer = request.send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    let [trace] = collector.has(1).await.try_into().unwrap();
    assert!(trace.names().iter().any(|name| name.ends_with(" INSERT")), "{:?}", trace.names());
    let text = collector.text();
    for value in [&email, PASSWORD, "Ada", "Hush", "$argon2"] {
        assert!(!text.contains(value), "{value} in {text}");
    }
}

#[tokio::test]
async fn what_is_unusual_is_told_whether_drawn_or_not() {
    let collector = Collector::start().await;
    let app = collector.sent_by(TestApp::builder(), 0).routes(unusual).start().await;
    for _ in 0..5 {
        assert_eq!(app.get("/api/catalog/categories").await.status.as_u16(), 200);
    }
    // Nobody can make the shop tell of an ordinary request.
    app.send(Method::GET, "/api/catalog/categories", &[("x-amzn-trace-id", &format!("{ROOT};Sampled=1"))])
        .await;
    app.get("/test/failing").await;
    app.get("/test/slow").await;
    let traces = collector.has(2).await;
    tokio::time::sleep(LONG).await;
    assert_eq!(collector.traces().len(), 2, "and nothing else");
    let [failing, slow] = traces.try_into().unwrap();
    assert_eq!(
        (failing.whole.name.as_str(), slow.whole.name.as_str()),
        ("GET /test/failing", "GET /test/slow")
    );
    assert!(has_failed(&failing.whole) && !has_failed(&slow.whole));
    assert_eq!(said_of(&failing.whole, "error.type"), "500");
    // It is named by the time, as X-Ray wants it.
    let time = u32::from_be_bytes(slow.whole.trace_id[..4].try_into().unwrap());
    assert_eq!(i64::from(time), app.clock.now().timestamp());
    assert_ne!(failing.whole.trace_id, slow.whole.trace_id);
}

#[tokio::test]
async fn an_outage_is_told_of_ten_times_a_second() {
    let collector = Collector::start().await;
    let app = collector.sent_by(TestApp::builder(), 0).routes(unusual).start().await;
    for _ in 0..25 {
        app.get("/test/failing").await;
    }
    collector.has(10).await;
    app.clock.advance(Duration::from_secs(1));
    app.get("/test/failing").await;
    collector.has(11).await;
    tokio::time::sleep(LONG).await;
    assert_eq!(collector.traces().len(), 11);
}

#[tokio::test]
async fn whoever_wants_no_trace_is_heard_and_probes_are_never_told_of() {
    let collector = Collector::start().await;
    let app = collector.sent_by(TestApp::builder(), 100).start().await;
    app.send(Method::GET, "/api/catalog/categories", &[("x-amzn-trace-id", &format!("{ROOT};Sampled=0"))])
        .await;
    for path in ["/health", "/ready", "/metrics"] {
        app.get(path).await;
    }
    app.get("/api/catalog/categories?told=1").await;
    collector.has(1).await;
    tokio::time::sleep(LONG).await;
    assert_eq!(collector.traces().len(), 1);
}

#[tokio::test]
async fn what_the_collector_cannot_take_now_it_is_sent_later_and_at_the_end() {
    let collector = Collector::start().await;
    let mut app = collector.sent_by(TestApp::builder(), 100).start().await;
    collector.refuse_with(Some("503 Service Unavailable"));
    app.get("/api/catalog/categories").await;
    collector.has_refused().await;
    collector.refuse_with(None);
    collector.has(1).await;
    // At once: what was gathered is sent before the server ends.
    app.get("/api/catalog/products").await;
    app.stop().await;
    assert_eq!(collector.traces().len(), 2);
}

#[tokio::test]
async fn what_it_refuses_for_good_is_lost_and_counted() {
    let collector = Collector::start().await;
    let app = collector.sent_by(TestApp::builder(), 100).start().await;
    collector.refuse_with(Some("400 Bad Request"));
    app.get("/test/nowhere").await;
    collector.has_refused().await;
    collector.refuse_with(None);
    tokio::time::sleep(LONG).await;
    assert_eq!(collector.traces().len(), 0);
    let metrics = app.get("/metrics").await;
    assert!(metrics.text().contains("trace_spans_total{outcome=\"lost\"} 1\n"), "{}", metrics.text());
}

#[tokio::test]
async fn without_a_collector_the_shop_sells_and_its_log_names_the_trace() {
    let shop = Shop::new()
        .with("LOG_FORMAT", "json")
        .with("TRACES_SAMPLE_PERCENT", "100")
        .with("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9");
    let serving = shop.serve().await;
    let url = format!("http://{}/api/catalog/products", serving.address);
    let request = reqwest::Client::new().get(url).header("x-amzn-trace-id", ROOT);
    assert_eq!(request.send().await.unwrap().status().as_u16(), 200);
    tokio::time::sleep(LONG).await;
    let ended = serving.stop(Signal::SIGTERM).await;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let line = ended.stderr.lines().find(|line| line.contains("\"target\":\"access\"")).unwrap();
    assert!(line.contains(&format!("\"trace_id\":\"{TRACE}\"")), "{line}");
    let trouble: Vec<_> =
        ended.stderr.lines().filter(|line| line.contains("the collector does not answer")).collect();
    assert!(!trouble.is_empty() && trouble.len() <= 2, "told when it begins, and at the end: {trouble:?}");
}

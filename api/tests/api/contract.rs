//! The spec is exactly true: what is declared is served, and nothing else is.

use reqwest::Method;
use serde_json::Value;

use crate::support::{NewProduct, TestApp};

const COMMITTED: &str = include_str!("../../../openapi/openapi.json");

async fn spec(app: &TestApp) -> Value {
    app.get("/api/docs/openapi.json").await.ok()
}

/// The addresses of the spec with something real in their variable parts.
fn addresses(spec: &Value) -> Vec<(String, String)> {
    let paths = spec["paths"].as_object().unwrap();
    paths
        .keys()
        .map(|template| {
            let path = template.replace("{idOrSlug}", "lamps").replace("{idOrSlugOrSku}", "lamp");
            assert!(!path.contains('{'), "tell this test what to put into {template}");
            (template.clone(), path)
        })
        .collect()
}

async fn shop() -> TestApp {
    let app = TestApp::start().await;
    let lamps = app.category("Lamps", None).await;
    app.product(NewProduct { slug: Some("lamp".into()), ..NewProduct::new("Lamp", lamps) }).await;
    app
}

#[tokio::test]
async fn the_committed_spec_is_the_served_one() {
    let app = TestApp::start().await;
    let committed: Value = serde_json::from_str(COMMITTED).unwrap();
    assert_eq!(spec(&app).await, committed, "run `cargo xtask openapi`");
}

#[tokio::test]
async fn every_declared_operation_is_served_and_every_other_method_is_refused() {
    let app = shop().await;
    let spec = spec(&app).await;
    for (template, path) in addresses(&spec) {
        let declared = spec["paths"][&template].as_object().unwrap();
        for method in ["get", "post", "put", "patch", "delete"] {
            let answer = app.send(method.to_uppercase().parse().unwrap(), &path, &[]).await;
            if declared.contains_key(method) {
                assert!(answer.status.is_success(), "{method} {path}: {}", answer.text());
            } else {
                answer.problem(405, "METHOD_NOT_ALLOWED");
                let allowed: Vec<_> = answer.header("allow").split(", ").map(str::to_lowercase).collect();
                assert!(declared.keys().all(|method| allowed.contains(method)), "{path}: {allowed:?}");
            }
        }
        if declared.contains_key("get") {
            let (get, head) = (app.get(&path).await, app.send(Method::HEAD, &path, &[]).await);
            assert_eq!((get.status, head.status, head.body.len()), (head.status, get.status, 0));
            assert_eq!(get.header("content-type"), head.header("content-type"), "{path}");
        }
    }
}

#[tokio::test]
async fn every_answer_has_the_declared_status_type_and_headers() {
    let app = shop().await;
    let spec = spec(&app).await;
    for (template, path) in addresses(&spec) {
        let responses = &spec["paths"][&template]["get"]["responses"];
        let asked = [
            app.get(&path).await,
            app.get(&format!("{path}?colour=red")).await,
            app.send(Method::GET, &path, &[("if-none-match", "*")]).await,
        ];
        for answer in asked {
            let declared = &responses[answer.status.as_str()];
            assert!(declared.is_object(), "{template} answers {}, undeclared", answer.status);
            // This shop runs without limits; `limits` tests what it says of them.
            let names = declared["headers"].as_object().unwrap().keys();
            for name in names.filter(|name| !name.starts_with("RateLimit")) {
                assert!(!answer.header(name).is_empty(), "{template} {}: no {name}", answer.status);
            }
            let kind = answer.header("content-type").split(';').next().unwrap_or_default();
            match declared["content"].as_object() {
                None => assert!(answer.body.is_empty(), "{template} {}", answer.status),
                Some(content) => assert!(content.contains_key(kind), "{template} {}: {kind}", answer.status),
            }
        }
        app.get(&format!("{path}?colour=red")).await.problem(400, "INVALID_PARAMETER");
    }
}

#[tokio::test]
async fn every_declared_bound_is_kept_and_one_past_it_is_refused() {
    let app = shop().await;
    let spec = spec(&app).await;
    let mut tried = 0;
    for (template, path) in addresses(&spec) {
        for parameter in spec["paths"][&template]["get"]["parameters"].as_array().into_iter().flatten() {
            if parameter["in"] != "query" {
                continue;
            }
            let name = parameter["name"].as_str().unwrap();
            let schema = &parameter["schema"];
            for (value, fits) in values_around_bounds(name, schema) {
                let answer = app.get(&format!("{path}?{name}={value}")).await;
                assert_eq!(answer.status.as_u16(), if fits { 200 } else { 400 }, "{path}?{name}={value}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 20, "only {tried} values were tried");
}

/// Each bound of a schema, and one past it.
fn values_around_bounds(name: &str, schema: &Value) -> Vec<(String, bool)> {
    let mut values = vec![];
    if let Some(least) = schema["minimum"].as_i64() {
        values.extend([(least.to_string(), true), ((least - 1).to_string(), false)]);
    }
    if let Some(most) = schema["maximum"].as_i64() {
        values.extend([(most.to_string(), true), ((most + 1).to_string(), false)]);
    }
    // A cursor of any length must be one of ours.
    if let Some(longest) = schema["maxLength"].as_u64().filter(|_| name != "cursor") {
        let longest = usize::try_from(longest).unwrap();
        values.extend([("a".repeat(longest), true), ("a".repeat(longest + 1), false)]);
    }
    if schema["minLength"].as_u64() == Some(1) {
        values.push((String::new(), false));
    }
    for choice in schema["enum"].as_array().into_iter().flatten() {
        values.extend([
            (choice.as_str().unwrap().to_owned(), true),
            (format!("{}x", choice.as_str().unwrap()), false),
        ]);
    }
    match (schema["type"].as_str(), schema["format"].as_str(), name) {
        (Some("boolean"), ..) => {
            values.extend([
                ("true".into(), true),
                ("false".into(), true),
                ("1".into(), false),
                (String::new(), false),
            ]);
        }
        (_, Some("uuid"), _) => {
            values.extend([("01890a5d-ac96-774b-bcce-b302099a8057".into(), true), ("7".into(), false)]);
        }
        (.., "minPrice" | "maxPrice") => values.extend([
            ("999999999.99".into(), true),
            ("1000000000".into(), false),
            ("0.1".into(), true),
            ("0.001".into(), false),
            ("-1".into(), false),
        ]),
        _ => {}
    }
    values
}

#[tokio::test]
async fn every_schema_reference_leads_somewhere() {
    let spec: Value = serde_json::from_str(COMMITTED).unwrap();
    let schemas = spec["components"]["schemas"].as_object().unwrap();
    let text = spec.to_string();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "{name}");
    }
    assert_eq!(spec["openapi"], "3.1.0");
}

//! The spec is exactly true: what is declared is served, and nothing else is.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    Answer, Person, TestApp,
    requests::{Call, Cast, Operation, furnish, operations},
};

const COMMITTED: &str = include_str!("../../../openapi/openapi.json");

async fn spec(app: &TestApp) -> Value {
    app.get("/api/docs/openapi.json").await.ok()
}

/// Whoever may do things, and what they do them with.
struct Askers<'a> {
    cast: Cast,
    admin: &'a Person,
}

impl<'a> Askers<'a> {
    /// Somebody new with new things: sound requests use them up.
    async fn of(app: &TestApp, admin: &'a Person) -> Self {
        Self { cast: Cast::of(app).await, admin }
    }

    /// Makes a sound request for an operation, in the name of whoever may.
    async fn ask(&self, app: &TestApp, operation: &Operation<'_>, adjust: impl FnOnce(&mut Call)) -> Answer {
        let mut call = self.cast.call(operation);
        adjust(&mut call);
        let admin = operation.template.starts_with("/api/admin");
        let who = if admin { self.admin } else { &self.cast.owner };
        self.cast.make(app, &call, operation.spec["security"].is_array().then_some(&who.token)).await
    }
}

async fn shop() -> TestApp {
    let app = TestApp::start().await;
    furnish(&app).await;
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
    let (spec, admin) = (spec(&app).await, app.admin().await);
    for operation in operations(&spec) {
        let askers = Askers::of(&app, &admin).await;
        let answer = askers.ask(&app, &operation, |_| {}).await;
        // A link that works comes by mail, and there is none here.
        let is_by_link = matches!(operation.id, "resetPassword" | "verifyEmail");
        let is_served = answer.status.is_success() || (is_by_link && answer.status.as_u16() == 422);
        assert!(is_served, "{}: {}", operation.id, answer.text());
        if operation.method == "get" {
            let head = askers.ask(&app, &operation, |call| call.method = Method::HEAD).await;
            assert_eq!((head.status, head.body.len()), (answer.status, 0), "{}", operation.id);
            assert_eq!(answer.header("content-type"), head.header("content-type"), "{}", operation.id);
        }
        let declared = spec["paths"][operation.template].as_object().unwrap();
        for method in ["get", "post", "put", "patch", "delete"] {
            if !declared.contains_key(method) {
                let method = method.to_uppercase().parse().unwrap();
                let refused = askers.ask(&app, &operation, |call| call.method = method).await;
                refused.problem(405, "METHOD_NOT_ALLOWED");
                let allowed: Vec<_> = refused.header("allow").split(", ").map(str::to_lowercase).collect();
                assert!(declared.keys().all(|method| allowed.contains(method)), "{}", operation.template);
            }
        }
    }
}

#[tokio::test]
async fn every_answer_has_the_declared_status_type_and_headers() {
    let app = shop().await;
    let (spec, admin) = (spec(&app).await, app.admin().await);
    for operation in operations(&spec) {
        let askers = Askers::of(&app, &admin).await;
        let call = askers.cast.call(&operation);
        let mut asked = vec![askers.ask(&app, &operation, |call| call.set("colour", "red")).await];
        asked[0].problem(400, "INVALID_PARAMETER");
        if operation.spec["requestBody"].is_object() {
            let strange =
                askers.ask(&app, &operation, |call| call.body = Some(json!({"colour": "red"}))).await;
            strange.problem(422, "VALIDATION_ERROR");
            asked.push(strange);
        }
        if operation.template.contains("{id}") {
            let by_number = operation.template.replace("{id}", "7");
            let nowhere = askers.ask(&app, &operation, |call| call.path = by_number).await;
            nowhere.problem(400, "INVALID_PARAMETER");
            asked.push(nowhere);
        }
        if operation.method == "get" && operation.spec["responses"]["304"].is_object() {
            asked.push(app.send(Method::GET, &call.path, &[("if-none-match", "*")]).await);
        }
        // Last: it may use up what the others need.
        asked.push(askers.ask(&app, &operation, |_| {}).await);
        if operation.spec["security"].is_array() {
            asked.push(askers.cast.make(&app, &Call { with_cookie: false, ..call }, None).await);
        }
        for answer in asked {
            check_as_declared(&operation, &answer);
        }
    }
}

fn check_as_declared(operation: &Operation<'_>, answer: &Answer) {
    let declared = &operation.spec["responses"][answer.status.as_str()];
    assert!(declared.is_object(), "{} answers {}, undeclared", operation.id, answer.status);
    // This shop runs without limits and its database is not away; `limits` and `cache` test what it says of those.
    let names = declared["headers"].as_object().unwrap().keys();
    // Only guests are handed the token of a cart: see `cart`.
    let is_for_guests = |name: &str| {
        operation.template.starts_with("/api/cart") && ["Set-Cookie", "X-Cart-Token"].contains(&name)
    };
    // And of repeated requests: see `orders`.
    let is_for_repeated =
        |name: &str| name == "Idempotent-Replayed" || (name == "Retry-After" && answer.status == 409);
    let is_told = |name: &str| {
        !name.starts_with("RateLimit") && name != "Age" && !is_for_guests(name) && !is_for_repeated(name)
    };
    for name in names.filter(|name| is_told(name)) {
        assert!(!answer.header(name).is_empty(), "{} {}: no {name}", operation.id, answer.status);
    }
    let kind = answer.header("content-type").split(';').next().unwrap_or_default();
    match declared["content"].as_object() {
        None => assert!(answer.body.is_empty(), "{} {}", operation.id, answer.status),
        Some(content) => {
            assert!(content.contains_key(kind), "{} {}: {kind}", operation.id, answer.status);
        }
    }
    let is_undeclared = |name: &str| {
        !declared["headers"].as_object().unwrap().keys().any(|known| known.eq_ignore_ascii_case(name))
    };
    for name in ["set-cookie", "location", "etag", "www-authenticate", "retry-after"] {
        assert!(
            answer.header(name).is_empty() || !is_undeclared(name),
            "{} {}: {name}",
            operation.id,
            answer.status
        );
    }
}

#[tokio::test]
async fn every_declared_bound_is_kept_and_one_past_it_is_refused() {
    let app = shop().await;
    let spec = spec(&app).await;
    let mut tried = 0;
    let (cast, admin) = (Cast::of(&app).await, app.admin().await);
    for operation in operations(&spec) {
        for parameter in operation.spec["parameters"].as_array().into_iter().flatten() {
            if parameter["in"] != "query" {
                continue;
            }
            let name = parameter["name"].as_str().unwrap();
            let schema = &parameter["schema"];
            for (value, fits) in values_around_bounds(name, schema) {
                let mut call = cast.call(&operation);
                call.set(name, &value);
                let answer = app.by(&admin, Method::GET, &call.path, None).await;
                assert_eq!(answer.status.as_u16(), if fits { 200 } else { 400 }, "{}", call.path);
                tried += 1;
            }
        }
    }
    assert!(tried >= 20, "only {tried} values were tried");
}

#[tokio::test]
async fn every_field_of_a_body_keeps_its_declared_rules() {
    let app = shop().await;
    let spec = spec(&app).await;
    let mut tried = 0;
    // Refused requests use nothing up.
    let (cast, admin) = (Cast::of(&app).await, app.admin().await);
    for operation in operations(&spec) {
        let reference = &operation.spec["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        let Some(name) = reference.as_str().and_then(|reference| reference.rsplit('/').next()) else {
            continue;
        };
        let who = if operation.template.starts_with("/api/admin") { &admin } else { &cast.owner };
        let sound = cast.call(&operation);
        let schema = &spec["components"]["schemas"][name];
        assert_eq!(schema["additionalProperties"], json!(false), "{name}");
        for (field, rules) in schema["properties"].as_object().unwrap() {
            let bodies =
                broken_bodies(sound.body.as_ref().unwrap(), field, rules, resolved(&spec, rules), schema);
            for (what, body) in bodies {
                let call = Call {
                    body: Some(body),
                    path: sound.path.clone(),
                    method: sound.method.clone(),
                    ..sound
                };
                let answer = cast.make(&app, &call, Some(&who.token)).await;
                let problem = answer.problem(422, "VALIDATION_ERROR");
                let pointers: Vec<_> =
                    problem.errors.iter().filter_map(|error| error.pointer.clone()).collect();
                assert_eq!(pointers, [format!("/{field}")], "{} with {field} {what}", operation.id);
                tried += 1;
            }
        }
    }
    assert!(tried >= 100, "only {tried} bodies were tried");
}

/// What a reference to a schema, which may also allow null, refers to.
fn resolved<'a>(spec: &'a Value, rules: &'a Value) -> &'a Value {
    let mut choices = rules["oneOf"].as_array().into_iter().flatten().chain([rules]);
    let reference = choices.find_map(|choice| choice["$ref"].as_str());
    reference.map_or(rules, |reference| &spec["components"]["schemas"][reference.rsplit('/').next().unwrap()])
}

/// The body with one field that breaks each of its rules in turn.
fn broken_bodies(
    sound: &Value,
    field: &str,
    declared: &Value,
    rules: &Value,
    schema: &Value,
) -> Vec<(&'static str, Value)> {
    let with = |value: Value| {
        let mut body = sound.clone();
        body[field] = value;
        body
    };
    // Where objects of any fields are welcome, only something else is strange.
    let takes_objects = rules["type"].to_string().contains("object");
    let strange = if takes_objects { json!(7) } else { json!({"strange": []}) };
    let mut broken = vec![("of a strange type", with(strange))];
    if let Some(longest) = rules["maxLength"].as_u64() {
        broken.push(("too long", with(json!("a".repeat(usize::try_from(longest).unwrap() + 1)))));
        broken.push(("with a control character", with(json!("ab\u{0}cdefgh@example.com"))));
        broken.push(("empty", with(json!(""))));
    }
    if rules["enum"].is_array() {
        broken.push(("unheard of", with(json!("ZZ"))));
    }
    if !declared.to_string().contains("\"null\"") {
        broken.push(("null", with(Value::Null)));
    }
    let required = schema["required"].as_array().into_iter().flatten();
    if required.into_iter().any(|name| name == field) {
        let mut body = sound.clone();
        body.as_object_mut().unwrap().remove(field);
        broken.push(("missing", body));
    }
    broken
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
        (_, Some("date-time"), _) => values.extend([
            ("2026-01-31T12:00:00Z".into(), true),
            ("2026-01-31T12:00:00.123%2B01:00".into(), true),
            ("2026-01-31".into(), false),
            (String::new(), false),
        ]),
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

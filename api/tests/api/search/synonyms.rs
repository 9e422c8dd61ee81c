//! `/api/admin/synonyms`, and what shoppers find by them.

use std::time::Duration;

use openapi::{Data, Meta, Page, synonyms::Synonym};
use reqwest::Method;
use serde_json::{Value, json};

use super::search;
use crate::support::{Answer, NewProduct, Person, TestApp, sql, within};

const ALL: &str = "/api/admin/synonyms";

async fn make(app: &TestApp, admin: &Person, body: Value) -> Answer {
    app.by(admin, Method::POST, ALL, Some(body)).await
}

async fn made(app: &TestApp, admin: &Person, term: &str, synonyms: &[&str]) -> Synonym {
    let answer = make(app, admin, json!({"term": term, "synonyms": synonyms})).await;
    assert_eq!(answer.status.as_u16(), 201, "{}", answer.text());
    serde_json::from_slice::<Data<Synonym>>(&answer.body).unwrap().data
}

#[tokio::test]
async fn what_is_made_changed_and_removed_is_found_by_at_once_everywhere() {
    let app = TestApp::start().await;
    let other = app.another().start().await;
    let admin = app.admin().await;
    let seats = app.category("Seats", None).await;
    app.product(NewProduct::new("Corner couch", seats)).await;
    let found =
        async |app: &TestApp, words: &str| !search(app, &[("q", words)]).await.data.products.is_empty();
    // At once where it was changed, a moment later elsewhere.
    let is_found = async |words: &str, expected: bool| {
        assert_eq!(found(&app, words).await, expected, "{words}");
        let heard = within(Duration::from_secs(1), words, async || {
            (found(&other, words).await == expected).then_some(())
        });
        heard.await;
    };
    is_found("davenport", false).await;

    let answer = make(&app, &admin, json!({"term": " Davenport ", "synonyms": ["couch"]})).await;
    let synonym = serde_json::from_slice::<Data<Synonym>>(&answer.body).unwrap().data;
    let path = format!("{ALL}/{}", synonym.id);
    assert_eq!((answer.header("location"), answer.header("etag")), (path.as_str(), "\"v1\""));
    assert_eq!((synonym.term.as_str(), synonym.version), ("Davenport", 1));
    is_found("davenport", true).await;
    is_found("DAVENPORTS", true).await;

    let changed = app.by(&admin, Method::PATCH, &path, Some(json!({"synonyms": ["bench"]}))).await;
    assert_eq!(changed.header("etag"), "\"v2\"");
    is_found("davenport", false).await;
    let renamed =
        app.by(&admin, Method::PATCH, &path, Some(json!({"term": "Settee", "synonyms": ["couch"]}))).await;
    assert_eq!(renamed.ok::<Data<Synonym>>().data.version, 3);
    is_found("settee", true).await;
    let same = app.by(&admin, Method::PATCH, &path, Some(json!({"term": "Settee"}))).await;
    assert_eq!(same.ok::<Data<Synonym>>().data.version, 3, "nothing changed");

    let read = app.by(&admin, Method::GET, &path, None).await;
    assert_eq!(
        (read.header("etag"), read.ok::<Data<Synonym>>().data.synonyms),
        ("\"v3\"", vec!["couch".to_owned()])
    );
    assert_eq!(app.by(&admin, Method::DELETE, &path, None).await.status.as_u16(), 204);
    is_found("settee", false).await;
    for (method, body) in [(Method::GET, None), (Method::PATCH, Some(json!({}))), (Method::DELETE, None)] {
        app.by(&admin, method, &path, body).await.problem(404, "NOT_FOUND");
    }
    for action in ["synonym.created", "synonym.deleted"] {
        let entries = app.audited(action, 1).await;
        assert_eq!(entries[0].entity_id.as_deref(), Some(synonym.id.to_string().as_str()));
    }
    let entries = app.audited("synonym.changed", 2).await;
    assert_eq!(entries[0].after, Some(json!({"synonyms": ["bench"]})));
}

#[tokio::test]
async fn a_term_is_there_once_and_every_one_has_a_word() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let sofa = made(&app, &admin, "Sofa", &["couch"]).await;
    made(&app, &admin, "Bench", &["seat"]).await;
    for term in ["sofa", "SÓFA", "sofas", " sofa! "] {
        let problem =
            make(&app, &admin, json!({"term": term, "synonyms": ["x"]})).await.problem(409, "CONFLICT");
        assert_eq!(problem.errors[0].pointer.as_deref(), Some("/term"));
    }
    let path = format!("{ALL}/{}", sofa.id);
    app.by(&admin, Method::PATCH, &path, Some(json!({"term": "bench"}))).await.problem(409, "CONFLICT");
    for (body, pointer) in [
        (json!({"term": "%", "synonyms": ["x"]}), "/term"),
        (json!({"term": "x", "synonyms": ["y", "!"]}), "/synonyms/1"),
        (json!({"term": "x", "synonyms": []}), "/synonyms"),
        (json!({"term": "x", "synonyms": ["y", ""]}), "/synonyms"),
        (json!({"term": "", "synonyms": ["x"]}), "/term"),
        (json!({"synonyms": ["x"]}), "/term"),
        (json!({"term": "x", "synonyms": vec!["y"; 21]}), "/synonyms"),
    ] {
        let problem = make(&app, &admin, body.clone()).await.problem(422, "VALIDATION_ERROR");
        assert_eq!(problem.errors[0].pointer.as_deref(), Some(pointer), "{body}");
    }
}

#[tokio::test]
async fn a_stale_change_is_refused() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let path = format!("{ALL}/{}", made(&app, &admin, "Sofa", &["couch"]).await.id);
    let bearer = admin.bearer();
    for (condition, expected) in [("\"v7\"", 412), ("\"v1\"", 200), ("\"v1\"", 412), ("*", 200)] {
        let headers = [("authorization", bearer.as_str()), ("if-match", condition)];
        let body = Some(json!({"synonyms": [format!("couch {expected} {condition}")]}));
        let answer = app.request(Method::PATCH, &path, &headers, body).await;
        assert_eq!(answer.status.as_u16(), expected, "{condition}");
    }
    let headers = [("authorization", bearer.as_str()), ("if-match", "\"v1\"")];
    app.request(Method::DELETE, &path, &headers, None).await.problem(412, "PRECONDITION_FAILED");
}

#[tokio::test]
async fn terms_are_listed_by_page_and_by_cursor() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for term in ["Sofa", "élan", "bench", "Table", "cell phone"] {
        made(&app, &admin, term, &["x"]).await;
    }
    let list = async |query: &str| app.by(&admin, Method::GET, &format!("{ALL}?{query}"), None).await;
    let terms = |page: &Page<Synonym>| page.data.iter().map(|row| row.term.clone()).collect::<Vec<_>>();
    let sorted = ["bench", "cell phone", "élan", "Sofa", "Table"];
    assert_eq!(terms(&list("").await.ok()), sorted);
    let page: Page<Synonym> = list("sort=-term&page=2&limit=2").await.ok();
    assert_eq!(terms(&page), ["élan", "cell phone"]);
    let Meta::Numbered(meta) = page.meta else { panic!("not numbered") };
    assert_eq!((meta.total, meta.total_pages), (5, 3));

    let mut walked = vec![];
    let mut cursor = Some(String::new());
    while let Some(next) = cursor {
        let answer = list(&format!("cursor={next}&limit=2")).await;
        let page: Page<Synonym> = answer.ok();
        walked.extend(terms(&page));
        let Meta::Cursor(meta) = page.meta else { panic!("no cursor") };
        cursor = meta.next_cursor;
        let statements: Vec<_> = sql::of(&answer).into_iter().filter(|sql| sql.contains("LIMIT")).collect();
        let plan = sql::plan(&app, statements.last().unwrap()).await;
        assert!(plan.contains("uq_synonyms_term_folded") || plan.contains("pk_synonyms"), "{plan}");
    }
    assert_eq!(walked, sorted);
    assert_eq!(list("cursor=").await.statements() + 1, list("page=1").await.statements());
    list("page=1&cursor=").await.problem(400, "INVALID_PARAMETER");
}

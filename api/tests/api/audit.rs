//! Reading the audit log: who did what, and what it was like before and after.

use std::{collections::BTreeSet, time::Duration};

use entity::audit_log;
use openapi::{Page, audit::AuditEntry, paging::Meta};
use reqwest::Method;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use crate::support::{Answer, Person, TestApp, sql};

const LOG: &str = "/api/admin/audit";

async fn read(app: &TestApp, admin: &Person, query: &str) -> Answer {
    app.by(admin, Method::GET, &format!("{LOG}?{query}"), None).await
}

/// The actions of the entries found.
async fn actions(app: &TestApp, admin: &Person, query: &str) -> Vec<String> {
    let page: Page<AuditEntry> = read(app, admin, query).await.ok();
    page.data.into_iter().map(|entry| entry.action).collect()
}

/// An administrator makes, changes and removes a synonym, a minute apart; its id.
async fn history(app: &TestApp, admin: &Person) -> Uuid {
    let body = json!({"term": "Sofa", "synonyms": ["couch"]});
    let made = app.by(admin, Method::POST, "/api/admin/synonyms", Some(body)).await.json();
    let path = format!("/api/admin/synonyms/{}", made["data"]["id"].as_str().unwrap());
    app.clock.advance(Duration::from_mins(1));
    let body = json!({"synonyms": ["settee"]});
    app.by(admin, Method::PATCH, &path, Some(body)).await.ok::<serde_json::Value>();
    app.clock.advance(Duration::from_mins(1));
    assert_eq!(app.by(admin, Method::DELETE, &path, None).await.status.as_u16(), 204);
    made["data"]["id"].as_str().unwrap().parse().unwrap()
}

/// Many entries, written straight into the database, a second apart, and PostgreSQL told of them.
async fn crowd(app: &TestApp, count: usize) {
    let number = |n: usize| Uuid::from_u128(n as u128);
    let rows: Vec<_> = (0..count)
        .map(|n| audit_log::Model {
            id: Uuid::now_v7(),
            actor_id: Some(number(n % 97)),
            actor_email: Some("admin@example.com".to_owned()),
            action: format!("something.done-{}", n % 41),
            entity_type: format!("thing-{}", n % 31),
            entity_id: Some(number(n % 101).to_string()),
            before: Some(json!({"name": "What it was called", "number": n})),
            after: Some(json!({"name": "What it is called now", "number": n})),
            request_id: Some(number(n).to_string()),
            ip: None,
            created_at: app.clock.now() + Duration::from_secs(n as u64),
        })
        .collect();
    let db = app.db.for_migrations();
    for some in rows.chunks(500) {
        let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
        audit_log::Entity::insert_many(some).exec_without_returning(db).await.unwrap();
    }
    // SQLite has not counted a log that has grown by itself.
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared("ANALYZE").await.unwrap();
    }
}

#[tokio::test]
async fn the_log_tells_who_did_what_and_what_it_was_like() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let sofa = history(&app, &admin).await;
    let page: Page<AuditEntry> = read(&app, &admin, "entityType=synonym").await.ok();
    let told: Vec<_> =
        page.data.iter().map(|entry| (entry.action.as_str(), &entry.before, &entry.after)).collect();
    let (made, now) =
        (json!({"term": "Sofa", "synonyms": ["couch"]}), json!({"term": "Sofa", "synonyms": ["settee"]}));
    assert_eq!(
        told,
        [
            ("synonym.deleted", &Some(now), &None),
            (
                "synonym.changed",
                &Some(json!({"synonyms": ["couch"]})),
                &Some(json!({"synonyms": ["settee"]}))
            ),
            ("synonym.created", &None, &Some(made)),
        ]
    );
    for entry in &page.data {
        assert_eq!(
            (entry.entity_type.as_str(), entry.entity_id.clone()),
            ("synonym", Some(sofa.to_string()))
        );
        assert_eq!(
            (entry.actor_id, entry.actor_email.as_deref()),
            (Some(admin.id), Some(admin.email.as_str()))
        );
        assert!(entry.request_id.is_some());
        assert_eq!(entry.ip.as_deref(), Some("127.0.0.1"));
    }
    assert_eq!(page.data[0].created_at, app.clock.now());
}

#[tokio::test]
async fn entries_are_found_by_what_was_done_to_what_by_whom_and_when() {
    let app = TestApp::start().await;
    let (ada, bob) = (app.admin().await, app.admin().await);
    app.clock.advance(Duration::from_mins(1));
    let begun = app.clock.now();
    let sofa = history(&app, &ada).await;
    let is_active = Some(json!({"isActive": false}));
    let customer = app.customer().await;
    app.clock.advance(Duration::from_mins(1));
    let path = format!("/api/admin/customers/{}", customer.id);
    app.by(&bob, Method::PATCH, &path, is_active).await.ok::<serde_json::Value>();
    let at =
        |minutes: i64| (begun + chrono::TimeDelta::minutes(minutes)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let (created, changed, deleted, disabled) =
        ("synonym.created", "synonym.changed", "synonym.deleted", "account.disabled");
    for (query, expected) in [
        ("entityType=synonym".to_owned(), vec![deleted, changed, created]),
        ("action=synonym.changed".to_owned(), vec![changed]),
        (format!("entityId={sofa}"), vec![deleted, changed, created]),
        (format!("entityId={sofa}&entityType=synonym&action=synonym.created"), vec![created]),
        (format!("entityId={sofa}&entityType=user"), vec![]),
        (format!("actorId={}&entityType=synonym", bob.id), vec![]),
        (format!("actorId={}&action={disabled}", bob.id), vec![disabled]),
        (format!("entityType=synonym&from={}", at(1)), vec![deleted, changed]),
        (format!("entityType=synonym&to={}", at(1)), vec![changed, created]),
        (format!("entityType=synonym&from={0}&to={0}", at(1)), vec![changed]),
        (format!("from={}", at(3)), vec![disabled]),
        (format!("entityType=synonym&from={}", at(3)), vec![]),
        ("action=synonym.".to_owned(), vec![]),
        ("action=%25".to_owned(), vec![]),
    ] {
        assert_eq!(actions(&app, &ada, &query).await, expected, "{query}");
    }
    // The same moment, as it is called elsewhere.
    let elsewhere = (begun + chrono::TimeDelta::hours(2)).format("%Y-%m-%dT%H:%M:%S%%2B02:00");
    assert_eq!(actions(&app, &ada, &format!("entityType=synonym&to={elsewhere}")).await, [created]);
    for (query, parameter) in [
        (format!("from={}&to={}", at(1), at(0)), "from"),
        ("from=yesterday".to_owned(), "from"),
        ("to=2026-01-31".to_owned(), "to"),
        ("actorId=ada".to_owned(), "actorId"),
        ("action=".to_owned(), "action"),
        ("sort=createdAt".to_owned(), "sort"),
    ] {
        let problem = read(&app, &ada, &query).await.problem(400, "INVALID_PARAMETER");
        assert_eq!(problem.errors[0].parameter.as_deref(), Some(parameter), "{query}");
    }
}

#[tokio::test]
async fn both_ways_of_paging_show_every_entry_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    // All at one moment, so that only ids tell them apart.
    for nth in 0..7 {
        let body = json!({"term": format!("Term {nth}"), "synonyms": ["couch"]});
        let made = app.by(&admin, Method::POST, "/api/admin/synonyms", Some(body)).await;
        assert_eq!(made.status.as_u16(), 201);
    }
    let mut by_number = vec![];
    for page in 1..=3 {
        let page: Page<AuditEntry> =
            read(&app, &admin, &format!("entityType=synonym&limit=3&page={page}")).await.ok();
        assert!(matches!(&page.meta, Meta::Numbered(meta) if (meta.total, meta.total_pages) == (7, 3)));
        by_number.extend(page.data.iter().map(|entry| entry.id));
    }
    let (mut by_cursor, mut cursor) = (vec![], String::new());
    loop {
        let page: Page<AuditEntry> =
            read(&app, &admin, &format!("entityType=synonym&limit=3&cursor={cursor}")).await.ok();
        by_cursor.extend(page.data.iter().map(|entry| entry.id));
        let Meta::Cursor(meta) = page.meta else { panic!("no cursor") };
        let Some(next) = meta.next_cursor else { break };
        cursor = next;
    }
    assert_eq!(by_number, by_cursor);
    assert!(by_number.is_sorted_by(|one, next| one > next), "the newest first");
    assert_eq!(by_number.into_iter().collect::<BTreeSet<_>>().len(), 7);
    read(&app, &admin, "page=1&cursor=").await.problem(400, "INVALID_PARAMETER");
    read(&app, &admin, "cursor=garbage").await.problem(400, "INVALID_PARAMETER");
}

#[tokio::test]
async fn every_filter_is_served_by_an_index() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    crowd(&app, 5_000).await;
    let id = Uuid::from_u128(7);
    let cursor = read(&app, &admin, "cursor=&limit=3").await.json()["meta"]["nextCursor"].clone();
    let cursor = cursor.as_str().unwrap();
    for (query, index) in [
        (String::new(), "ix_audit_log_created_at"),
        ("from=2026-01-01T00:00:00Z&to=2026-01-31T00:00:00Z".to_owned(), "ix_audit_log_created_at"),
        ("action=something.done-7".to_owned(), "ix_audit_log_action_created_at"),
        ("entityType=thing-7".to_owned(), "ix_audit_log_entity_type_created_at"),
        (format!("entityId={id}"), "ix_audit_log_entity_id_created_at"),
        (format!("entityType=thing-7&entityId={id}"), "ix_audit_log_entity_id_created_at"),
        (format!("actorId={id}"), "ix_audit_log_actor_id_created_at"),
        (format!("actorId={id}&from=2026-01-01T00:00:00Z"), "ix_audit_log_actor_id_created_at"),
    ] {
        for cursor in ["", cursor] {
            let answer = read(&app, &admin, &format!("cursor={cursor}&limit=3&{query}")).await;
            let statements = sql::but_for_access(&answer);
            assert_eq!(statements.len(), 1, "{query}: {statements:#?}");
            let plan = sql::plan(&app, &statements[0]).await;
            assert!(plan.contains(index), "{query}: {plan}");
            assert!(!plan.contains("Seq Scan"), "{query}: {plan}");
            // Where two are said, so few may be left that sorting them costs nothing.
            let sorts = plan.contains("Sort") || plan.contains("TEMP B-TREE");
            assert!(!sorts || query.contains("&entityId"), "{query}: {plan}");
        }
        let numbered = sql::but_for_access(&read(&app, &admin, &format!("page=2&{query}")).await);
        assert_eq!(numbered.len(), 2, "{query}: {numbered:#?}");
    }
}

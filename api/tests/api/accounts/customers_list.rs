//! Finding accounts, whatever is known of them.

use std::{collections::BTreeSet, time::Duration};

use api::{
    clock::IdSource,
    seed::{Seeder, demo},
};
use entity::{
    user::{self, UserRole},
    user_word,
};
use openapi::{Page, customers::Customer, paging::Meta};
use reqwest::Method;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::support::{Answer, Person, TestApp, sql};

const LIST: &str = "/api/admin/customers";

async fn list(app: &TestApp, admin: &Person, query: &str) -> Answer {
    app.by(admin, Method::GET, &format!("{LIST}?{query}"), None).await
}

/// The addresses found, without their domain.
async fn found(app: &TestApp, admin: &Person, query: &str) -> Vec<String> {
    let page: Page<Customer> = list(app, admin, query).await.ok();
    page.data.iter().map(|one| one.email.split('@').next().unwrap().to_owned()).collect()
}

/// Many accounts, written straight into the database, and the planner told of them.
async fn crowd(app: &TestApp, count: usize) {
    let rows: Vec<_> = (0..count).map(|nth| app.new_user(&format!("person{nth}@example.com"))).collect();
    let db = app.db.for_migrations();
    for some in rows.chunks(500) {
        let users = some.iter().cloned().map(IntoActiveModel::into_active_model);
        user::Entity::insert_many(users).exec_without_returning(db).await.unwrap();
        let words = some.iter().flat_map(|row| {
            [&row.email, "person", "example", "com"]
                .map(|word| user_word::Model { word: word.into(), user_id: row.id })
        });
        let words = words.map(IntoActiveModel::into_active_model);
        user_word::Entity::insert_many(words).exec_without_returning(db).await.unwrap();
    }
    db.execute_unprepared("ANALYZE").await.unwrap();
}

/// Ada Lovelace, Àdele Łukasz, ADAM without names, Bob O'Neill-Smith; one a minute.
async fn people(app: &TestApp) -> Vec<Person> {
    let mut people = vec![];
    for (email, first, last) in [
        ("ada@pelicans.example", "Ada", "Lovelace"),
        ("Dele@example.com", "Àdele", "Łukasz"),
        ("ADAM@example.com", "Zoë", "Ng"),
        ("bob.smith@example.com", "Bob", "O'Neill-Smith"),
    ] {
        app.clock.advance(Duration::from_mins(1));
        people.push(app.named(email, first, last).await);
    }
    people
}

#[tokio::test]
async fn people_are_found_by_the_beginnings_of_their_names_and_addresses() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    people(&app).await;
    for (q, expected) in [
        ("ada", vec!["ADAM", "ada"]),
        ("ADA", vec!["ADAM", "ada"]),
        ("adam@example.com", vec!["ADAM"]),
        ("ada@pel", vec!["ada"]),
        ("pelicans", vec!["ada"]),
        ("adele", vec!["Dele"]),
        ("del", vec!["Dele"]),
        ("%C3%80DELE", vec!["Dele"]),
        ("lukasz", vec!["Dele"]),
        ("zoe", vec!["ADAM"]),
        ("neill", vec!["bob.smith"]),
        ("o'neill-s", vec!["bob.smith"]),
        ("smith", vec!["bob.smith"]),
        ("lovel%20ad", vec!["ada"]),
        ("ada%20%20LOV", vec!["ada"]),
        ("ada%20smith", vec![]),
        ("ovelace", vec![]),
        ("%25", vec![]),
        ("_da", vec![]),
        ("'%20OR%201=1", vec![]),
    ] {
        let found = found(&app, &admin, &format!("q={q}&sort=email")).await;
        let expected: Vec<_> = expected.into_iter().collect();
        let found: BTreeSet<_> = found.iter().map(String::as_str).collect();
        assert_eq!(found, expected.into_iter().collect(), "{q}");
    }
}

#[tokio::test]
async fn people_are_found_by_what_they_are_called_now() {
    let app = TestApp::start().await;
    let (admin, ada) = (app.admin().await, people(&app).await.remove(0));
    let body = serde_json::json!({"lastName": "Byron"});
    assert_eq!(app.by(&ada, Method::PATCH, "/api/auth/me", Some(body)).await.status, 200);
    assert_eq!(found(&app, &admin, "q=byron").await, ["ada"]);
    assert_eq!(found(&app, &admin, "q=lovelace").await, Vec::<String>::new());
}

#[tokio::test]
async fn lists_are_filtered_and_sorted() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let people = people(&app).await;
    let me = admin.email.split('@').next().unwrap();
    app.change_user(people[0].id, |row| row.is_active = Set(false)).await;
    app.change_user(people[1].id, |row| row.role = Set(UserRole::Admin)).await;
    for (query, expected) in [
        ("sort=createdAt", vec![me, "ada", "Dele", "ADAM", "bob.smith"]),
        ("sort=-createdAt", vec!["bob.smith", "ADAM", "Dele", "ada", me]),
        ("", vec!["bob.smith", "ADAM", "Dele", "ada", me]),
        ("sort=email", vec!["ada", "ADAM", "bob.smith", me, "Dele"]),
        ("sort=-email", vec!["Dele", me, "bob.smith", "ADAM", "ada"]),
        ("isActive=false", vec!["ada"]),
        ("role=ADMIN&sort=createdAt", vec![me, "Dele"]),
        ("role=ADMIN&isActive=false", vec![]),
        ("role=CUSTOMER&isActive=true&q=ada", vec!["ADAM"]),
    ] {
        assert_eq!(found(&app, &admin, query).await, expected, "{query}");
    }
    for (query, parameter) in [
        ("sort=name", "sort"),
        ("role=admin", "role"),
        ("isActive=1", "isActive"),
        ("q=", "q"),
        ("who=me", "who"),
    ] {
        let problem = list(&app, &admin, query).await.problem(400, "INVALID_PARAMETER");
        assert_eq!(problem.errors[0].parameter.as_deref(), Some(parameter), "{query}");
    }
}

#[tokio::test]
async fn both_ways_of_paging_show_everybody_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut everybody = BTreeSet::from([admin.id]);
    // All at one moment, so that only ids tell them apart.
    for nth in 0..10 {
        everybody.insert(app.named(&format!("person{}@example.com", 9 - nth), "Same", "Name").await.id);
    }
    for sort in ["email", "-email", "createdAt", "-createdAt"] {
        let mut by_number: Vec<Uuid> = vec![];
        for page in 1..=4 {
            let page: Page<Customer> =
                list(&app, &admin, &format!("sort={sort}&limit=3&page={page}")).await.ok();
            let Meta::Numbered(meta) = page.meta else { panic!("no numbers") };
            assert_eq!((meta.total, meta.total_pages), (11, 4));
            by_number.extend(page.data.iter().map(|one| one.id));
        }
        let (mut by_cursor, mut cursor): (Vec<Uuid>, _) = (vec![], String::new());
        loop {
            let page: Page<Customer> =
                list(&app, &admin, &format!("sort={sort}&limit=3&cursor={cursor}")).await.ok();
            by_cursor.extend(page.data.iter().map(|one| one.id));
            let Meta::Cursor(meta) = page.meta else { panic!("no cursor") };
            let Some(next) = meta.next_cursor else { break };
            cursor = next;
        }
        assert_eq!(by_number, by_cursor, "{sort}");
        assert_eq!(by_number.len(), 11, "{sort}");
        assert_eq!(by_number.into_iter().collect::<BTreeSet<_>>(), everybody, "{sort}");
    }
    list(&app, &admin, "page=1&cursor=").await.problem(400, "INVALID_PARAMETER");
    list(&app, &admin, "cursor=garbage").await.problem(400, "INVALID_PARAMETER");
}

#[tokio::test]
async fn a_list_takes_few_statements_and_says_how_much_each_has_ordered() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let clock = app.clock.shared();
    let ids = IdSource::new(clock.clone());
    demo::load(&Seeder::new(&app.db, &clock, &ids)).await.unwrap();
    app.lets_in(&admin).await;
    let few: Page<Customer> = list(&app, &admin, "sort=email&role=CUSTOMER&q=j").await.ok();
    let counts: Vec<_> = few.data.iter().map(|one| (one.email.as_str(), one.order_count)).collect();
    assert_eq!(counts, [("jane@example.com", 1), ("john@example.com", 2)]);
    for nth in 0..12 {
        app.named(&format!("one{nth}@example.com"), "One", "More").await;
    }
    for (query, most) in [("", 3), ("q=one%20more", 3), ("cursor=", 2), ("q=one&cursor=", 2)] {
        let answer = list(&app, &admin, query).await;
        answer.ok::<Page<Customer>>();
        assert!(answer.statements() <= most, "{query}: {:#?}", sql::of(&answer));
    }
}

#[tokio::test]
async fn searches_and_orders_are_served_by_indexes() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    crowd(&app, 2_000).await;
    for (query, index) in [
        ("cursor=", "ix_users_created_at"),
        ("cursor=&sort=createdAt", "ix_users_created_at"),
        ("cursor=&sort=email", "uq_users_email_folded"),
        ("cursor=&q=person7", "user_words"),
    ] {
        let answer = list(&app, &admin, query).await;
        let statement = sql::of(&answer).into_iter().find(|sql| sql.contains("ORDER BY")).unwrap();
        let plan = sql::plan(&app, &statement).await;
        assert!(plan.contains(index), "{query}: {plan}");
        let scans = ["Seq Scan on user_words", "SCAN user_words"].iter().any(|scan| plan.contains(scan));
        assert!(!scans, "{query}: {plan}");
        if !query.contains("q=") {
            // Sorting by id what is alike already costs nothing.
            let sorts = plan
                .lines()
                .any(|step| step.contains("TEMP B-TREE FOR ORDER BY") || step.contains("->  Sort  ("));
            assert!(!sorts && !plan.starts_with("Sort  ("), "{query}: {plan}");
        }
    }
}

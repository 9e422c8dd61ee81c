//! What a search costs: a few statements, each by an index.

use crate::support::{Answer, TestApp, sql};

async fn large() -> TestApp {
    let app = TestApp::start().await;
    let clock = app.clock.shared();
    let ids = api::clock::IdSource::new(clock.clone());
    api::seed::synthetic::load(&api::seed::Seeder::new(&app.db, &clock, &ids), 3_000).await.unwrap();
    app
}

#[tokio::test]
async fn a_search_costs_the_same_whatever_it_finds() {
    let app = large().await;
    for (path, statements) in [
        // The categories, synonyms, known words, counts, page, products, options.
        ("/api/search?q=oak", 7),
        ("/api/search?q=oak&limit=1&page=2&inStock=true&category=lighting&minPrice=10", 7),
        ("/api/search?q=oak%20lamp", 7),
        ("/api/search?q=cameras", 7),
        // And what was meant.
        ("/api/search?q=walnt", 8),
        // Nothing to read beyond the counts.
        ("/api/search?q=SYN-9999999", 4),
        ("/api/search?q=%25", 1),
        ("/api/search/suggest?q=oak", 5),
        ("/api/search/suggest?q=walnt", 6),
        ("/api/search/popular", 6),
    ] {
        assert_eq!(app.get(path).await.statements(), statements, "{path}");
    }
}

#[tokio::test]
async fn no_search_reads_a_whole_table() {
    let app = large().await;
    for path in [
        "/api/search?q=SYN-0000007",
        "/api/search?q=zephyr%20lamp&limit=5&category=lighting&minPrice=10&inStock=true&onSale=false",
        "/api/search?q=walnt&sort=price&limit=5",
        "/api/search?q=walnut&sort=-name&page=2&limit=5",
        "/api/search/suggest?q=zeph",
        "/api/search/suggest?q=walnt",
    ] {
        let answer = app.get(path).await;
        let plans = plans(&app, &answer).await;
        let scans: Vec<_> = plans.iter().filter(|step| reads_a_table(step)).collect();
        assert!(scans.is_empty(), "{path}: {scans:#?} of {plans:#?}");
        let by_words = |step: &String| {
            step.contains("ix_search_documents_words") || step.contains("search_words VIRTUAL TABLE INDEX")
        };
        assert!(plans.iter().any(by_words), "{path}: {plans:#?}");
        let corrected = path.contains("walnt");
        let by_spelling = |step: &String| step.contains("search_spellings");
        assert_eq!(plans.iter().any(by_spelling), corrected, "{path}: {plans:#?}");
    }
}

/// The steps of everything the request asked of the database.
pub(super) async fn plans(app: &TestApp, answer: &Answer) -> Vec<String> {
    let mut steps = vec![];
    for statement in sql::of(answer) {
        steps.extend(sql::plan(app, &statement).await.lines().map(str::to_owned));
    }
    steps
}

pub(super) fn reads_a_table(step: &str) -> bool {
    let tables = [
        "products",
        "product_variants",
        "search_documents",
        "search_vocabulary",
        "search_spellings",
        "orders",
    ];
    let on_postgres = |table: &&str| step.contains(&format!("Seq Scan on {table}"));
    let on_sqlite = |table: &&str| step.contains(&format!("SCAN {table}")) && !step.contains("USING");
    tables.iter().any(|table| on_postgres(table) || on_sqlite(table))
}

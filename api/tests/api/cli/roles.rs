//! The role of the application: made by `migrate up`, able to do what a shop does, and nothing to its tables.

use futures_util::future::join_all;
use reqwest::Url;
use sea_orm::{ConnectionTrait, DatabaseConnection};

use super::program::Shop;
use crate::support::{
    TestApp, TestDatabase, connect, postgres_url,
    requests::{Cast, furnish, operations},
    roles::{as_superuser, new_role, url_as},
};

/// With what stands for something in URLs, and in SQL.
const PASSWORD: &str = "it's 100% \"a/b@c\", $$ isn't it? \\";

/// An owner as a managed service has one, who is no superuser, and the role of an application that is not made yet.
struct Roles {
    owner: String,
    role: String,
    database: TestDatabase,
}

impl Roles {
    async fn of(database: TestDatabase) -> Option<Self> {
        postgres_url()?;
        let (owner, name) = (new_role("owner"), Url::parse(&database.url).unwrap().path()[1..].to_owned());
        as_superuser(&[
            &format!("CREATE ROLE {owner} LOGIN CREATEROLE PASSWORD 'hush'"),
            &format!("ALTER DATABASE {name} OWNER TO {owner}"),
        ])
        .await;
        Some(Self { owner: url_as(&database.url, &owner, "hush"), role: new_role("Application"), database })
    }

    fn url(&self, password: &str) -> String {
        url_as(&self.database.url, &self.role, password)
    }

    fn shop(&self, password: &str) -> Shop {
        Shop::new().with("DATABASE_URL", self.url(password)).with("MIGRATION_DATABASE_URL", &self.owner)
    }
}

/// Everything that says what the role is and may do.
async fn standing(superuser: &DatabaseConnection, role: &str) -> Vec<String> {
    let question = format!(
        "SELECT rolpassword || rolcanlogin FROM pg_authid WHERE rolname = '{role}' \
         UNION ALL SELECT relname || relacl::text FROM pg_class WHERE relacl IS NOT NULL \
         UNION ALL SELECT defaclobjtype::text || defaclacl::text FROM pg_default_acl \
         UNION ALL SELECT nspname || nspacl::text FROM pg_namespace WHERE nspname = 'public' \
         UNION ALL SELECT datname || datacl::text FROM pg_database WHERE datname = current_database() ORDER BY 1"
    );
    let rows =
        superuser.query_all_raw(sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, question));
    rows.await.unwrap().iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

#[tokio::test]
async fn the_owner_makes_the_role_once_however_often_it_is_asked_to() {
    let Some(roles) = Roles::of(TestDatabase::empty().await).await else { return };
    let shop = roles.shop(PASSWORD).with("LOG_LEVEL", "trace,sql=trace");
    let together = join_all((0..3).map(|_| shop.run(&["migrate", "up"]))).await;
    for up in &together {
        assert!(up.said().ends_with(&format!("{} may read and write\n", roles.role)), "{}", up.stdout);
        for secret in [PASSWORD, "SCRAM-SHA-256$", "it's", "hush"] {
            assert!(!up.stdout.contains(secret) && !up.stderr.contains(secret), "{secret}: {}", up.stderr);
        }
    }
    let superuser = connect(&roles.database.url).await;
    let before = standing(&superuser, &roles.role).await;
    assert!(before.iter().any(|line| line.starts_with("SCRAM-SHA-256$4096:")), "{before:?}");
    shop.run(&["migrate", "up"]).await.said();
    assert_eq!(standing(&superuser, &roles.role).await, before);

    let changed = roles.shop("another one");
    changed.run(&["migrate", "up"]).await.said();
    changed.run(&["doctor", "--database"]).await.said();
    let refused = shop.run(&["doctor", "--database"]).await;
    assert!(refused.stdout.contains("password authentication failed"), "{}", refused.stdout);
    superuser.close().await.unwrap();
    roles.database.drop().await;
}

#[tokio::test]
async fn commands_need_no_more_than_the_role() {
    let Some(roles) = Roles::of(TestDatabase::empty().await).await else { return };
    roles.shop(PASSWORD).run(&["migrate", "up"]).await.said();
    let shop = Shop::new().with("DATABASE_URL", roles.url(PASSWORD));
    for command in [
        &["seed", "--demo", "--products", "50"][..],
        &["search", "reindex"],
        &["cache", "clear"],
        &["doctor", "--database"],
        &["migrate", "status"],
    ] {
        shop.run(command).await.said();
    }
    let server = shop.serve().await;
    assert!(server.products().await > 16, "more than the demo's");

    // What later migrations make is the application's to use, too.
    let owner = connect(&roles.owner).await;
    owner.execute_unprepared("CREATE TABLE later (id BIGSERIAL, name TEXT)").await.unwrap();
    let application = connect(&roles.url(PASSWORD)).await;
    application.execute_unprepared("INSERT INTO later (name) VALUES ('a')").await.unwrap();

    for forbidden in [
        "CREATE TABLE mine (id INT)",
        "CREATE SCHEMA mine",
        "CREATE INDEX ix_mine ON users (email)",
        "CREATE ROLE mine",
        "ALTER TABLE users ADD COLUMN mine INT",
        "ALTER TABLE users DROP CONSTRAINT pk_users",
        "DROP TABLE orders",
        "DROP SEQUENCE order_number_seq",
        "TRUNCATE orders",
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('mine', 1)",
        "DELETE FROM seaql_migrations",
    ] {
        match application.execute_unprepared(forbidden).await {
            Err(error) if error.to_string().contains("permission denied") => {}
            Err(error) if error.to_string().contains("must be owner") => {}
            other => panic!("{forbidden}: {other:?}"),
        }
    }
    for connection in [owner, application] {
        connection.close().await.unwrap();
    }
    roles.database.drop().await;
}

#[tokio::test]
async fn the_whole_api_works_as_the_role() {
    let app = TestApp::start().await;
    if postgres_url().is_none() {
        return;
    }
    let role = url_as(app.database_url(), &new_role("application"), PASSWORD);
    let up = Shop::new().with("DATABASE_URL", &role).with("MIGRATION_DATABASE_URL", app.database_url());
    up.run(&["migrate", "up"]).await.said();

    let shop = app.another().with("DATABASE_URL", &role).start().await;
    furnish(&shop).await;
    let spec = shop.get("/api/docs/openapi.json").await.json();
    let admin = shop.admin().await;
    for operation in operations(&spec) {
        let cast = Cast::of(&shop).await;
        let call = cast.call(&operation);
        for bearer in [&admin.token, &cast.owner.token] {
            let answer = cast.make(&shop, &call, Some(bearer)).await;
            assert!(answer.status.as_u16() < 500, "{}: {}", operation.id, answer.text());
        }
    }
}

#[tokio::test]
async fn a_role_on_a_server_that_does_not_answer_is_not_waited_for() {
    let Some(roles) = Roles::of(TestDatabase::empty().await).await else { return };
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut url = Url::parse(&roles.url("hush")).unwrap();
    url.set_port(Some(silent.local_addr().unwrap().port())).unwrap();
    let shop = Shop::new().with("DATABASE_URL", url).with("MIGRATION_DATABASE_URL", &roles.owner);
    let refused = shop.with("LOG_LEVEL", "error").run(&["migrate", "up"]).await;
    assert!(refused.refusal().contains("no answer in time"), "{refused:?}");
    roles.database.drop().await;
}

#[tokio::test]
async fn a_role_that_could_not_be_held_back_is_refused() {
    let database = TestDatabase::empty().await;
    let Some(server) = postgres_url() else {
        let shop = Shop::new()
            .with("DATABASE_URL", &database.url)
            .with("MIGRATION_DATABASE_URL", "postgres://owner:hush@127.0.0.1/shop");
        let refused = shop.run(&["migrate", "up"]).await;
        assert!(refused.refusal().contains("SQLite knows no roles"), "{refused:?}");
        return;
    };
    let roles = Roles::of(database).await.unwrap();
    let (owner, superuser) = (&roles.owner, &roles.database.url);
    let nobody = new_role("nobody");
    as_superuser(&[
        &format!("CREATE ROLE {nobody} LOGIN PASSWORD 'hush'"),
        &format!("GRANT {} TO {nobody}", Url::parse(owner).unwrap().username()),
    ])
    .await;
    for (url, why) in [
        (owner.clone(), "may do what their owner may"),
        (superuser.replace("postgres@", "postgres:hush@"), "may do what their owner may"),
        (url_as(superuser, &nobody, "hush"), "may do what their owner may"),
        (superuser.replace("postgres@", "nobody@"), "must name a role and its password"),
        (roles.url("gr\u{fc}n"), "of ASCII characters"),
        (
            url_as(&server, "application", "hush").replace("/postgres", "/other"),
            "must name the same database",
        ),
    ] {
        let shop = Shop::new().with("DATABASE_URL", &url).with("MIGRATION_DATABASE_URL", owner);
        let shop = shop.with("LOG_LEVEL", "error");
        let refused = shop.run(&["migrate", "up"]).await;
        assert!(refused.refusal().contains(why) && !refused.stderr.contains("hush"), "{url}: {refused:?}");
    }
    roles.database.drop().await;
}

//! Secrets that change while the server runs: it reads their files again, and goes on.

use std::{path::PathBuf, time::Duration};

use futures_util::future::join_all;
use reqwest::Method;
use sea_orm::ConnectionTrait;
use tempfile::TempDir;

use crate::support::{
    PATIENCE, Person, RedisServer, TestApp, connect, postgres_url,
    roles::{as_superuser, new_role, url_as},
    tokens::Parts,
    within,
};

/// Within this long a server takes over what a file says.
const SECOND: Duration = Duration::from_secs(1);
/// Asks the database each time.
const ASKS: &str = "/api/account/addresses";

/// A folder of secrets.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// As Kubernetes does it: at once, or not at all.
    fn write(&self, name: &str, content: &str) -> String {
        let (draft, path): (PathBuf, PathBuf) = (self.0.path().join("draft"), self.0.path().join(name));
        std::fs::write(&draft, format!("{content}\n")).unwrap();
        std::fs::rename(draft, &path).unwrap();
        path.display().to_string()
    }
}

async fn asks(app: &TestApp, who: &Person) -> u16 {
    app.by(who, Method::GET, ASKS, None).await.status.as_u16()
}

#[tokio::test]
async fn a_new_password_of_the_database_takes_no_new_start() {
    let first = TestApp::start().await;
    if postgres_url().is_none() {
        return;
    }
    let role = new_role("application");
    as_superuser(&[&format!(
        "CREATE ROLE {role} LOGIN PASSWORD 'one' IN ROLE pg_read_all_data, pg_write_all_data"
    )])
    .await;
    let (files, url) = (Files::new(), |password: &str| url_as(first.database_url(), &role, password));
    let path = files.write("database-url", &url("one"));
    let app = first.another().with("DATABASE_URL", "").with("DATABASE_URL_FILE", &path).start().await;
    let ada = app.customer().await;

    // What cannot be used changes nothing.
    for nonsense in ["", "nonsense", "sqlite:shop.db"] {
        files.write("database-url", nonsense);
        tokio::time::sleep(SECOND).await;
        assert_eq!(asks(&app, &ada).await, 200, "{nonsense:?}");
    }

    // Some connections, so that nobody needs another while the one knows of the new password and the other does not.
    join_all((0..4).map(|_| asks(&app, &ada))).await;
    files.write("database-url", &url("two"));
    as_superuser(&[&format!("ALTER ROLE {role} PASSWORD 'two'")]).await;
    let changed = tokio::time::Instant::now();
    while changed.elapsed() < SECOND {
        assert_eq!(asks(&app, &ada).await, 200, "the connections there are go on");
    }
    // As many as need connections that have not been made yet.
    let answers = join_all((0..30).map(|_| asks(&app, &ada))).await;
    assert_eq!(answers, [200; 30]);

    let superuser = connect(first.database_url()).await;
    let of_the_role = format!("FROM pg_stat_activity WHERE usename = '{role}'");
    let ended = format!("SELECT pg_terminate_backend(pid) {of_the_role}");
    superuser.execute_unprepared(&ended).await.unwrap();
    superuser.close().await.unwrap();
    within(PATIENCE, "connections with the new password", async || {
        join_all((0..30).map(|_| asks(&app, &ada))).await.iter().all(|status| *status == 200).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_new_password_of_redis_takes_no_new_start() {
    let Some(mut redis) = RedisServer::start().await else { return };
    redis.want("one").await;
    let files = Files::new();
    let path = files.write("redis-password", "one");
    let (host, port) = redis.place();
    let app = TestApp::builder()
        .with("REDIS_URL", "")
        .with("REDIS_HOST", host)
        .with("REDIS_PORT", port)
        .with("REDIS_PASSWORD_FILE", path)
        .start()
        .await;
    let is_up = async || app.get("/ready?strict=true").await.status.is_success().then_some(());
    within(PATIENCE, "Redis is there", is_up).await;

    // Both passwords are good for a while.
    redis.want("two").await;
    files.write("redis-password", "two");
    tokio::time::sleep(SECOND).await;
    is_up().await.unwrap();
    redis.forget("one").await;
    is_up().await.unwrap();
    redis.send("CLIENT KILL SKIPME yes").await;
    within(PATIENCE, "Redis is there again", is_up).await;

    // A server that is told too late comes back by itself.
    redis.want("three").await;
    redis.forget("two").await;
    redis.send("CLIENT KILL SKIPME yes").await;
    tokio::time::sleep(SECOND).await;
    assert!(is_up().await.is_none(), "nobody is let in with the password of before");
    files.write("redis-password", "three");
    within(PATIENCE, "Redis is there again", is_up).await;
}

#[tokio::test]
async fn a_new_secret_signs_nobody_out() {
    let secrets =
        ["first", "second", "third"].map(|name| format!("the {name} secret of this shop, 0123456789"));
    let files = Files::new();
    let app = TestApp::builder()
        .with("JWT_SECRET", "")
        .with("JWT_SECRET_FILE", files.write("jwt-secret", &secrets[0]))
        .with("JWT_SECRET_PREVIOUS_FILE", files.write("jwt-secret-previous", ""))
        .with("SMTP_URL_FILE", files.write("smtp-url", ""))
        .start()
        .await;
    let ada = app.customer().await;
    let key_of = |who: &Person| Parts::of(&who.token).header["kid"].clone();

    // What is wrong elsewhere keeps nobody from using what is right.
    files.write("smtp-url", "nonsense");
    files.write("jwt-secret-previous", &secrets[0]);
    files.write("jwt-secret", &secrets[1]);
    let again = within(2 * SECOND, "the new key", async || {
        Some(app.sign_in(&ada.email).await).filter(|again| key_of(again) != key_of(&ada))
    })
    .await;
    for who in [&ada, &again] {
        assert_eq!(asks(&app, who).await, 200);
    }
    let renewed = Person::of(&app.with_cookie(&ada.cookie, "/api/auth/refresh").await);
    assert_eq!(key_of(&renewed), key_of(&again), "and its session goes on");

    files.write("jwt-secret", "");
    tokio::time::sleep(SECOND).await;
    assert_eq!(asks(&app, &again).await, 200, "no secret at all is a mistake");

    files.write("jwt-secret-previous", &secrets[1]);
    files.write("jwt-secret", &secrets[2]);
    within(2 * SECOND, "the first key is forgotten", async || (asks(&app, &ada).await == 401).then_some(()))
        .await;
    assert_eq!(asks(&app, &again).await, 200);
}

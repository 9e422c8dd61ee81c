//! Roles of PostgreSQL, beside the superuser that makes the tests' databases.

use reqwest::Url;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{connect, postgres_url};

/// A name no other role has.
pub fn new_role(kind: &str) -> String {
    format!("{kind}_{}", Uuid::now_v7().simple())
}

/// The same database as somebody else.
pub fn url_as(database: &str, role: &str, password: &str) -> String {
    let mut url = Url::parse(database).unwrap();
    url.set_username(role).unwrap();
    url.set_password(Some(password)).unwrap();
    url.into()
}

/// What a superuser does to roles. They are left to the throw-away server: what they may do goes with the database.
pub async fn as_superuser(statements: &[&str]) {
    let connection = connect(&postgres_url().unwrap()).await;
    for statement in statements {
        connection.execute_unprepared(statement).await.unwrap();
    }
    connection.close().await.unwrap();
}

//! The role a server connects as: made by the owner of the tables, allowed to read and write, and nothing else.

use percent_encoding::percent_decode_str;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement, sqlx};
use url::Url;

use super::{Database, connect::try_postgres, hold::wait_for_name, schema::MIGRATION_LOCK, scram};
use crate::config::DatabaseUrl;

/// Why the role cannot be made. Each says in one sentence what to do.
#[derive(Debug, thiserror::Error)]
pub enum RoleError {
    #[error(
        "DATABASE_URL must name a role and its password, of ASCII characters: the owner makes it as named there."
    )]
    Unnamed,
    #[error(
        "The role {0} of DATABASE_URL owns tables, or may do what their owner may: name one there that is the application's alone."
    )]
    TooMighty(String),
    #[error("The role {role} of DATABASE_URL cannot be asked for ({why}): check that the server is up.")]
    Unreachable { role: String, why: String },
    #[error("Random numbers cannot be had ({0}).")]
    Random(getrandom::Error),
    #[error(
        "The role of DATABASE_URL cannot be made or given its rights ({0}): the owner must be allowed to."
    )]
    Refused(#[from] DbErr),
}

impl Database {
    /// Sees to it that the role of a URL exists, can log in with the URL's password, and may read and write what this
    /// connection's own role has made or will make. Changes nothing where that is so.
    pub(crate) async fn admit(&self, url: &DatabaseUrl) -> Result<String, RoleError> {
        let DatabaseUrl::Postgres(url) = url else { return Err(RoleError::Unnamed) };
        let (role, password) = login(url).ok_or(RoleError::Unnamed)?;
        let transaction = self.begin().await?;
        wait_for_name(&transaction, MIGRATION_LOCK).await?;
        refuse_the_mighty(&transaction, &role).await?;
        let verifier = if can_log_in(url).await.map_err(|why| unreachable(&role, &why))? {
            String::new()
        } else {
            let mut salt = [0; 16];
            getrandom::fill(&mut salt).map_err(RoleError::Random)?;
            scram::verifier(&password, &salt)
        };
        for (name, value) in [("bottega.role", &role), ("bottega.verifier", &verifier)] {
            let set = Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT set_config($1, $2, true)",
                [name.into(), value.into()],
            );
            transaction.query_one_raw(set).await?;
        }
        transaction.execute_unprepared(include_str!("role.sql")).await?;
        transaction.commit().await?;
        Ok(role)
    }
}

fn login(url: &Url) -> Option<(String, String)> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().ok().map(String::from);
    let (role, password) = (decoded(url.username())?, decoded(url.password()?)?);
    (!role.is_empty() && !password.is_empty() && password.is_ascii()).then_some((role, password))
}

/// Whoever owns the tables, or can act as their owner, cannot be kept from changing them.
async fn refuse_the_mighty(transaction: &DatabaseTransaction, role: &str) -> Result<(), RoleError> {
    let question = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT pg_has_role(oid, current_user, 'MEMBER') OR EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid \
         AND relnamespace = current_schema()::regnamespace) AS is_mighty FROM pg_roles WHERE rolname = $1",
        [role.into()],
    );
    let found = transaction.query_one_raw(question).await?;
    match found.map(|row| row.try_get("", "is_mighty")).transpose()? {
        Some(true) => Err(RoleError::TooMighty(role.to_owned())),
        _ => Ok(()),
    }
}

/// Whether the role can log in with the password it has.
async fn can_log_in(url: &Url) -> Result<bool, sqlx::Error> {
    match try_postgres(url).await {
        Ok(()) => Ok(true),
        Err(sqlx::Error::Database(refusal)) => match refusal.code().as_deref() {
            Some("28P01" | "28000") => Ok(false),
            // Who is told that they may not use this database has been let in.
            Some("42501") => Ok(true),
            _ => Err(sqlx::Error::Database(refusal)),
        },
        Err(error) => Err(error),
    }
}

fn unreachable(role: &str, why: &sqlx::Error) -> RoleError {
    RoleError::Unreachable { role: role.to_owned(), why: why.to_string() }
}

//! Where the truth is kept.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use url::Url;

use super::{ConfigError, Environment, Mode, Variable};

const DATABASE_URL: Variable = Variable::secret(
    "DATABASE_URL",
    "the file `./data/bottega.db`",
    "`postgres://user:password@host:5432/name`, or `sqlite:path/to/file.db`.",
);
const MIGRATION_DATABASE_URL: Variable = Variable::secret(
    "MIGRATION_DATABASE_URL",
    "none",
    "The same PostgreSQL database as the owner of its tables, for `bottega migrate` alone: `up` then makes the role of \
     `DATABASE_URL`, which may read and write and not change tables.",
);
const DATABASE_MAX_CONNECTIONS: Variable = Variable::open(
    "DATABASE_MAX_CONNECTIONS",
    "`10`",
    "How many connections one server holds at most (on SQLite: readers, beside the one writer).",
);
const ALLOW_SQLITE_IN_PRODUCTION: Variable = Variable::open(
    "ALLOW_SQLITE_IN_PRODUCTION",
    "`false`",
    "Whether production may run on SQLite: one server, one disk, no failover.",
);

pub(super) const VARIABLES: &[Variable] =
    &[DATABASE_URL, MIGRATION_DATABASE_URL, DATABASE_MAX_CONNECTIONS, ALLOW_SQLITE_IN_PRODUCTION];

/// Which engine, and where. Prints without its password.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    Sqlite(PathBuf),
    Postgres(Url),
}

impl FromStr for DatabaseUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let expected = "it must look like postgres://user:password@host:5432/name or sqlite:path/to/file.db";
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return match path {
                "" | ":memory:" => Err("sqlite: must be followed by the path of a file"),
                path => Ok(Self::Sqlite(path.into())),
            };
        }
        match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "postgres" | "postgresql") && url.has_host() => {
                Ok(Self::Postgres(url))
            }
            _ => Err(expected),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "the SQLite file {}", path.display()),
            Self::Postgres(url) => {
                let host = url.host_str().unwrap_or_default();
                write!(f, "PostgreSQL at {host}:{}{}", url.port().unwrap_or(5432), url.path())
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Where the truth is kept.
#[derive(Debug, Clone)]
pub struct DatabaseConfig {
    pub url: DatabaseUrl,
    /// Nobody named a database: the shop runs on its own file, migrates it and fills it with the demo on first start.
    pub embedded: bool,
    pub max_connections: u32,
    /// As whom migrations are made, where that is somebody else.
    pub owner: Option<DatabaseUrl>,
}

impl DatabaseConfig {
    pub(super) fn read(environment: &Environment, mode: Mode) -> Result<Self, ConfigError> {
        let given: Option<DatabaseUrl> = environment.parsed(&DATABASE_URL)?;
        let embedded = given.is_none();
        let url = given.unwrap_or_else(|| DatabaseUrl::Sqlite("data/bottega.db".into()));
        let sqlite_allowed = environment.flag(&ALLOW_SQLITE_IN_PRODUCTION, false)?;
        if mode == Mode::Production && matches!(url, DatabaseUrl::Sqlite(_)) && !sqlite_allowed {
            return Err(ConfigError::UnsafeInProduction(
                "set DATABASE_URL to a PostgreSQL database, or ALLOW_SQLITE_IN_PRODUCTION=true if one server and one \
                 disk are enough"
                    .into(),
            ));
        }
        let owner = environment.parsed(&MIGRATION_DATABASE_URL)?;
        if let Some(owner) = &owner {
            require_same_database(owner, &url)?;
        }
        Ok(Self {
            url,
            owner,
            embedded,
            max_connections: environment.number(&DATABASE_MAX_CONNECTIONS, 1, 1_000, 10)?,
        })
    }

    /// The database as its owner sees it, where that is somebody else than the server.
    pub(crate) fn as_owner(&self) -> Option<Self> {
        self.owner.clone().map(|url| Self { url, owner: None, ..self.clone() })
    }

    /// Where this server keeps files of its own: beside the database, where that is a file.
    pub(super) fn folder(&self) -> &Path {
        match &self.url {
            DatabaseUrl::Sqlite(file) => file.parent().unwrap_or(Path::new(".")),
            DatabaseUrl::Postgres(_) => Path::new("data"),
        }
    }
}

fn require_same_database(owner: &DatabaseUrl, url: &DatabaseUrl) -> Result<(), ConfigError> {
    match (owner, url) {
        (DatabaseUrl::Postgres(owner), DatabaseUrl::Postgres(url)) if owner.path() == url.path() => Ok(()),
        (_, DatabaseUrl::Sqlite(_)) => {
            Err(MIGRATION_DATABASE_URL.refuse("is for PostgreSQL alone, unset it: SQLite knows no roles"))
        }
        _ => Err(MIGRATION_DATABASE_URL.refuse("must name the same database as DATABASE_URL")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_are_told_by_the_scheme() {
        assert_eq!("sqlite:data/x.db".parse(), Ok(DatabaseUrl::Sqlite("data/x.db".into())));
        assert_eq!("sqlite:///tmp/x.db".parse(), Ok(DatabaseUrl::Sqlite("/tmp/x.db".into())));
        assert!(matches!("postgres://u:p@db/shop".parse(), Ok(DatabaseUrl::Postgres(_))));
        for bad in ["mysql://u@h/d", "shop", "sqlite:", "sqlite::memory:", "postgres:shop"] {
            assert!(bad.parse::<DatabaseUrl>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let url: DatabaseUrl = "postgres://shop:hush@db.internal:6432/bottega".parse().unwrap();
        assert_eq!(format!("{url} {url:?}").matches("hush").count(), 0);
        assert_eq!(url.to_string(), "PostgreSQL at db.internal:6432/bottega");
    }

    #[test]
    fn the_owner_is_one_of_the_same_database() {
        let read = |url: &str, owner: &str| {
            let environment = Environment::of([("DATABASE_URL", url), ("MIGRATION_DATABASE_URL", owner)]);
            DatabaseConfig::read(&environment, Mode::Development)
        };
        let config = read("postgres://app:a@db/shop", "postgres://owner:b@db.internal/shop").unwrap();
        assert!(
            matches!(config.as_owner().unwrap().url, DatabaseUrl::Postgres(url) if url.username() == "owner")
        );
        assert!(read("postgres://app:a@db/shop", "").unwrap().as_owner().is_none());
        for (url, owner, why) in [
            ("postgres://app:a@db/shop", "postgres://owner:b@db/other", "the same database"),
            ("postgres://app:a@db/shop", "sqlite:shop.db", "the same database"),
            ("sqlite:shop.db", "postgres://owner:b@db/shop", "SQLite knows no roles"),
        ] {
            let refused = read(url, owner).unwrap_err().to_string();
            assert!(refused.contains(why) && refused.ends_with('.'), "{refused}");
        }
    }

    #[test]
    fn production_wants_postgresql_unless_told_otherwise() {
        let refused = DatabaseConfig::read(&Environment::default(), Mode::Production);
        assert!(matches!(refused, Err(ConfigError::UnsafeInProduction(_))));
        let allowed = Environment::of([("ALLOW_SQLITE_IN_PRODUCTION", "true")]);
        assert!(DatabaseConfig::read(&allowed, Mode::Production).is_ok());
    }
}

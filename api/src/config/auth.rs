//! What access tokens are signed with.

use std::{
    fmt, fs,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use super::{ConfigError, DatabaseConfig, DatabaseUrl, Environment, Mode, Variable};

const JWT_SECRET: Variable = Variable::secret(
    "JWT_SECRET",
    "made once, kept beside the database (none in production)",
    "What access tokens are signed with: at least 32 random characters.",
);

const JWT_SECRET_PREVIOUS: Variable = Variable::secret(
    "JWT_SECRET_PREVIOUS",
    "none",
    "The secret before this one: what it signed stays good, so that a new one signs nobody out.",
);

pub(super) const VARIABLES: &[Variable] = &[JWT_SECRET, JWT_SECRET_PREVIOUS];

const MIN_LENGTH: usize = 32;
const MIN_DISTINCT: usize = 10;

/// The signing secret. Prints as nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct JwtSecret(String);

impl fmt::Debug for JwtSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JwtSecret(…)")
    }
}

impl JwtSecret {
    /// The bytes to sign with.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    fn is_weak(&self) -> bool {
        let distinct: std::collections::HashSet<char> = self.0.chars().collect();
        self.0.len() < MIN_LENGTH || distinct.len() < MIN_DISTINCT
    }
}

/// What access tokens are signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthConfig {
    given: Option<JwtSecret>,
    previous: Option<JwtSecret>,
    /// Where the secret of a development shop is kept.
    kept_at: PathBuf,
}

impl AuthConfig {
    pub(super) fn read(
        environment: &Environment,
        mode: Mode,
        database: &DatabaseConfig,
    ) -> Result<Self, ConfigError> {
        let given = environment.text(&JWT_SECRET)?.map(JwtSecret);
        let previous = environment.text(&JWT_SECRET_PREVIOUS)?.map(JwtSecret);
        if mode == Mode::Production {
            match &given {
                None => {
                    return Err(ConfigError::UnsafeInProduction(
                        "set JWT_SECRET to at least 32 random characters, the same on every server".into(),
                    ));
                }
                Some(secret) if secret.is_weak() => {
                    return Err(ConfigError::UnsafeInProduction(
                        "JWT_SECRET is weak, set it to at least 32 random characters".into(),
                    ));
                }
                Some(_) => {}
            }
            if previous.as_ref().is_some_and(JwtSecret::is_weak) {
                return Err(ConfigError::UnsafeInProduction(
                    "JWT_SECRET_PREVIOUS is weak, unset it: whoever guesses it can sign tokens".into(),
                ));
            }
        }
        let folder = match &database.url {
            DatabaseUrl::Sqlite(file) => file.parent().unwrap_or(Path::new(".")),
            DatabaseUrl::Postgres(_) => Path::new("data"),
        };
        Ok(Self { given, previous, kept_at: folder.join("jwt-secret") })
    }

    /// Whether somebody gave a secret, so that the shop keeps none of its own.
    pub(crate) fn is_given(&self) -> bool {
        self.given.is_some()
    }

    /// The secret: the given one, else the one this shop keeps, made on first use.
    pub fn secret(&self) -> Result<JwtSecret, ConfigError> {
        if let Some(secret) = &self.given {
            return Ok(secret.clone());
        }
        let refuse = |error: std::io::Error| {
            JWT_SECRET
                .refuse(format!("is not set and cannot be kept in {} ({error})", self.kept_at.display()))
        };
        match self.make() {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            other => other.map_err(refuse)?,
        }
        fs::read_to_string(&self.kept_at).map(|text| JwtSecret(text.trim().to_owned())).map_err(refuse)
    }

    /// The secret before this one, while what it signed may still be shown.
    pub fn previous(&self) -> Option<&JwtSecret> {
        self.previous.as_ref()
    }

    /// Writes a new secret where there is none, readable by its owner alone. Complete or not at all: two servers
    /// that start together end up with the same one.
    fn make(&self) -> std::io::Result<()> {
        if self.kept_at.exists() {
            return Ok(());
        }
        if let Some(folder) = self.kept_at.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
        let secret: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let draft = self.kept_at.with_extension(format!("draft-{}", std::process::id()));
        let mut file =
            fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        file.write_all(secret.as_bytes())?;
        file.sync_all()?;
        let published = fs::hard_link(&draft, &self.kept_at);
        fs::remove_file(&draft)?;
        published
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database_in(folder: &Path) -> DatabaseConfig {
        DatabaseConfig {
            url: DatabaseUrl::Sqlite(folder.join("deep/shop.db")),
            embedded: false,
            max_connections: 1,
            owner: None,
        }
    }

    #[test]
    fn production_wants_a_strong_secret() {
        let database = database_in(Path::new("."));
        let long_but_dull = "ab".repeat(32);
        for weak in ["", "short", &long_but_dull] {
            let environment = Environment::of([("JWT_SECRET", weak)]);
            let refused = AuthConfig::read(&environment, Mode::Production, &database);
            assert!(matches!(refused, Err(ConfigError::UnsafeInProduction(_))), "{weak:?}");
        }
        let strong = Environment::of([("JWT_SECRET", "k3Jx9-qP2vTz8Lm5Wn7Yb1Rc4Hd6Gf0Sa")]);
        assert!(AuthConfig::read(&strong, Mode::Production, &database).is_ok());
        let rotated = Environment::of([
            ("JWT_SECRET", "k3Jx9-qP2vTz8Lm5Wn7Yb1Rc4Hd6Gf0Sa"),
            ("JWT_SECRET_PREVIOUS", "changeme"),
        ]);
        assert!(AuthConfig::read(&rotated, Mode::Production, &database).is_err());
    }

    #[test]
    fn development_makes_one_and_keeps_it() {
        let folder = tempfile::tempdir().unwrap();
        let read = || {
            AuthConfig::read(&Environment::default(), Mode::Development, &database_in(folder.path())).unwrap()
        };
        let first = read().secret().unwrap();
        assert!(!first.is_weak());
        assert_eq!(read().secret().unwrap(), first);
        assert_eq!(format!("{first:?}"), "JwtSecret(…)");
    }
}

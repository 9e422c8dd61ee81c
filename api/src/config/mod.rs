//! The configuration: one struct per concern, read once at start from [`Environment`], refused where it is unsafe.

mod auth;
mod cache;
mod cdn;
mod cors;
mod database;
mod limits;
mod logging;
mod mail;
mod payments;
mod public_url;
mod redis;
mod server;
mod shop;
mod traces;
mod variable;

pub use auth::{AuthConfig, JwtSecret};
pub use cache::CacheConfig;
pub use cdn::{AwsKeySource, AwsKeys, CdnConfig};
pub use cors::CorsConfig;
pub use database::{DatabaseConfig, DatabaseUrl};
pub use limits::{BypassToken, LimitsConfig};
pub use logging::{LogFormat, LoggingConfig};
pub use mail::{MailConfig, MailDelivery, SmtpUrl};
pub use payments::PaymentsConfig;
pub use public_url::PublicUrl;
pub use redis::RedisConfig;
pub use server::{Mode, ServerConfig};
pub use shop::ShopConfig;
pub use traces::TracesConfig;
pub use variable::{ConfigError, Environment, Variable};

/// Everything the server is told from outside.
#[derive(Debug, Clone)]
pub struct Config {
    pub server: ServerConfig,
    pub shop: ShopConfig,
    pub payments: PaymentsConfig,
    pub database: DatabaseConfig,
    pub redis: Option<RedisConfig>,
    pub cache: CacheConfig,
    pub cdn: Option<CdnConfig>,
    pub auth: AuthConfig,
    pub mail: MailConfig,
    pub cors: CorsConfig,
    pub limits: LimitsConfig,
    pub logging: LoggingConfig,
    pub traces: Option<TracesConfig>,
    /// Where all this was read from.
    source: Environment,
}

impl Config {
    /// Reads every concern's variables, and refuses what must not run in production.
    pub fn read(environment: &Environment) -> Result<Self, ConfigError> {
        let server = ServerConfig::read(environment)?;
        let database = DatabaseConfig::read(environment, server.mode)?;
        Ok(Self {
            auth: AuthConfig::read(environment, server.mode, &database)?,
            mail: MailConfig::read(environment, &database)?,
            shop: ShopConfig::read(environment)?,
            payments: PaymentsConfig::read(environment)?,
            redis: RedisConfig::read(environment)?,
            cache: CacheConfig::read(environment)?,
            cdn: CdnConfig::read(environment)?,
            cors: CorsConfig::read(environment)?,
            limits: LimitsConfig::read(environment)?,
            logging: LoggingConfig::read(environment, server.mode)?,
            traces: TracesConfig::read(environment)?,
            server,
            database,
            source: environment.clone(),
        })
    }

    /// The same variables once more: secrets that are in files may be others by now.
    pub(crate) fn read_again(&self) -> Result<Self, ConfigError> {
        Self::read(&self.source)
    }

    /// Whether any secret is in a file.
    pub(crate) fn has_files(&self) -> bool {
        variables().iter().any(|variable| self.source.file(variable).is_some())
    }
}

/// Every variable there is, in the order in which `docs/configuration.md` lists them.
pub fn variables() -> Vec<Variable> {
    [
        server::VARIABLES,
        shop::VARIABLES,
        payments::VARIABLES,
        database::VARIABLES,
        redis::VARIABLES,
        cache::VARIABLES,
        cdn::VARIABLES,
        auth::VARIABLES,
        mail::VARIABLES,
        cors::VARIABLES,
        limits::VARIABLES,
        logging::VARIABLES,
        traces::VARIABLES,
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of the table in `docs/configuration.md`: name, default, meaning.
    fn documented() -> Vec<[String; 3]> {
        let page = include_str!("../../../docs/configuration.md");
        page.lines()
            .filter(|line| line.starts_with("| `"))
            .map(|line| {
                let mut cells = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned());
                std::array::from_fn(|_| cells.next().unwrap_or_default())
            })
            .collect()
    }

    #[test]
    fn the_documentation_lists_exactly_the_variables_there_are() {
        let code: Vec<[String; 3]> = variables()
            .iter()
            .map(|variable| {
                let name = if variable.secret {
                    format!("`{0}`, `{0}_FILE`", variable.name)
                } else {
                    format!("`{}`", variable.name)
                };
                [name, variable.default.to_owned(), variable.about.to_owned()]
            })
            .collect();
        let expected: Vec<_> = code.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
        assert_eq!(documented(), code, "docs/configuration.md should list:\n{}", expected.join("\n"));
    }

    #[test]
    fn nothing_set_is_a_shop_on_embedded_defaults() {
        let config = Config::read(&Environment::default()).unwrap();
        assert_eq!(config.server.port, 4000);
        assert_eq!(config.server.mode, Mode::Development);
        assert!(config.database.embedded);
        assert!(config.redis.is_none());
    }
}

//! What pods share: the connection to Redis, if there is one. Nothing here ever makes a request fail.

use std::time::Duration;

use fred::{
    clients::Client,
    error::Error,
    interfaces::ClientLike,
    types::{
        Builder,
        config::{Config, ConnectionConfig, PerformanceConfig, ReconnectPolicy},
    },
};

use crate::config::RedisConfig;

/// How long Redis may take: it is there to be fast.
const PATIENCE: Duration = Duration::from_millis(250);

/// The connection to Redis. Connects in the background and again whenever it is lost.
#[derive(Clone)]
pub struct Redis {
    client: Client,
    place: String,
    key_prefix: String,
}

impl std::fmt::Debug for Redis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Redis at {}", self.place)
    }
}

impl Redis {
    /// Begins to connect; does not wait for it.
    pub fn connect(config: &RedisConfig) -> Result<Self, Error> {
        let client =
            Builder::from_config(Config { fail_fast: true, ..Config::from_url(config.url.as_str())? })
                .with_connection_config(|connection: &mut ConnectionConfig| {
                    connection.connection_timeout = PATIENCE * 8;
                    connection.internal_command_timeout = PATIENCE * 8;
                    connection.max_command_attempts = 1;
                })
                .with_performance_config(|performance: &mut PerformanceConfig| {
                    performance.default_command_timeout = PATIENCE;
                })
                .set_policy(ReconnectPolicy::new_exponential(0, 100, 5_000, 2))
                .build()?;
        client.connect();
        Ok(Self { client, place: config.place(), key_prefix: config.key_prefix.clone() })
    }

    /// The connection, for commands.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The name of a key, apart from the keys of other shops on the same Redis.
    pub(crate) fn key(&self, name: &str) -> String {
        format!("{}{name}", self.key_prefix)
    }

    /// Asks for a sign of life.
    pub async fn ping(&self) -> Result<(), Error> {
        self.client.ping::<()>(None).await
    }

    /// Waits for the first connection, for commands that need it.
    pub async fn ready(&self, patience: Duration) -> Result<(), Error> {
        match tokio::time::timeout(patience, self.client.wait_for_connect()).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Error::new(fred::error::ErrorKind::Timeout, "no connection in time")),
        }
    }

    /// Host and port.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Closes the connection.
    pub async fn close(&self) {
        // Whatever goes wrong when hanging up, the line is dead afterwards.
        let _ = self.client.quit().await;
    }
}

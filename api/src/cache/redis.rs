//! What servers share: the connection to Redis, if there is one.

use std::{sync::Arc, time::Duration};

use fred::{
    clients::{Client, SubscriberClient},
    error::Error,
    interfaces::{ClientLike, EventInterface, PubsubInterface},
    types::{
        Builder,
        config::{Config, ConnectionConfig, PerformanceConfig, ReconnectPolicy},
    },
};

use tokio::sync::broadcast::error::RecvError;

use super::redis_login::RedisLogin;
use crate::config::RedisConfig;

/// How long Redis may take: it is there to be fast.
const PATIENCE: Duration = Duration::from_millis(250);

/// The connection to Redis. Connects in the background and again whenever it is lost.
#[derive(Clone)]
pub struct Redis {
    client: Client,
    listener: SubscriberClient,
    login: Arc<RedisLogin>,
    /// What every key and channel of this shop begins with.
    prefix: String,
    place: String,
}

impl std::fmt::Debug for Redis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Redis at {}", self.place)
    }
}

impl Redis {
    /// Begins to connect; does not wait for it.
    pub fn connect(config: &RedisConfig) -> Result<Self, Error> {
        let login = Arc::new(RedisLogin::of(config)?);
        let mut builder = Builder::from_config(Config {
            fail_fast: true,
            credential_provider: Some(login.clone()),
            ..Config::from_url(config.url.as_str())?
        });
        builder
            .with_connection_config(|connection: &mut ConnectionConfig| {
                connection.connection_timeout = PATIENCE * 8;
                connection.internal_command_timeout = PATIENCE * 8;
                connection.max_command_attempts = 1;
            })
            .with_performance_config(|performance: &mut PerformanceConfig| {
                performance.default_command_timeout = PATIENCE;
            })
            .set_policy(ReconnectPolicy::new_exponential(0, 100, 5_000, 2));
        let (client, listener) = (builder.build()?, builder.build_subscriber_client()?);
        client.connect();
        Ok(Self { client, listener, login, prefix: config.key_prefix.clone(), place: config.place() })
    }

    /// From now on connects with the user and the password of these. The connections there are go on.
    pub(crate) fn connect_next_with(&self, config: &RedisConfig) -> Result<(), Error> {
        self.login.change(config)
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

    /// The connection, for commands.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The name of a key, apart from those of other shops on the same Redis.
    pub(crate) fn key(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// Tells the other servers what changed. They find out without it, a little later.
    pub(super) async fn publish_news(&self, news: String) {
        if let Err(error) = self.client.publish::<(), _, _>(self.news_channel(), news).await {
            tracing::debug!(%error, "Redis could not carry the news of a change");
        }
    }

    /// Listens for what other servers say changed, on a connection of its own.
    pub(super) fn on_news(&self, hear: impl Fn(&str) + Send + Sync + 'static) {
        let mut messages = self.listener.message_rx();
        tokio::spawn(async move {
            loop {
                match messages.recv().await {
                    Ok(message) => {
                        if let Some(news) = message.value.as_string() {
                            hear(&news);
                        }
                    }
                    // More came at once than are kept for us: what we missed is in the table.
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => break,
                }
            }
        });
        self.listener.connect();
        // Subscribes again whenever the connection was lost.
        self.listener.manage_subscriptions();
        let (listener, channel) = (self.listener.clone(), self.news_channel());
        tokio::spawn(async move {
            while listener.wait_for_connect().await.is_err() || listener.subscribe(&channel).await.is_err() {
                tokio::time::sleep(PATIENCE).await;
            }
        });
    }

    fn news_channel(&self) -> String {
        self.key("news")
    }

    /// Closes the connections.
    pub async fn close(&self) {
        // Whatever goes wrong when hanging up, the lines are dead afterwards.
        let _ = self.listener.quit().await;
        let _ = self.client.quit().await;
    }
}

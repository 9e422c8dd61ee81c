//! The real application on a free port.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, thread::JoinHandle};

use api::{
    Application, ExtraRoutes, Parts,
    config::{Config, Environment},
    db::Database,
    payments::Provider,
};
use reqwest::Method;
use tempfile::TempDir;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::{
    Answer, TestClock, database::TestDatabase, proxy::Proxy, redis::redis_url, secrets::Secrets, sql, tokens,
};

/// What differs from an ordinary test's application.
pub struct AppBuilder {
    variables: Vec<(String, String)>,
    extra: ExtraRoutes,
    payments: Option<Arc<dyn Provider>>,
    behind_proxy: bool,
    shared: Option<Shared>,
}

/// What two applications of one shop have in common.
#[derive(Clone)]
struct Shared {
    database_url: String,
    clock: TestClock,
    files: Arc<TempDir>,
    redis_prefix: String,
}

impl AppBuilder {
    /// Sets a variable.
    #[expect(clippy::needless_pass_by_value, reason = "a reference at every call would say nothing")]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.variables.push((name.to_owned(), value.to_string()));
        self
    }

    /// Adds routes.
    pub fn routes(mut self, extra: ExtraRoutes) -> Self {
        self.extra = extra;
        self
    }

    /// Lets money move through somebody else.
    pub fn paid_through(mut self, provider: Arc<dyn Provider>) -> Self {
        self.payments = Some(provider);
        self
    }

    /// Puts a proxy that can be cut between the application and PostgreSQL.
    pub fn behind_proxy(mut self) -> Self {
        self.behind_proxy = true;
        self
    }

    pub async fn start(self) -> TestApp {
        sql::watch();
        let (database, shared) = if let Some(shared) = self.shared {
            (None, shared)
        } else {
            let database = TestDatabase::create().await;
            let shared = Shared {
                database_url: database.url.clone(),
                clock: TestClock::new(),
                files: Arc::new(tempfile::tempdir().unwrap()),
                redis_prefix: format!("test:{}:", Uuid::now_v7()),
            };
            (Some(database), shared)
        };
        let mut url = shared.database_url.clone();
        let mut proxy = None;
        if self.behind_proxy {
            let direct = reqwest::Url::parse(&url).unwrap();
            let server = format!("{}:{}", direct.host_str().unwrap(), direct.port().unwrap());
            let made = Proxy::to(server.clone()).await;
            url = url.replace(&server, &made.address.to_string());
            proxy = Some(made);
        }
        let mut variables = vec![
            ("DATABASE_URL".to_owned(), url),
            ("PORT".to_owned(), "0".to_owned()),
            ("WORKERS".to_owned(), "2".to_owned()),
            ("ENABLE_RATE_LIMITING".to_owned(), "false".to_owned()),
            ("JWT_SECRET".to_owned(), tokens::SECRET.to_owned()),
            ("PUBLIC_URL".to_owned(), "https://shop.test".to_owned()),
            ("MAIL_FOLDER".to_owned(), shared.mail_folder().display().to_string()),
            ("REDIS_KEY_PREFIX".to_owned(), shared.redis_prefix.clone()),
        ];
        if let Some(redis) = redis_url() {
            variables.push(("REDIS_URL".to_owned(), redis));
        }
        variables.extend(self.variables);
        let config = Config::read(&Environment::of(variables)).unwrap();
        let direct = Environment::of([("DATABASE_URL", shared.database_url.clone())]);
        let direct = Config::read(&direct).unwrap();
        let own_view = Database::connect(&direct.database).await.unwrap();

        let secrets = Secrets::new();
        let (tell_address, address) = oneshot::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let parts = Parts { clock: shared.clock.shared(), routes: self.extra, payments: self.payments };
        let server = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let app = Application::build_with(config, parts).await.unwrap();
                tell_address.send(app.address()).unwrap();
                app.run(async { _ = stopped.await }).await.unwrap();
            });
        });
        TestApp {
            address: address.await.unwrap(),
            client: reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap(),
            db: own_view,
            clock: shared.clock.clone(),
            proxy,
            secrets,
            shared,
            database,
            stop: Some(stop),
            server: Some(server),
        }
    }
}

impl Shared {
    fn mail_folder(&self) -> PathBuf {
        self.files.path().join("mail")
    }
}

/// A running application. Stopped and cleaned up when it is dropped.
pub struct TestApp {
    pub address: SocketAddr,
    pub client: reqwest::Client,
    /// The same database through connections of the test's own.
    pub db: Database,
    pub clock: TestClock,
    pub proxy: Option<Proxy>,
    /// What must not be logged.
    pub secrets: Secrets,
    shared: Shared,
    database: Option<TestDatabase>,
    stop: Option<oneshot::Sender<()>>,
    server: Option<JoinHandle<()>>,
}

impl TestApp {
    /// An application with nothing out of the ordinary.
    pub async fn start() -> Self {
        Self::builder().start().await
    }

    pub fn builder() -> AppBuilder {
        AppBuilder { variables: vec![], extra: |_| {}, payments: None, behind_proxy: false, shared: None }
    }

    /// Another application of the same shop: on its database and its part of Redis, with its clock, writing mails to its
    /// folder. It must not outlive this one, which has the database dropped at its end.
    pub fn another(&self) -> AppBuilder {
        AppBuilder { shared: Some(self.shared.clone()), ..Self::builder() }
    }

    /// What all its keys in Redis begin with.
    pub fn redis_prefix(&self) -> &str {
        &self.shared.redis_prefix
    }

    /// The database, for programs beside the application.
    pub fn database_url(&self) -> &str {
        &self.shared.database_url
    }

    /// Where mails are written.
    pub fn mail_folder(&self) -> PathBuf {
        self.shared.mail_folder()
    }

    /// Stops the application, and waits until it has.
    pub async fn stop(&mut self) {
        let stopping = self.begin_stop();
        tokio::task::spawn_blocking(|| stopping.join().unwrap()).await.unwrap();
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[]).await
    }

    /// Sends a request without a body.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = self.client.request(method, self.url(path));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        Answer::read(request.send().await.unwrap()).await
    }

    /// Tells the application to stop, and goes on while it does.
    pub fn begin_stop(&mut self) -> JoinHandle<()> {
        _ = self.stop.take().unwrap().send(());
        self.server.take().unwrap()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            _ = stop.send(());
        }
        let (server, database) = (self.server.take(), self.database.take());
        // Dropping a database takes a runtime, and this one may be about to end.
        let cleaning = std::thread::spawn(move || {
            if let Some(server) = server {
                _ = server.join();
            }
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(
                async move {
                    if let Some(database) = database {
                        database.drop().await;
                    }
                },
            );
        });
        let cleaned = cleaning.join().is_ok();
        if std::thread::panicking() {
            return;
        }
        assert!(cleaned, "the test's database could not be dropped");
        let told = self.secrets.told();
        assert!(told.is_empty(), "the log tells secrets: {told:#?}");
    }
}

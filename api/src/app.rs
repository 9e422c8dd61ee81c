//! The application: everything wired once, by the binary, by every test, and by whoever embeds the shop.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::{
    App, HttpServer,
    dev::{Server, ServerHandle},
    middleware::from_fn,
    web::{self, Data},
};
use sea_orm::DbErr;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::{AppExt, service_config::ServiceConfig};

use crate::{
    access::{self, Access},
    accounts::{self, Passwords},
    assortment,
    audit::{self, Audit},
    background::Background,
    cache::{self, Answers, Invalidation, Redis},
    cart, catalog, cdn,
    clock::{Clock, IdSource},
    config::{Config, ConfigError},
    customers,
    db::{self, ConnectError, Database},
    housekeeping, http,
    lifecycle::Lifecycle,
    limits::{self, Limits},
    mail::{self, Mailroom},
    operations::{self, ApiDocument},
    orders,
    payments::{Manual, Provider},
    search, secrets,
    state::AppState,
    stats,
    storefront::{Storefront, storefront_or_nothing},
    telemetry::{self, Metrics, Traces},
};

/// A load balancer keeps its connections for 60 seconds; ours last longer, so that it never writes into a closed one.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// How long the head of a request may take.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// How long the database and Redis may take to close.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long what goes on beside the requests may take to finish what it has in hand.
const BACKGROUND_TIMEOUT: Duration = Duration::from_secs(5);

/// Why the server cannot start. Each says in one sentence what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("Port {port} on {host} is in use: stop what listens there, or choose another with {variable}.")]
    PortInUse { host: String, port: u16, variable: &'static str },
    #[error("{host}:{port} cannot be listened on ({why}): choose others with HOST and {variable}.")]
    CannotListen { host: String, port: u16, variable: &'static str, why: io::Error },
    #[error(transparent)]
    Database(#[from] ConnectError),
    #[error(
        "WEB_ROOT names {folder}, which is no built storefront ({why}): build it with `trunk build`, or unset it."
    )]
    Storefront { folder: String, why: io::Error },
    #[error("Redis cannot be used ({0}): check REDIS_URL.")]
    Redis(#[from] fred::error::Error),
    #[error("The server cannot be set up ({0}).")]
    Setup(Box<dyn std::error::Error + Send + Sync>),
}

/// A server that is bound to its port and connected to its database.
pub struct Application {
    state: Data<AppState>,
    address: SocketAddr,
    server: Server,
    metrics_server: Option<Server>,
}

/// Routes somebody adds to the shop. They pass all that the shop's own routes pass.
pub type ExtraRoutes = fn(&mut web::ServiceConfig);

/// What somebody who builds on the shop can put in the place of what it brings along.
#[derive(Debug, Clone)]
pub struct Parts {
    pub clock: Clock,
    pub routes: ExtraRoutes,
    /// Through whom money moves; people at the shop, if none.
    pub payments: Option<Arc<dyn Provider>>,
}

impl Default for Parts {
    fn default() -> Self {
        Self { clock: Clock::system(), routes: |_| {}, payments: None }
    }
}

impl Application {
    /// Takes the ports and reads the storefront, then connects to the database, then sets everything up.
    pub async fn build(config: Config) -> Result<Self, StartError> {
        Self::build_with(config, Parts::default()).await
    }

    /// The same with parts of one's own.
    pub async fn build_with(config: Config, parts: Parts) -> Result<Self, StartError> {
        let listener = listen(&config, config.server.port, "PORT")?;
        let metrics_listener =
            config.server.metrics_port.map(|port| listen(&config, port, "METRICS_PORT")).transpose()?;
        let storefront = load_storefront(&config)?;
        let db = Database::connect(&config.database).await?;
        if config.database.embedded {
            db.migrate_up().await?;
        } else {
            db.require_schema().await?;
        }
        let redis = config.redis.as_ref().map(Redis::connect).transpose()?;
        let address = listener.local_addr().map_err(|error| StartError::Setup(error.into()))?;
        let extra = parts.routes;
        let state = Data::new(make_state(config, parts, db, redis, storefront)?);
        Ok(Self {
            server: serve(listener, &state, extra).map_err(|error| StartError::Setup(error.into()))?,
            metrics_server: metrics_listener
                .map(|listener| operations::metrics_only(listener, state.clone()))
                .transpose()
                .map_err(|error| StartError::Setup(error.into()))?,
            address,
            state,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What its requests share.
    pub fn state(&self) -> &Data<AppState> {
        &self.state
    }

    /// Answers requests until `stop`, then takes no more, lets the running ones finish, and closes what it opened.
    pub async fn run(self, stop: impl Future<Output = ()>) -> io::Result<()> {
        let handles: Vec<ServerHandle> =
            [Some(self.server.handle()), self.metrics_server.as_ref().map(Server::handle)]
                .into_iter()
                .flatten()
                .collect();
        let mut server = actix_web::rt::spawn(self.server);
        let metrics_server = self.metrics_server.map(actix_web::rt::spawn);
        let background = background(&self.state);
        tokio::select! {
            ended = &mut server => return ended.map_err(io::Error::other)?,
            () = stop => {}
        }
        let lifecycle = &self.state.lifecycle;
        lifecycle.drain();
        background.stop();
        tracing::info!(connections = lifecycle.connections(), "stopping: no more requests are taken");
        for handle in &handles {
            drop(handle.stop(true));
        }
        let patience = self.state.config.server.shutdown_timeout;
        if tokio::time::timeout(patience, lifecycle.quiet()).await.is_err() {
            tracing::warn!(connections = lifecycle.connections(), "requests were cut off");
        }
        // The servers look only once a second whether they are done; dropped, they end at once.
        for server in [Some(server), metrics_server].into_iter().flatten() {
            server.abort();
            let _ = server.await;
        }
        background.ended(BACKGROUND_TIMEOUT).await;
        close(&self.state).await;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Starts everything that goes on beside the requests.
fn background(state: &Data<AppState>) -> Background {
    let mut background = Background::default();
    mail::start(&mut background, state);
    cache::start(&mut background, state);
    audit::start(&mut background, state);
    housekeeping::start(&mut background, state);
    search::start(&mut background, state);
    secrets::start(&mut background, state);
    cdn::start(&mut background, state);
    orders::start(&mut background, state);
    telemetry::send_traces(&mut background, state);
    state.limits.start(&mut background);
    background
}

/// Closes what the server opened, without waiting for ever for what does not answer any more.
async fn close(state: &AppState) {
    let closing = async {
        if let Err(error) = write_what_waits(state).await {
            tracing::warn!(%error, "the last entries of the audit log, or the last searches, could not be written");
        }
        if let Some(redis) = &state.redis {
            redis.close().await;
        }
        state.db.close().await
    };
    let closed = tokio::time::timeout(CLOSE_TIMEOUT, closing);
    let (closed, ()) = tokio::join!(closed, send_last_traces(state));
    match closed {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "the database did not close cleanly"),
        Err(_elapsed) => tracing::warn!("the database or Redis did not close in time"),
    }
}

/// Sends what was noted of the last requests.
async fn send_last_traces(state: &AppState) {
    let Some(traces) = &state.traces else { return };
    match tokio::time::timeout(CLOSE_TIMEOUT, traces.send()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "the last traces could not be sent"),
        Err(_elapsed) => tracing::warn!("the last traces could not be sent in time"),
    }
}

/// Writes what was to be written soon. The connections that requests made ended with the threads that answered those: each
/// that is met is thrown away, until there is a good one.
async fn write_what_waits(state: &AppState) -> Result<(), DbErr> {
    let write = async || {
        state.audit.write_waiting(&state.db).await?;
        state.searches.write(&state.db, state.clock.now()).await
    };
    let mut written = write().await;
    for _ in 0..state.config.database.max_connections {
        match &written {
            Err(error) if db::is_away(error) => written = write().await,
            _ => break,
        }
    }
    written
}

impl std::fmt::Debug for Application {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Application on {}", self.address)
    }
}

fn listen(config: &Config, port: u16, variable: &'static str) -> Result<TcpListener, StartError> {
    let host = config.server.host;
    TcpListener::bind((host, port)).map_err(|why| match why.kind() {
        io::ErrorKind::AddrInUse => StartError::PortInUse { host: host.to_string(), port, variable },
        _ => StartError::CannotListen { host: host.to_string(), port, variable, why },
    })
}

fn load_storefront(config: &Config) -> Result<Option<Storefront>, StartError> {
    let Some(root) = &config.server.web_root else {
        return Ok(None);
    };
    Storefront::load(root)
        .map(Some)
        .map_err(|why| StartError::Storefront { folder: root.display().to_string(), why })
}

fn make_state(
    config: Config,
    Parts { clock, payments, .. }: Parts,
    db: Database,
    redis: Option<Redis>,
    storefront: Option<Storefront>,
) -> Result<AppState, StartError> {
    let document = openapi_document(config.server.metrics_port.is_none());
    let ids = IdSource::new(clock.clone());
    let metrics = Metrics::new().map_err(|error| StartError::Setup(error.into()))?;
    let invalidation = Arc::<Invalidation>::default();
    Ok(AppState {
        access: Access::new(&config.auth)?,
        passwords: Passwords::default(),
        audit: Audit::new(clock.clone(), ids.clone()),
        answers: Answers::new(
            &config,
            redis.as_ref(),
            invalidation.clone(),
            db.clone(),
            clock.clone(),
            metrics.cache.clone(),
        ),
        invalidation,
        limits: Limits::new(config.limits.clone(), clock.clone(), redis.clone(), metrics.limits.clone()),
        methods: http::Methods::of(&document),
        document: ApiDocument::new(&document).map_err(|error| StartError::Setup(error.into()))?,
        lifecycle: Lifecycle::default(),
        payments: payments
            .unwrap_or_else(|| Arc::new(Manual { instructions: config.payments.instructions.clone() })),
        searches: search::Tally::default(),
        mailroom: Mailroom::open(&config).map_err(|error| StartError::Setup(error.into()))?,
        traces: config.traces.clone().map(|traces| Traces::to(traces, clock.clone(), metrics.traces.clone())),
        metrics,
        ids,
        storefront,
        clock,
        db,
        redis,
        config,
    })
}

fn serve(listener: TcpListener, state: &Data<AppState>, extra: ExtraRoutes) -> io::Result<Server> {
    let server = &state.config.server;
    let (workers, metrics_here, swagger) = (server.workers, server.metrics_port.is_none(), server.swagger);
    let (state, lifecycle) = (state.clone(), state.clone());
    // `Application::run` decides how long a stop may take, so the server itself must be more patient.
    let patience = server.shutdown_timeout.as_secs() + 60;
    let factory = move || {
        let (app, _) = App::new()
            .into_utoipa_app()
            .configure(|config: &mut ServiceConfig<'_>| routes(config, metrics_here))
            .split_for_parts();
        app.app_data(state.clone())
            .configure(extra)
            .configure(move |config| {
                if swagger {
                    config.service(operations::swagger_ui());
                }
            })
            .default_service(web::to(storefront_or_nothing))
            // The last is the outermost.
            .wrap(from_fn(access::authenticate))
            .wrap(from_fn(http::problems))
            .wrap(from_fn(limits::limits))
            .wrap(from_fn(http::cors))
            .wrap(from_fn(http::security_headers))
            .wrap(from_fn(http::scope))
    };
    let server = HttpServer::new(factory)
        .workers(workers)
        .keep_alive(KEEP_ALIVE)
        .client_request_timeout(HEAD_TIMEOUT)
        .disable_signals()
        .shutdown_timeout(patience)
        .on_connect(move |_, connection| {
            connection.insert(lifecycle.lifecycle.connected());
        })
        .listen(listener)?
        .run();
    Ok(server)
}

/// Every route of the API. What is registered here is what the spec says, and nothing else is served under `/api`.
fn routes(config: &mut ServiceConfig<'_>, metrics_here: bool) {
    // They are tried in this order: what is asked most comes first, what has no parameters before what has.
    config
        .configure(search::configure)
        .configure(catalog::configure)
        .configure(cart::configure)
        .configure(orders::configure)
        .configure(operations::configure_health)
        .configure(operations::configure_docs)
        .configure(accounts::configure)
        .configure(assortment::configure)
        .configure(search::configure_synonyms)
        .configure(customers::configure)
        .configure(orders::configure_admin)
        .configure(audit::configure)
        .configure(stats::configure);
    if metrics_here {
        config.configure(operations::configure_metrics);
    }
}

/// The API's description of itself, made of its routes.
pub fn openapi_document(metrics_here: bool) -> OpenApi {
    let (_, mut document) = App::new()
        .into_utoipa_app()
        .openapi(operations::describe())
        .configure(|config: &mut ServiceConfig<'_>| routes(config, metrics_here))
        .split_for_parts();
    operations::complete(&mut document);
    document
}

//! Where and how the server listens.

use std::{net::IpAddr, path::PathBuf, str::FromStr, time::Duration};

use super::{ConfigError, Environment, PublicUrl, Variable, public_url::PUBLIC_URL};

const APP_ENV: Variable = Variable::open(
    "APP_ENV",
    "`development`",
    "`development` or `production`. Production refuses unsafe settings.",
);
const HOST: Variable =
    Variable::open("HOST", "`127.0.0.1` (`0.0.0.0` in production)", "The address to listen on.");
const PORT: Variable = Variable::open("PORT", "`4000`", "The port to listen on; `0` takes a free one.");
const METRICS_PORT: Variable = Variable::open(
    "METRICS_PORT",
    "none (`9090` in production)",
    "A listener of its own for `/metrics`, which then leaves the main port.",
);
const WORKERS: Variable = Variable::open("WORKERS", "one per core", "How many threads answer requests.");
const WEB_ROOT: Variable =
    Variable::open("WEB_ROOT", "none", "The folder of the built storefront. Unset, only the API is served.");
const ENABLE_SWAGGER: Variable =
    Variable::open("ENABLE_SWAGGER", "`true`", "Whether Swagger UI is served at `/api/docs/`.");
const TRUSTED_PROXY_HOPS: Variable = Variable::open(
    "TRUSTED_PROXY_HOPS",
    "`0`",
    "How many proxies stand in front; so many entries of `X-Forwarded-For` are believed.",
);
const REQUEST_TIMEOUT_SECONDS: Variable =
    Variable::open("REQUEST_TIMEOUT_SECONDS", "`30`", "After this long an answer is given up with 503.");
const SHUTDOWN_TIMEOUT_SECONDS: Variable = Variable::open(
    "SHUTDOWN_TIMEOUT_SECONDS",
    "`30`",
    "How long running requests may go on after SIGTERM or SIGINT.",
);

pub(super) const VARIABLES: &[Variable] = &[
    APP_ENV,
    HOST,
    PORT,
    METRICS_PORT,
    PUBLIC_URL,
    WORKERS,
    WEB_ROOT,
    ENABLE_SWAGGER,
    TRUSTED_PROXY_HOPS,
    REQUEST_TIMEOUT_SECONDS,
    SHUTDOWN_TIMEOUT_SECONDS,
];

/// Whether people depend on this shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Development,
    Production,
}

impl FromStr for Mode {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "development" => Ok(Self::Development),
            "production" => Ok(Self::Production),
            _ => Err("it must be development or production"),
        }
    }
}

/// Where and how the server listens.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    pub mode: Mode,
    pub host: IpAddr,
    pub port: u16,
    pub metrics_port: Option<u16>,
    pub public_url: PublicUrl,
    pub workers: usize,
    pub web_root: Option<PathBuf>,
    pub swagger: bool,
    pub trusted_proxy_hops: usize,
    pub request_timeout: Duration,
    pub shutdown_timeout: Duration,
}

impl ServerConfig {
    pub(super) fn read(environment: &Environment) -> Result<Self, ConfigError> {
        let mode = environment.parsed(&APP_ENV)?.unwrap_or(Mode::Development);
        let production = mode == Mode::Production;
        let any_address: IpAddr = [0, 0, 0, 0].into();
        let loopback: IpAddr = [127, 0, 0, 1].into();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let port = environment.number(&PORT, 0, u16::MAX, 4_000)?;
        Ok(Self {
            mode,
            host: host(environment)?.unwrap_or(if production { any_address } else { loopback }),
            port,
            public_url: PublicUrl::read(environment, mode, port)?,
            metrics_port: environment
                .optional_number(&METRICS_PORT, 0, u16::MAX)?
                .or(production.then_some(9_090)),
            workers: environment.number(&WORKERS, 1, 256, cores)?,
            web_root: environment.text(&WEB_ROOT)?.map(PathBuf::from),
            swagger: environment.flag(&ENABLE_SWAGGER, true)?,
            trusted_proxy_hops: environment.number(&TRUSTED_PROXY_HOPS, 0, 16, 0)?,
            request_timeout: Duration::from_secs(environment.number(&REQUEST_TIMEOUT_SECONDS, 1, 600, 30)?),
            shutdown_timeout: Duration::from_secs(environment.number(
                &SHUTDOWN_TIMEOUT_SECONDS,
                0,
                600,
                30,
            )?),
        })
    }
}

fn host(environment: &Environment) -> Result<Option<IpAddr>, ConfigError> {
    let parsed = environment.text(&HOST)?.map(|text| text.trim().parse()).transpose();
    parsed.map_err(|_| {
        HOST.refuse("must be an address of this machine, like 127.0.0.1, or 0.0.0.0 for all of them")
    })
}

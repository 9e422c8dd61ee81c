//! `bottega serve`.

use tokio::signal::unix::{SignalKind, signal};

use super::{CliError, say};
use crate::{
    app::Application,
    config::{Config, ConfigError, LogFormat, Mode},
    seed,
};

pub(super) async fn run(config: Config) -> Result<(), CliError> {
    // From the first moment on: a server that is told to stop while it starts stops, too.
    let stop =
        stop_signal().map_err(|error| CliError::Failed(format!("Signals cannot be received ({error}).")))?;
    tokio::pin!(stop);
    let app = tokio::select! {
        () = &mut stop => return Ok(()),
        app = start(config) => app?,
    };
    app.run(stop).await.map_err(|error| CliError::Failed(format!("The server broke down ({error}).")))
}

async fn start(config: Config) -> Result<Application, CliError> {
    let app = Application::build(config).await?;
    let state = app.state();
    let config = &state.config;
    if config.server.mode == Mode::Production && seed::demo::has_accounts(&state.db).await? {
        return Err(ConfigError::UnsafeInProduction(
            "the database holds demo accounts whose password everybody knows, delete them or use another database".into(),
        )
        .into());
    }
    if config.database.embedded && config.server.mode == Mode::Development {
        seed::demo::load_into_empty(&seed::Seeder::new(&state.db, &state.clock, &state.ids)).await?;
    }
    tracing::info!(address = %app.address(), database = %config.database.url, redis = ?config.redis, "listening");
    if config.logging.format == LogFormat::Pretty {
        welcome(&app, seed::demo::has_accounts(&state.db).await?);
    }
    Ok(app)
}

fn welcome(app: &Application, has_demo_accounts: bool) {
    let state = app.state();
    let port = app.address().port();
    let host = if app.address().ip().is_loopback() || app.address().ip().is_unspecified() {
        "localhost".to_owned()
    } else {
        app.address().ip().to_string()
    };
    let shop = format!("http://{host}:{port}");
    say("");
    if state.storefront.is_some() {
        say(format_args!("  Shop       {shop}/"));
    }
    if state.config.server.swagger {
        say(format_args!("  API        {shop}/api/docs/"));
    }
    say(format_args!("  Database   {}", state.config.database.url));
    say(format_args!("  Mail       {}", state.config.mail.delivery));
    if has_demo_accounts {
        let accounts: Vec<_> = seed::demo::ACCOUNTS.iter().map(|account| account.email).collect();
        say(format_args!("  Accounts   {} (password: {})", accounts.join(", "), seed::demo::PASSWORD));
    }
    say("");
    say("  Ctrl-C stops it.");
    say("");
}

/// Ends with SIGTERM or SIGINT. Listens from now on, so that none is missed.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

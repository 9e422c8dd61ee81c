//! `/api/auth` and `/api/account`.

mod addresses;
mod credentials;
mod profile;
mod sessions;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .configure(credentials::configure)
        .configure(sessions::configure)
        .configure(profile::configure)
        .configure(addresses::configure);
}

//! Where a request comes from: what sessions and the audit log keep of it.

use std::{
    future::{Ready, ready},
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};
use openapi::Locale;

use crate::{
    access::{Identity, identity_of},
    error::ApiError,
    http,
    state::AppState,
    telemetry::Request,
};

const MAX_USER_AGENT: usize = 300;

/// Where a request comes from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Caller {
    /// None on the command line.
    pub(crate) ip: Option<IpAddr>,
    pub(crate) request_id: Option<String>,
    pub(crate) user_agent: Option<String>,
    /// What language it would like to be answered in.
    pub(crate) locale: Option<Locale>,
    pub(crate) identity: Option<Arc<Identity>>,
}

impl Caller {
    pub(crate) fn of(request: &HttpRequest, state: &AppState) -> Self {
        let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        Self {
            ip: Some(http::client_ip(request, state)),
            request_id: Request::current().map(|request| request.id.clone()),
            user_agent: header(header::USER_AGENT)
                .map(|text| text.chars().filter(|c| !c.is_control()).take(MAX_USER_AGENT).collect()),
            locale: header(header::ACCEPT_LANGUAGE).and_then(Locale::accepted),
            identity: identity_of(request),
        }
    }

    /// Whose limits it meets.
    pub(crate) fn client(&self) -> IpAddr {
        self.ip.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
    }

    /// Its address, as it is kept.
    pub(crate) fn ip_text(&self) -> Option<String> {
        self.ip.map(|ip| ip.to_string())
    }
}

impl FromRequest for Caller {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match request.app_data::<Data<AppState>>() {
            Some(state) => Ok(Self::of(request, state)),
            None => Err(ApiError::internal("a request without the application's state")),
        })
    }
}

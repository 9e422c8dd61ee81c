//! How often one client may ask, counted in process.

use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use actix_web::{
    Error,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web::Data,
};
use governor::{Quota, RateLimiter, clock::Clock as _, clock::DefaultClock, state::keyed::DashMapStateStore};

use super::{Facts, client_ip};
use crate::{config::LimitsConfig, error::ApiError, state::AppState};

type PerClient = RateLimiter<IpAddr, DashMapStateStore<IpAddr>, DefaultClock>;

/// After so many requests the clients that have been quiet are forgotten.
const FORGET_EVERY: u32 = 10_000;

/// Counts requests per client.
#[derive(Debug)]
pub(crate) struct Limiter {
    public_reads: PerClient,
    others: PerClient,
    since_forgetting: AtomicU32,
}

impl Limiter {
    /// A limiter, unless limiting is off.
    pub(crate) fn new(config: &LimitsConfig) -> Option<Self> {
        let per_minute =
            |count| RateLimiter::keyed(Quota::per_minute(NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN)));
        config.enabled.then(|| Self {
            public_reads: per_minute(config.public_reads),
            others: per_minute(config.default),
            since_forgetting: AtomicU32::new(0),
        })
    }

    fn check(&self, client: IpAddr, is_read: bool) -> Result<(), ApiError> {
        if self.since_forgetting.fetch_add(1, Ordering::Relaxed) >= FORGET_EVERY {
            self.since_forgetting.store(0, Ordering::Relaxed);
            self.public_reads.retain_recent();
            self.others.retain_recent();
        }
        let limiter = if is_read { &self.public_reads } else { &self.others };
        limiter.check_key(&client).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            ApiError::RateLimited { retry_after: wait.as_secs() + 1 }
        })
    }
}

/// Lets through what is within the limits. Only the API counts: pages, probes and metrics do not.
pub(crate) async fn limits<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let path = request.path();
    let counts = path.starts_with("/api/") && path != "/api/health" && !path.starts_with("/api/docs");
    if let Some(state) = request.app_data::<Data<AppState>>().filter(|_| counts)
        && let Some(limiter) = &state.limiter
    {
        let client = client_ip(request.request(), state);
        if let Err(error) = limiter.check(client, request.method() == Method::GET) {
            let answer = error.respond(&Facts::of(&request));
            return Ok(request.into_response(answer).map_into_right_body());
        }
    }
    Ok(next.call(request).await?.map_into_left_body())
}

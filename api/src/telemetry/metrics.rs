//! Metrics in Prometheus' text format. Each server has a registry of its own.

use std::time::Duration;

use actix_web::http::Method;
use prometheus::{
    Encoder, Histogram, HistogramOpts, HistogramVec, IntCounter, IntGauge, Opts, Registry, TextEncoder,
};

use super::traces::TraceMetrics;
use crate::{cache::CacheMetrics, cdn::CdnMetrics, db::statements, limits::LimitMetrics, version};

/// What is counted.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Registry,
    requests: HistogramVec,
    statements: IntCounter,
    waited: Histogram,
    uptime: IntGauge,
    pub(crate) limits: LimitMetrics,
    pub(crate) cache: CacheMetrics,
    pub(crate) cdn: CdnMetrics,
    pub(crate) traces: TraceMetrics,
}

const BUCKETS: &[f64] =
    &[0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];

impl Metrics {
    /// A registry with everything this server counts.
    pub fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let metrics = Self {
            requests: HistogramVec::new(
                HistogramOpts::new("http_request_duration_seconds", "How long answers took.")
                    .buckets(BUCKETS.to_vec()),
                &["method", "route", "status"],
            )?,
            statements: IntCounter::new("db_statements_total", "Statements requests have made.")?,
            waited: Histogram::with_opts(
                HistogramOpts::new("db_wait_seconds", "How long a request waited for the database.")
                    .buckets(BUCKETS.to_vec()),
            )?,
            uptime: IntGauge::new("uptime_seconds", "How long this server has been up.")?,
            limits: LimitMetrics::new(&registry)?,
            cache: CacheMetrics::new(&registry)?,
            cdn: CdnMetrics::new(&registry)?,
            traces: TraceMetrics::new(&registry)?,
            registry,
        };
        let build = IntGauge::with_opts(
            Opts::new("build_info", "Which build this is.")
                .const_label("version", version::VERSION)
                .const_label("commit", version::COMMIT),
        )?;
        build.set(1);
        metrics.registry.register(Box::new(build))?;
        metrics.registry.register(Box::new(metrics.requests.clone()))?;
        metrics.registry.register(Box::new(metrics.statements.clone()))?;
        metrics.registry.register(Box::new(metrics.waited.clone()))?;
        metrics.registry.register(Box::new(metrics.uptime.clone()))?;
        #[cfg(target_os = "linux")]
        metrics.registry.register(Box::new(prometheus::process_collector::ProcessCollector::for_self()))?;
        Ok(metrics)
    }

    /// Counts an answer under its route, never under its path: paths are without number.
    pub(crate) fn observe_request(
        &self,
        method: &Method,
        route: Option<&str>,
        status: u16,
        elapsed: Duration,
    ) {
        let method = match *method {
            Method::GET | Method::HEAD | Method::POST | Method::PUT | Method::PATCH | Method::DELETE => {
                method.as_str()
            }
            Method::OPTIONS => "OPTIONS",
            _ => "other",
        };
        self.requests
            .with_label_values(&[method, route.unwrap_or("none"), &status.to_string()])
            .observe(elapsed.as_secs_f64());
    }

    pub(crate) fn observe_statements(&self, total: statements::Total) {
        if total.statements > 0 {
            self.statements.inc_by(total.statements.into());
            self.waited.observe(total.waited.as_secs_f64());
        }
    }

    /// Everything in the text format.
    pub fn render(&self, uptime: Duration) -> Result<Vec<u8>, prometheus::Error> {
        self.uptime.set(i64::try_from(uptime.as_secs()).unwrap_or(i64::MAX));
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(text)
    }
}

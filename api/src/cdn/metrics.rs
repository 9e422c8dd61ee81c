//! What is counted of telling the CDN.

use prometheus::{IntCounter, IntCounterVec, Opts, Registry};

#[derive(Debug, Clone)]
pub(crate) struct CdnMetrics {
    pub(super) told: IntCounter,
    pub(super) failed: IntCounter,
}

impl CdnMetrics {
    pub(crate) fn new(registry: &Registry) -> Result<Self, prometheus::Error> {
        let purges = IntCounterVec::new(
            Opts::new(
                "cdn_purges_total",
                "Times this server told the CDN what to forget, and how that went.",
            ),
            &["outcome"],
        )?;
        registry.register(Box::new(purges.clone()))?;
        Ok(Self { told: purges.with_label_values(&["told"]), failed: purges.with_label_values(&["failed"]) })
    }
}

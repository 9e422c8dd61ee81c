//! One answer as it is kept: its bytes, and what they depend on.

use std::{sync::Arc, time::Duration};

use actix_web::http::header::HeaderValue;
use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Invalidation,
    changes::{Moment, Slot},
    memory::STALE_FOR,
};
use crate::http::Representation;

/// What every answer depends on: who clears everything names it.
pub(crate) const EVERYTHING: &str = "everything";

/// An answer, or that there is none.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) body: Option<Arc<Representation>>,
    pub(super) tags: Vec<String>,
    pub(super) tag_header: HeaderValue,
    slots: Vec<Slot>,
    loaded: Moment,
    made_at: DateTime<Utc>,
    fresh_for: TimeDelta,
}

/// What there is to keep, before it is kept.
#[derive(Debug)]
pub(super) struct Making {
    pub(super) body: Option<Representation>,
    pub(super) tags: Vec<String>,
    /// Where the sequence of changes stood before it was loaded.
    pub(super) loaded: Moment,
    pub(super) made_at: DateTime<Utc>,
    pub(super) fresh_for: Duration,
}

impl Kept {
    pub(super) fn new(invalidation: &Invalidation, making: Making) -> Arc<Self> {
        let Making { body, tags, loaded, made_at, fresh_for } = making;
        let everything = std::iter::once(EVERYTHING);
        let depends_on = tags.iter().map(String::as_str).chain(everything);
        Arc::new(Self {
            slots: depends_on.map(|tag| invalidation.slot(tag)).collect(),
            tag_header: HeaderValue::try_from(tags.join(",")).unwrap_or(HeaderValue::from_static("")),
            fresh_for: TimeDelta::from_std(fresh_for).unwrap_or_default(),
            body: body.map(Arc::new),
            tags,
            loaded,
            made_at,
        })
    }

    /// Whether nothing it depends on has changed since, and it is not too old.
    pub(super) fn is_good(&self, invalidation: &Invalidation, now: DateTime<Utc>) -> bool {
        self.age(now) < self.fresh_for && self.is_unchanged(invalidation)
    }

    pub(super) fn is_unchanged(&self, invalidation: &Invalidation) -> bool {
        self.slots.iter().all(|slot| invalidation.is_unchanged(*slot, self.loaded))
    }

    /// Whether it may be shown when nothing better can be had.
    pub(super) fn is_presentable(&self, now: DateTime<Utc>) -> bool {
        self.body.is_some() && self.age(now).to_std().is_ok_and(|age| age < STALE_FOR)
    }

    pub(super) fn age(&self, now: DateTime<Utc>) -> TimeDelta {
        now - self.made_at
    }

    pub(super) fn made_at(&self) -> DateTime<Utc> {
        self.made_at
    }

    /// What of its life is left.
    pub(super) fn left(&self, now: DateTime<Utc>) -> Duration {
        (self.fresh_for - self.age(now)).to_std().unwrap_or_default()
    }

    /// Roughly what it takes in memory, with its compressed forms.
    pub(super) fn weight(&self) -> usize {
        let body = self.body.as_ref().map_or(0, |body| body.body().len());
        let tags: usize = self.tags.iter().map(|tag| tag.len() * 2 + size_of::<Slot>()).sum();
        size_of::<Self>() + body + body / 2 + tags
    }
}

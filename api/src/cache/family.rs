//! Which kinds of answers are kept, for how long, and under which names.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::version;

/// A kind of answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Family {
    Categories,
    Products,
    Product,
    Related,
    Search,
    Suggest,
    Popular,
    Me,
}

impl Family {
    pub(crate) const ALL: [Self; 8] = [
        Self::Categories,
        Self::Products,
        Self::Product,
        Self::Related,
        Self::Search,
        Self::Suggest,
        Self::Popular,
        Self::Me,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Categories => "categories",
            Self::Products => "products",
            Self::Product => "product",
            Self::Related => "related",
            Self::Search => "search",
            Self::Suggest => "suggest",
            Self::Popular => "popular",
            Self::Me => "me",
        }
    }

    /// How long an answer is used at most without being made anew. Changes do not wait for it.
    fn fresh_for(self) -> Duration {
        match self {
            Self::Categories
            | Self::Products
            | Self::Product
            | Self::Related
            | Self::Search
            | Self::Suggest => Duration::from_mins(5),
            // Orders and searches are no changes: what is popular only grows old.
            Self::Popular | Self::Me => Duration::from_mins(1),
        }
    }

    /// Whether it answers everybody alike.
    pub(super) fn is_public(self) -> bool {
        self != Self::Me
    }

    /// Whether it is out of date only when something changes, and not merely because time passes.
    pub(super) fn is_purged(self) -> bool {
        self.is_public() && self != Self::Popular
    }

    /// Its place in [`Self::ALL`].
    pub(super) fn index(self) -> usize {
        self as usize
    }
}

/// What an answer is the answer to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(super) family: Family,
    /// Tells the questions of a family apart.
    question: String,
}

impl Key {
    pub(crate) fn new(family: Family, question: impl Into<String>) -> Self {
        Self { family, question: question.into() }
    }

    /// How long an answer that was made then is used: for some up to a tenth less than for others, so that what was made
    /// together is not made anew together.
    pub(super) fn fresh_for(&self, made_at: DateTime<Utc>) -> Duration {
        let mut hasher = DefaultHasher::new();
        (self.family, &self.question, made_at.timestamp_millis()).hash(&mut hasher);
        let less = u32::try_from(hasher.finish() % 100).unwrap_or_default();
        self.family.fresh_for() * (1_000 - less) / 1_000
    }

    /// What it is called in Redis. What people type does not stand there, nor what another build would read otherwise.
    pub(super) fn shared_name(&self) -> String {
        let build = format!("{}\0{}\0{}", version::FULL, self.family.name(), self.question);
        let hash = Sha256::digest(build.as_bytes());
        format!("answer:{}:{}", self.family.name(), BASE64_URL_SAFE_NO_PAD.encode(&hash[..16]))
    }

    pub(super) fn weight(&self) -> usize {
        size_of::<Self>() + self.question.len()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_family_knows_its_place() {
        for (place, family) in Family::ALL.into_iter().enumerate() {
            assert_eq!(family.index(), place);
        }
    }

    #[test]
    fn what_was_made_together_does_not_end_together() {
        let ends: HashSet<_> = (0..100)
            .map(|number| Key::new(Family::Product, format!("lamp-{number}")).fresh_for(DateTime::UNIX_EPOCH))
            .collect();
        let most = Family::Product.fresh_for();
        assert!(ends.len() > 30 && ends.iter().all(|end| *end <= most && *end > most * 9 / 10), "{ends:?}");
    }

    #[test]
    fn what_people_type_does_not_stand_in_redis() {
        let name = Key::new(Family::Products, "q=a secret ".repeat(1_000)).shared_name();
        assert!(name.len() < 50 && !name.contains("secret"), "{name}");
        assert_ne!(
            Key::new(Family::Product, "mug").shared_name(),
            Key::new(Family::Related, "mug").shared_name()
        );
    }
}

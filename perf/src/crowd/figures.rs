//! What all the requests come to: in all, by endpoint, by part of the plan, and over time.

use std::collections::BTreeMap;

use super::{Asked, plan::Plan};
use crate::sample::Sample;

/// Into so many pieces the time is cut for the picture, none shorter than a second unless all of it is short.
const PIECES: f64 = 100.0;
/// A piece of time is too much for the shop when its p95 is above this, in milliseconds, or more than this share fails.
pub(super) const SLOW: f64 = 1_000.0;
pub(super) const BROKEN: f64 = 5.0;

#[derive(Debug)]
pub(crate) struct Figures {
    pub(crate) all: Row,
    pub(crate) endpoints: Vec<(&'static str, Row)>,
    pub(crate) parts: Vec<(&'static str, Row)>,
    /// How often each status was answered; none for no answer.
    pub(crate) statuses: BTreeMap<Option<u16>, usize>,
    /// Failures by endpoint and status, the most frequent first.
    pub(crate) errors: Vec<(&'static str, Option<u16>, usize)>,
    pub(crate) over_time: Vec<Moment>,
    /// In how many milliseconds each was answered that did not fail.
    well: Vec<f64>,
}

/// The requests of one kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) requests: usize,
    pub(crate) failed: usize,
    pub(crate) per_second: f64,
    pub(crate) min: f64,
    pub(crate) mean: f64,
    pub(crate) p50: f64,
    pub(crate) p90: f64,
    pub(crate) p95: f64,
    pub(crate) p99: f64,
    pub(crate) max: f64,
}

/// What happened from so many seconds on, for the length of a piece.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) at: f64,
    pub(crate) users: usize,
    pub(crate) per_second: f64,
    /// None where nobody asked.
    pub(crate) p95: Option<f64>,
    pub(crate) failed_percent: f64,
}

impl Figures {
    /// Of at least one request.
    pub(crate) fn of(plan: &Plan, asked: &[Asked]) -> Option<Self> {
        let length = plan.length().as_secs_f64();
        let mut statuses: BTreeMap<Option<u16>, usize> = BTreeMap::new();
        let mut errors: BTreeMap<(&'static str, Option<u16>), usize> = BTreeMap::new();
        for one in asked {
            *statuses.entry(one.status).or_default() += 1;
            if one.has_failed() {
                *errors.entry((one.endpoint, one.status)).or_default() += 1;
            }
        }
        let mut errors: Vec<_> =
            errors.into_iter().map(|((endpoint, status), count)| (endpoint, status, count)).collect();
        errors.sort_by_key(|(.., count)| std::cmp::Reverse(*count));
        let by_endpoint = grouped(asked, |one| one.endpoint);
        let by_part = grouped(asked, |one| plan.part_at(one.at));
        let parts = plan.parts().into_iter();
        Some(Self {
            all: Row::of(&asked.iter().collect::<Vec<_>>(), length)?,
            endpoints: by_endpoint
                .iter()
                .filter_map(|(name, of)| Some((*name, Row::of(of, length)?)))
                .collect(),
            parts: parts
                .filter_map(|(name, seconds)| Some((name, Row::of(by_part.get(name)?, seconds)?)))
                .collect(),
            statuses,
            errors,
            over_time: over_time(plan, asked),
            well: asked.iter().filter(|one| !one.has_failed()).map(|one| one.took).collect(),
        })
    }

    pub(crate) fn part(&self, name: &str) -> Option<&Row> {
        self.parts.iter().find_map(|(part, row)| (*part == name).then_some(row))
    }

    /// The first moment that was too much for the shop.
    pub(crate) fn saturation(&self) -> Option<&Moment> {
        self.over_time
            .iter()
            .find(|moment| moment.p95.is_some_and(|p95| p95 > SLOW) || moment.failed_percent > BROKEN)
    }

    /// How many of a hundred were answered well within so many milliseconds: to fail at once is not to be fast.
    #[expect(clippy::cast_precision_loss, reason = "nobody asks 2^52 times")]
    pub(crate) fn within(&self, milliseconds: f64) -> f64 {
        let fast = self.well.iter().filter(|took| **took < milliseconds).count();
        100.0 * fast as f64 / self.all.requests as f64
    }
}

impl Row {
    #[expect(clippy::cast_precision_loss, reason = "nobody asks 2^52 times")]
    fn of(asked: &[&Asked], seconds: f64) -> Option<Self> {
        let times: Vec<_> = asked.iter().map(|one| one.took).collect();
        let sample = Sample::of(&times, "ms")?;
        Some(Self {
            requests: asked.len(),
            failed: asked.iter().filter(|one| one.has_failed()).count(),
            per_second: asked.len() as f64 / seconds,
            min: sample.min(),
            mean: times.iter().sum::<f64>() / times.len() as f64,
            p50: sample.percentile(50.0),
            p90: sample.percentile(90.0),
            p95: sample.percentile(95.0),
            p99: sample.percentile(99.0),
            max: sample.max(),
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "nobody asks 2^52 times")]
    pub(crate) fn failed_percent(&self) -> f64 {
        100.0 * self.failed as f64 / self.requests as f64
    }
}

fn grouped(asked: &[Asked], by: impl Fn(&Asked) -> &'static str) -> BTreeMap<&'static str, Vec<&Asked>> {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for one in asked {
        groups.entry(by(one)).or_default().push(one);
    }
    groups
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers of pieces"
)]
fn over_time(plan: &Plan, asked: &[Asked]) -> Vec<Moment> {
    let length = plan.length().as_secs_f64();
    let piece = if length < 10.0 { length / 10.0 } else { (length / PIECES).ceil() };
    let mut pieces = vec![vec![]; (length / piece).ceil() as usize];
    for one in asked {
        if let Some(of) = pieces.get_mut((one.at / piece) as usize) {
            of.push(one);
        }
    }
    let moment = |(number, of): (usize, &Vec<&Asked>)| {
        let at = number as f64 * piece;
        let row = Row::of(of, piece);
        Moment {
            at,
            users: plan.users_at((at + piece / 2.0).min(length)),
            per_second: row.map_or(0.0, |row| row.per_second),
            p95: row.map(|row| row.p95),
            failed_percent: row.map_or(0.0, |row| row.failed_percent()),
        }
    };
    pieces.iter().enumerate().map(moment).collect()
}

//! How well two samples can be told apart.

use crate::{random::Random, sample::Sample};

/// How often the samples are drawn anew to learn how much chance there is in what is said of them.
const RESAMPLES: usize = 1_000;

/// A figure, and between which values it lies with 95 % certainty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Estimate {
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// What one sample has over another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Overlap {
    /// The one's median less the other's.
    pub(crate) medians: Estimate,
    /// How often a value of the one exceeds a value of the other: 0.5 when nothing tells them apart, 0 or 1 when a single
    /// value does. What a guesser who sees one value of each gets right.
    pub(crate) superiority: Estimate,
}

impl Overlap {
    /// Compares samples of at least one value each.
    pub(crate) fn of(one: &[f64], other: &[f64], random: &mut Random) -> Option<Self> {
        let (mut medians, mut superiorities) = (vec![], vec![]);
        for _ in 0..RESAMPLES {
            let (one, other) = (drawn(one, random), drawn(other, random));
            medians.push(difference(&one, &other)?);
            superiorities.push(superiority(&one, &other)?);
        }
        Some(Self {
            medians: estimate(difference(one, other)?, &medians)?,
            superiority: estimate(superiority(one, other)?, &superiorities)?,
        })
    }
}

/// As many values of these, each perhaps several times.
fn drawn(values: &[f64], random: &mut Random) -> Vec<f64> {
    (0..values.len()).map(|_| values[random.below(values.len())]).collect()
}

fn difference(one: &[f64], other: &[f64]) -> Option<f64> {
    Some(Sample::of(one, "")?.median() - Sample::of(other, "")?.median())
}

#[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 pairs")]
fn superiority(one: &[f64], other: &[f64]) -> Option<f64> {
    let mut other = other.to_vec();
    other.sort_by(f64::total_cmp);
    // Twice, so that a tie counts half.
    let wins: usize = one
        .iter()
        .map(|value| {
            other.partition_point(|theirs| theirs < value) + other.partition_point(|theirs| theirs <= value)
        })
        .sum();
    let pairs = one.len() * other.len();
    (pairs > 0).then(|| wins as f64 / (2 * pairs) as f64)
}

fn estimate(value: f64, resampled: &[f64]) -> Option<Estimate> {
    let resampled = Sample::of(resampled, "")?;
    Some(Estimate { value, low: resampled.percentile(2.5), high: resampled.percentile(97.5) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_that_do_not_overlap_are_told_apart_by_one_value() {
        let overlap = Overlap::of(&[4.0, 5.0, 6.0], &[1.0, 2.0, 3.0], &mut Random::seeded(1)).unwrap();
        assert_eq!(overlap.superiority, Estimate { value: 1.0, low: 1.0, high: 1.0 });
        assert_eq!(overlap.medians, Estimate { value: 3.0, low: 1.0, high: 5.0 });
    }

    #[test]
    fn of_equal_samples_nothing_can_be_told() {
        let values: Vec<f64> = (0..200).map(f64::from).collect();
        let overlap = Overlap::of(&values, &values, &mut Random::seeded(1)).unwrap();
        let Estimate { value, low, high } = overlap.superiority;
        assert!((value - 0.5).abs() < 1e-9 && low < 0.47 && high > 0.53, "{value} {low} {high}");
        assert!(low > 0.40 && high < 0.60, "{low} {high}");
        assert!(Overlap::of(&[], &values, &mut Random::seeded(1)).is_none());
    }
}

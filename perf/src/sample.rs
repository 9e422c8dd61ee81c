//! What was measured several times.

use std::fmt;

/// Values of one measure, in the order of size.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sample {
    values: Vec<f64>,
    unit: &'static str,
}

impl Sample {
    /// The values of a measurement that was made at least once; of none, nothing can be said.
    pub(crate) fn of(values: &[f64], unit: &'static str) -> Option<Self> {
        let mut values = values.to_vec();
        values.sort_by(f64::total_cmp);
        (!values.is_empty()).then_some(Self { values, unit })
    }

    pub(crate) fn runs(&self) -> usize {
        self.values.len()
    }

    /// The value in the middle; between the two in the middle, if there are two.
    pub(crate) fn median(&self) -> f64 {
        let middle = self.values.len() / 2;
        if self.values.len().is_multiple_of(2) {
            f64::midpoint(self.values[middle - 1], self.values[middle])
        } else {
            self.values[middle]
        }
    }

    /// The least value that so many of a hundred do not exceed.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place among the values"
    )]
    pub(crate) fn percentile(&self, percent: f64) -> f64 {
        let place = (self.values.len() as f64 * percent / 100.0).ceil() as usize;
        self.values[place.clamp(1, self.values.len()) - 1]
    }

    pub(crate) fn min(&self) -> f64 {
        self.values[0]
    }

    pub(crate) fn max(&self) -> f64 {
        self.values[self.values.len() - 1]
    }

    /// How many times the median of another sample this one's is.
    pub(crate) fn ratio_to(&self, other: &Self) -> String {
        format!("{:.2}", self.median() / other.median())
    }

    /// A value of this sample with its unit.
    pub(crate) fn show(&self, value: f64) -> String {
        let digits = if value < 10.0 { 2 } else { 1 };
        format!("{value:.digits$} {}", self.unit)
    }
}

/// `1.20 ms (1.01–3.44)`: the median and between which values.
impl fmt::Display for Sample {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({:.2}–{:.2})", self.show(self.median()), self.min(), self.max())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle_whatever_the_order() {
        let shown = |values: &[f64]| Sample::of(values, "ms").map(|sample| sample.to_string());
        assert_eq!(shown(&[9.0, 1.0, 5.0]).as_deref(), Some("5.00 ms (1.00–9.00)"));
        assert_eq!(shown(&[4.0, 1.0, 2.0, 100.0]).as_deref(), Some("3.00 ms (1.00–100.00)"));
        assert_eq!(shown(&[7.5]).as_deref(), Some("7.50 ms (7.50–7.50)"));
        assert_eq!(shown(&[]), None);
    }

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let values: Vec<f64> = (1..=200).map(f64::from).collect();
        let sample = Sample::of(&values, "ms").unwrap();
        let shown = [0.0, 5.0, 99.0, 99.9, 100.0].map(|percent| sample.show(sample.percentile(percent)));
        assert_eq!(shown, ["1.00 ms", "10.0 ms", "198.0 ms", "200.0 ms", "200.0 ms"]);
    }

    #[test]
    fn large_values_need_fewer_digits() {
        let sample = Sample::of(&[1.0, 1.0], "ms").unwrap();
        assert_eq!(sample.runs(), 2);
        assert_eq!(sample.show(1.234), "1.23 ms");
        assert_eq!(sample.show(120.06), "120.1 ms");
    }

    #[test]
    fn samples_are_compared_by_their_medians() {
        let (slow, fast) = (Sample::of(&[3.0], "ms").unwrap(), Sample::of(&[2.0], "ms").unwrap());
        assert_eq!(slow.ratio_to(&fast), "1.50");
    }
}

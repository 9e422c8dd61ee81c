//! The course of a run as a picture: three curves above each other, over the same time.

use crate::crowd::{
    figures::{Figures, Moment},
    plan::Plan,
};

const WIDTH: f64 = 960.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 20.0;
/// Of one curve, with the room above it.
const HEIGHT: f64 = 140.0;
const ABOVE: f64 = 44.0;
const BELOW: f64 = 44.0;

struct Curve {
    name: &'static str,
    class: &'static str,
    unit: &'static str,
    value: fn(&Moment) -> Option<f64>,
}

const CURVES: [Curve; 3] = [
    Curve {
        name: "Visitors",
        class: "users",
        unit: "",
        value: |moment| Some(f64::from(u32::try_from(moment.users).ok()?)),
    },
    Curve { name: "Requests a second", class: "rate", unit: "", value: |moment| Some(moment.per_second) },
    Curve { name: "p95", class: "p95", unit: " ms", value: |moment| moment.p95 },
];

pub(super) fn draw(plan: &Plan, figures: &Figures) -> String {
    let length = plan.length().as_secs_f64();
    let x = |seconds: f64| LEFT + seconds / length * (WIDTH - LEFT - RIGHT);
    let mut parts = vec![];
    let mut top = 0.0;
    for curve in &CURVES {
        parts.push(one(curve, &figures.over_time, top, length, x));
        top += HEIGHT;
    }
    let mut begin = 0.0;
    // One that lasts from begin to end needs no name.
    for (name, seconds) in plan.parts().into_iter().filter(|(_, seconds)| *seconds < length) {
        let (from, to) = (x(begin), x(begin + seconds));
        if begin > 0.0 {
            parts.push(format!(
                "<line class=\"part\" x1=\"{from:.1}\" y1=\"{ABOVE}\" x2=\"{from:.1}\" y2=\"{top}\"/>"
            ));
        }
        let middle = f64::midpoint(from, to);
        parts.push(format!("<text class=\"part\" x=\"{middle:.1}\" y=\"{:.1}\">{name}</text>", top + 38.0));
        begin += seconds;
    }
    for quarter in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let at = quarter * length;
        parts.push(format!(
            "<text class=\"time\" x=\"{:.1}\" y=\"{:.1}\">{} s</text>",
            x(at),
            top + 20.0,
            round(at)
        ));
    }
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {:.0}\" role=\"img\" aria-label=\"Visitors, requests a second and p95 over time\">{}</svg>",
        top + BELOW,
        parts.concat()
    )
}

fn one(curve: &Curve, moments: &[Moment], top: f64, length: f64, x: impl Fn(f64) -> f64) -> String {
    let points: Vec<(f64, f64)> =
        moments.iter().filter_map(|moment| Some((moment.at, (curve.value)(moment)?))).collect();
    // With room above, so that no curve hides the line at the top.
    let most = ceiling(1.02 * points.iter().map(|(_, value)| *value).fold(0.0, f64::max));
    let (bottom, height) = (top + HEIGHT, HEIGHT - ABOVE);
    let y = |value: f64| bottom - value / most * height;
    // Drawn in the middle of the piece of time it is about.
    let half = moments.get(1).map_or(length, |second| second.at) / 2.0;
    let line: Vec<_> = points
        .iter()
        .map(|(at, value)| format!("{:.1},{:.1}", x((at + half).min(length)), y(*value)))
        .collect();
    let grid: String = [0.0, most / 2.0, most]
        .map(|value| {
            format!(
                "<line class=\"grid\" x1=\"{LEFT}\" y1=\"{0:.1}\" x2=\"{1}\" y2=\"{0:.1}\"/><text class=\"scale\" \
                 x=\"{2}\" y=\"{3:.1}\">{4}{5}</text>",
                y(value),
                WIDTH - RIGHT,
                LEFT - 8.0,
                y(value) + 4.0,
                round(value),
                curve.unit
            )
        })
        .concat();
    format!(
        "{grid}<text class=\"name\" x=\"{LEFT}\" y=\"{:.1}\">{}</text><polyline class=\"{}\" points=\"{}\"/>",
        top + ABOVE - 14.0,
        curve.name,
        curve.class,
        line.join(" ")
    )
}

/// The next round number above a value: 1, 2 or 5 and zeros.
fn ceiling(value: f64) -> f64 {
    if value <= 0.0 {
        return 1.0;
    }
    let magnitude = 10_f64.powf(value.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .map(|step| step * magnitude)
        .into_iter()
        .find(|round| *round >= value)
        .unwrap_or(value)
}

fn round(value: f64) -> String {
    if value.fract().abs() < 1e-9 { format!("{value:.0}") } else { format!("{value:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_with_the_next_round_number() {
        let ends = [0.0, 0.3, 1.0, 7.0, 12.0, 201.0].map(|value| round(ceiling(value)));
        assert_eq!(ends, ["1", "0.5", "1", "10", "20", "500"]);
    }
}

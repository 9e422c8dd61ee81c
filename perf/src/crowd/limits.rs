//! Whether what must hold did.

use super::{
    figures::{BROKEN, Figures, SLOW},
    plan::{Limit, NORMAL, Plan, RECOVERY},
    summary::milliseconds,
};

/// What must hold, what was measured, and whether that is well.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) limit: String,
    pub(crate) measured: String,
    pub(crate) is_kept: bool,
}

impl Verdict {
    pub(crate) fn sentence(&self) -> String {
        format!("It must be that {}, but it is {}.", self.limit, self.measured)
    }
}

pub(crate) fn judge(plan: &Plan, figures: &Figures) -> Vec<Verdict> {
    plan.limits.iter().map(|limit| of(*limit, figures)).collect()
}

fn of(limit: Limit, figures: &Figures) -> Verdict {
    let p95 = |limit: String, p95: Option<f64>, most: f64| Verdict {
        limit,
        measured: p95.map_or("unknown, because nobody asked".to_owned(), milliseconds),
        is_kept: p95.is_some_and(|p95| p95 < most),
    };
    match limit {
        Limit::Failed(percent) => Verdict {
            limit: format!("less than {percent} % of the requests fail"),
            measured: format!("{:.2} %", figures.all.failed_percent()),
            is_kept: figures.all.failed_percent() < percent,
        },
        Limit::P95(most) => {
            p95(format!("the p95 is below {}", milliseconds(most)), Some(figures.all.p95), most)
        }
        Limit::PhaseP95(part, most) => {
            let measured = figures.part(part).map(|row| row.p95);
            p95(format!("the p95 of the phase “{part}” is below {}", milliseconds(most)), measured, most)
        }
        Limit::Within(most, percent) => Verdict {
            limit: format!("more than {percent} % are answered within {}", milliseconds(most)),
            measured: format!("{:.1} %", figures.within(most)),
            is_kept: figures.within(most) > percent,
        },
    }
}

/// Of a spike: whether the shop got over it.
pub(crate) fn recovery(figures: &Figures) -> Option<String> {
    let (before, after) = (figures.part(NORMAL)?.p95, figures.part(RECOVERY)?.p95);
    Some(format!(
        "Recovery is {}: its p95 is {}, and was {} before the spike.",
        recovered(before, after),
        milliseconds(after),
        milliseconds(before)
    ))
}

/// By how much slower it is in percent; what nobody notices, and chance alone can do, is none.
fn recovered(before: f64, after: f64) -> &'static str {
    const UNNOTICED: f64 = 50.0;
    match 100.0 * (after - before) / before {
        _ if after - before < UNNOTICED => "good",
        slower if slower < 20.0 => "good",
        slower if slower < 50.0 => "slow",
        _ => "critical",
    }
}

/// From how many visitors on it was too much.
pub(crate) fn saturation(plan: &Plan, figures: &Figures) -> String {
    let slow = milliseconds(SLOW);
    match figures.saturation() {
        Some(moment) => format!(
            "Saturation: with {} visitors, after {:.0} s, the p95 was above {slow} or more than {BROKEN} % failed.",
            moment.users, moment.at
        ),
        None => format!(
            "Saturation: not reached with {} visitors; at no moment was the p95 above {slow} or did more than {BROKEN} % fail.",
            plan.most_users()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_is_judged_by_what_somebody_could_notice() {
        let pairs =
            [(16.9, 29.8), (1.0, 52.0), (400.0, 470.0), (400.0, 590.0), (400.0, 610.0), (400.0, 100.0)];
        let judged = pairs.map(|(before, after)| recovered(before, after));
        assert_eq!(judged, ["good", "critical", "good", "slow", "critical", "good"]);
    }
}

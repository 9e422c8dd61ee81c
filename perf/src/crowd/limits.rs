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

/// Of a spike: whether the shop got over it. Differences that nobody can notice are none, whatever their percentage.
pub(crate) fn recovery(figures: &Figures) -> Option<String> {
    const UNNOTICED: f64 = 10.0;
    let (normal, after) = (figures.part(NORMAL)?.p95, figures.part(RECOVERY)?.p95);
    let slower = 100.0 * (after - normal) / normal;
    let word = match slower {
        _ if after - normal < UNNOTICED => "good",
        slower if slower < 20.0 => "good",
        slower if slower < 50.0 => "slow",
        _ => "critical",
    };
    Some(format!(
        "Recovery is {word}: its p95 is {}, and was {} before the spike.",
        milliseconds(after),
        milliseconds(normal)
    ))
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

//! What a crowd does: how many come and when, how long they think, and what must hold meanwhile. A scenario is data.

use std::time::Duration;

use clap::ValueEnum;

/// How many come, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scenario {
    /// A few visitors for half a minute, who look around as often as they buy.
    Smoke,
    /// As many as come on a usual day, in three and a half minutes.
    Quick,
    /// As many as come on a usual day, in nine minutes.
    Load,
    /// More and more of them, hardly thinking, in thirteen minutes.
    Stress,
    /// Suddenly a crowd, and whether the shop gets over it.
    Spike,
}

/// So many seconds in which the number of visitors goes evenly to this one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phase {
    /// Told apart in the report by this name; phases in a row may share one.
    pub(crate) name: &'static str,
    pub(crate) seconds: f64,
    pub(crate) users: usize,
}

/// What each visitor is likely to do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Habits {
    /// Between two questions, from so many seconds to so many.
    pub(crate) thinks: (f64, f64),
    /// After each visit, in seconds.
    pub(crate) rests: f64,
    /// How many of a hundred visits are to buy something.
    pub(crate) buys: usize,
    /// How many of a hundred such visits end with an order, where orders are allowed.
    pub(crate) orders: usize,
}

/// What must hold at the end.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Limit {
    /// Fewer of a hundred requests fail.
    Failed(f64),
    /// 95 of a hundred answers come within so many milliseconds.
    P95(f64),
    /// The same of those asked for during these phases.
    PhaseP95(&'static str, f64),
    /// Within so many milliseconds come more of a hundred answers than this.
    Within(f64, f64),
}

#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) phases: Vec<Phase>,
    pub(crate) habits: Habits,
    pub(crate) limits: Vec<Limit>,
}

/// The phases of a spike that are compared with each other.
pub(crate) const NORMAL: &str = "normal";
pub(crate) const RECOVERY: &str = "recovery";

impl Scenario {
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    fn usual_users(self) -> usize {
        match self {
            Self::Smoke => 5,
            Self::Quick | Self::Load => 50,
            Self::Stress | Self::Spike => 200,
        }
    }

    /// What this scenario is with so many visitors at its height.
    pub(crate) fn plan(self, users: Option<usize>) -> Plan {
        use Limit::{Failed, P95, PhaseP95, Within};
        let most = users.unwrap_or(self.usual_users());
        let part = |of_hundred: usize| (most * of_hundred).div_ceil(100);
        let phases = |phases: &[(&'static str, u16, usize)]| -> Vec<Phase> {
            let phase = |&(name, seconds, users): &_| Phase { name, seconds: f64::from(seconds), users };
            phases.iter().map(phase).collect()
        };
        let day = Habits { thinks: (1.0, 5.0), rests: 1.0, buys: 30, orders: 10 };
        let day_limits = vec![Failed(1.0), P95(500.0)];
        match self {
            Self::Smoke => Plan {
                phases: phases(&[("steady", 0, most), ("steady", 30, most)]),
                habits: Habits { thinks: (0.5, 1.0), buys: 50, ..day },
                limits: day_limits,
            },
            Self::Quick => Plan {
                phases: phases(&[("coming", 60, most), ("steady", 120, most), ("leaving", 30, 0)]),
                habits: day,
                limits: day_limits,
            },
            Self::Load => Plan {
                phases: phases(&[("coming", 120, most), ("steady", 300, most), ("leaving", 120, 0)]),
                habits: day,
                limits: day_limits,
            },
            Self::Stress => Plan {
                phases: phases(&[
                    ("to a quarter", 120, part(25)),
                    ("to a half", 180, part(50)),
                    ("to three quarters", 180, part(75)),
                    ("to all", 180, most),
                    ("leaving", 120, 0),
                ]),
                habits: Habits { thinks: (0.1, 0.3), rests: 0.0, buys: 20, orders: 10 },
                limits: vec![Failed(10.0), P95(2_000.0), Within(500.0, 50.0), Within(1_000.0, 80.0)],
            },
            Self::Spike => Plan {
                phases: phases(&[
                    (NORMAL, 0, part(5)),
                    (NORMAL, 30, part(5)),
                    ("spike", 10, most),
                    ("spike", 60, most),
                    ("spike", 10, part(5)),
                    (RECOVERY, 60, part(5)),
                    (RECOVERY, 30, 0),
                ]),
                habits: Habits { thinks: (0.2, 0.5), rests: 0.0, buys: 20, orders: 10 },
                limits: vec![
                    Failed(15.0),
                    P95(3_000.0),
                    PhaseP95(NORMAL, 500.0),
                    PhaseP95(RECOVERY, 1_000.0),
                ],
            },
        }
    }
}

impl Plan {
    pub(crate) fn length(&self) -> Duration {
        Duration::from_secs_f64(self.phases.iter().map(|phase| phase.seconds).sum())
    }

    pub(crate) fn most_users(&self) -> usize {
        self.phases.iter().map(|phase| phase.users).max().unwrap_or_default()
    }

    /// The names of its phases, once each, with how long they last in all.
    pub(crate) fn parts(&self) -> Vec<(&'static str, f64)> {
        let mut parts: Vec<(&'static str, f64)> = vec![];
        for phase in &self.phases {
            match parts.last_mut() {
                Some((name, seconds)) if *name == phase.name => *seconds += phase.seconds,
                _ => parts.push((phase.name, phase.seconds)),
            }
        }
        parts
    }

    /// In which part the crowd is after so many seconds.
    pub(crate) fn part_at(&self, seconds: f64) -> &'static str {
        let mut end = 0.0;
        let found = self.phases.iter().find(|phase| {
            end += phase.seconds;
            seconds < end
        });
        found.or(self.phases.last()).map_or("", |phase| phase.name)
    }

    /// How many visitors there are after so many seconds. A phase without length brings them at once.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "numbers of visitors"
    )]
    pub(crate) fn users_at(&self, seconds: f64) -> usize {
        let (mut begin, mut before) = (0.0, 0);
        for phase in &self.phases {
            if seconds < begin + phase.seconds {
                let (from, to) = (before as f64, phase.users as f64);
                return (from + (to - from) * (seconds - begin) / phase.seconds).ceil().max(0.0) as usize;
            }
            (begin, before) = (begin + phase.seconds, phase.users);
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visitors_come_and_go_evenly() {
        let plan = Scenario::Spike.plan(None);
        let users = [0.0, 29.0, 35.0, 40.0, 99.0, 105.0, 110.0, 169.0, 185.0, 200.0];
        assert_eq!(users.map(|second| plan.users_at(second)), [10, 10, 105, 200, 200, 105, 10, 10, 5, 0]);
        assert_eq!(
            [29.9, 30.0, 109.9, 110.0].map(|at| plan.part_at(at)),
            [NORMAL, "spike", "spike", RECOVERY]
        );
        assert_eq!(plan.parts(), [(NORMAL, 30.0), ("spike", 80.0), (RECOVERY, 90.0)]);
    }

    #[test]
    fn every_scenario_is_as_long_and_as_full_as_its_documentation_says() {
        let told = Scenario::value_variants().iter().map(|scenario| {
            let plan = scenario.plan(None);
            (scenario.name(), plan.length().as_secs(), plan.most_users())
        });
        let told: Vec<_> = told.collect();
        let expected = [
            ("smoke", 30, 5),
            ("quick", 210, 50),
            ("load", 540, 50),
            ("stress", 780, 200),
            ("spike", 200, 200),
        ];
        assert_eq!(told, expected.map(|(name, seconds, users)| (name.to_owned(), seconds, users)));
        assert_eq!(Scenario::Spike.plan(Some(1)).users_at(10.0), 1, "somebody is always there");
    }
}

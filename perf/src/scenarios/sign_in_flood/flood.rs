//! The crowd.

use std::{
    collections::BTreeMap,
    sync::{
        Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use super::super::joined;
use crate::{
    failure::Failure,
    shop::{
        Server,
        people::{self, PASSWORD, WRONG_PASSWORD},
    },
};

/// How often the server's memory is looked at.
pub(super) const LOOK: Duration = Duration::from_millis(20);

/// How a crowd fared.
pub(super) struct Flood {
    /// How often each status was answered.
    pub(super) statuses: BTreeMap<u16, usize>,
    /// Until the last answer.
    pub(super) time: Duration,
    /// The most memory meanwhile.
    pub(super) peak: f64,
}

/// Somebody of the crowd, and whether they get in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visitor {
    Owner,
    Guesser,
    Stranger,
}

fn visitor(number: usize) -> Visitor {
    match number % 8 {
        3 => Visitor::Guesser,
        7 => Visitor::Stranger,
        _ => Visitor::Owner,
    }
}

/// How often each status is to be answered.
pub(super) fn expected(sign_ins: usize) -> BTreeMap<u16, usize> {
    let mut statuses = BTreeMap::new();
    for number in 0..sign_ins {
        let status = if visitor(number) == Visitor::Owner { 200 } else { 401 };
        *statuses.entry(status).or_default() += 1;
    }
    statuses
}

/// Sends so many sign-ins at once and waits for all answers.
pub(super) fn send(server: &Server, sign_ins: usize, people: usize) -> Result<Flood, Failure> {
    let (together, is_over) = (Barrier::new(sign_ins + 1), AtomicBool::new(false));
    thread::scope(|scope| {
        let memory = scope.spawn(|| watch_memory(server, &is_over));
        let together = &together;
        let crowd: Vec<_> = (0..sign_ins)
            .map(|number| {
                scope.spawn(move || {
                    let client = server.client().past_limits();
                    let (email, password) = match visitor(number) {
                        Visitor::Owner => (people::known(number % people), PASSWORD),
                        Visitor::Guesser => (people::known(number % people), WRONG_PASSWORD),
                        Visitor::Stranger => (people::stranger(number), PASSWORD),
                    };
                    together.wait();
                    people::attempt(&client, &email, password).map(|reply| reply.status)
                })
            })
            .collect();
        together.wait();
        let begun = Instant::now();
        let answers: Vec<_> = crowd.into_iter().map(joined).collect();
        let time = begun.elapsed();
        is_over.store(true, Ordering::Relaxed);
        let peak = joined(memory)?;
        let mut statuses = BTreeMap::new();
        for status in answers {
            *statuses.entry(status?).or_default() += 1;
        }
        Ok(Flood { statuses, time, peak })
    })
}

/// The most memory the server had until it was over.
fn watch_memory(server: &Server, is_over: &AtomicBool) -> Result<f64, Failure> {
    let mut peak = server.memory()?;
    while !is_over.load(Ordering::Relaxed) {
        thread::sleep(LOOK);
        peak = server.memory()?.max(peak);
    }
    Ok(peak)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_of_the_crowd_is_turned_away() {
        assert_eq!(expected(200), BTreeMap::from([(200, 150), (401, 50)]));
        assert_eq!((0..200).filter(|&number| visitor(number) == Visitor::Stranger).count(), 25);
    }
}

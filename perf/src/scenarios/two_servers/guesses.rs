//! Whether guessing at two servers gets one more guesses than guessing at one.

use std::{collections::BTreeMap, sync::Barrier, thread};

use super::super::{joined, list_statuses};
use crate::{
    failure::Failure,
    report::Table,
    shop::{
        Server,
        people::{self, PASSWORD, WRONG_PASSWORD},
    },
};

/// How many wrong passwords are tried.
const GUESSES: usize = 40;
/// How many of them are looked at.
const QUOTA: usize = 5;
/// Where the guessers and the owners come from.
const PATIENT: &str = "203.0.113.1";
const HASTY: &str = "203.0.113.2";
const OWNER: &str = "203.0.113.3";

pub(super) fn description() -> String {
    format!(
        "Guesses: {GUESSES} wrong passwords for one account from one address, every other one to A and to B, which share \
         Redis. {QUOTA} of them are looked at, whichever server they reach; from then on the right password does not help \
         that address either, but its owner still gets in from elsewhere."
    )
}

/// Rows of what is answered; broken when it is not exactly what the limit says.
pub(super) fn guess(one: &Server, other: &Server, table: &mut Table) -> Result<Result<(), Failure>, Failure> {
    let guest = one.client().past_limits();
    let mut verdict = Ok(());
    for (how, address, in_turn) in
        [("one after the other", PATIENT, one_by_one as InTurn), ("all at once", HASTY, at_once)]
    {
        let email = format!("target-{address}@example.com");
        people::register(&guest, &email)?;
        let wrong = in_turn([one, other], &email, address)?;
        let expected = BTreeMap::from([(401, QUOTA), (429, GUESSES - QUOTA)]);
        verdict = verdict.and(row(table, &format!("{GUESSES} wrong passwords, {how}"), &wrong, &expected));
        for (who, address, status) in [("that address", address, 429), ("another address", OWNER, 200)] {
            let mut right = BTreeMap::new();
            for server in [one, other] {
                *right.entry(attempt(server, &email, PASSWORD, address)?).or_default() += 1;
            }
            let what = format!("then the right one, from {who}");
            verdict = verdict.and(row(table, &what, &right, &BTreeMap::from([(status, 2)])));
        }
    }
    Ok(verdict)
}

type Statuses = BTreeMap<u16, usize>;
type InTurn = fn([&Server; 2], &str, &str) -> Result<Statuses, Failure>;

fn one_by_one(servers: [&Server; 2], email: &str, address: &str) -> Result<Statuses, Failure> {
    let mut statuses = Statuses::new();
    for server in servers.into_iter().cycle().take(GUESSES) {
        *statuses.entry(attempt(server, email, WRONG_PASSWORD, address)?).or_default() += 1;
    }
    Ok(statuses)
}

fn at_once(servers: [&Server; 2], email: &str, address: &str) -> Result<Statuses, Failure> {
    let together = &Barrier::new(GUESSES);
    thread::scope(|scope| {
        let guessers: Vec<_> = (servers.into_iter().cycle().take(GUESSES))
            .map(|server| {
                scope.spawn(move || {
                    together.wait();
                    attempt(server, email, WRONG_PASSWORD, address)
                })
            })
            .collect();
        let mut statuses = Statuses::new();
        for guesser in guessers {
            *statuses.entry(joined(guesser)?).or_default() += 1;
        }
        Ok(statuses)
    })
}

fn attempt(server: &Server, email: &str, password: &str, address: &str) -> Result<u16, Failure> {
    let guesser = server.client().coming_from(address);
    Ok(people::attempt(&guesser, email, password)?.status)
}

fn row(table: &mut Table, what: &str, seen: &Statuses, expected: &Statuses) -> Result<(), Failure> {
    table.row([what.to_owned(), list_statuses(seen), list_statuses(expected)]);
    if seen == expected {
        return Ok(());
    }
    Err(Failure::Broken(format!("{what}: answered {}", list_statuses(seen))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_guess_too_many_breaks_it() {
        let mut table = Table::headed(["What", "Answers", "Expected"]);
        let expected = Statuses::from([(401, 5), (429, 35)]);
        assert!(row(&mut table, "guesses", &expected, &expected).is_ok());
        let failure =
            row(&mut table, "guesses", &Statuses::from([(401, 6), (429, 34)]), &expected).unwrap_err();
        assert!(failure.to_string().contains("guesses: answered 6 × 401, 34 × 429"), "{failure}");
    }
}

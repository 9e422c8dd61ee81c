//! How long after a change on one server the other knows.

use std::{
    thread,
    time::{Duration, Instant},
};

use openapi::{
    accounts::{SignedIn, UserRole},
    customers::CustomerChange,
};

use crate::{
    failure::Failure,
    random::Random,
    report::Table,
    sample::Sample,
    shop::{Client, Server, people},
    stop,
};

/// Within which a change must be known everywhere.
const BOUND: Duration = Duration::from_secs(1);
/// When nobody waits any longer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two questions to the other server.
const PAUSE: Duration = Duration::from_millis(1);
/// A server looks at the database at intervals: changes are made at any time between two looks.
const INTERVAL: usize = 500;
/// So that the changes come at the same moments when it is repeated.
const SEED: u64 = 3;

pub(super) fn description() -> String {
    format!(
        "Each round signs in on A, uses the new token on B at once and for a random part of {INTERVAL} ms, changes \
         something on A, and goes on asking B, every {} ms, until the answer is another one. The time begins when the change \
         is sent to A, so A's own work is part of it.",
        PAUSE.as_millis()
    )
}

/// A change that takes rights away.
pub(super) struct Change {
    pub(super) name: &'static str,
    /// What the one whose rights go may ask until then.
    path: &'static str,
    needs_admin: bool,
    status: u16,
    make: fn(&Actors<'_>) -> Result<(), Failure>,
}

/// Who takes part in a round.
struct Actors<'a> {
    /// The administrator, on the first server.
    boss: &'a Client,
    /// The one whose rights go, on the first server.
    subject: &'a Client,
    account: &'a SignedIn,
}

pub(super) const CHANGES: [Change; 3] = [
    Change {
        name: "an administrator becomes a customer",
        path: "/api/admin/customers?limit=1",
        needs_admin: true,
        status: 403,
        make: |actors| actors.give(UserRole::Customer),
    },
    Change {
        name: "an account is disabled",
        path: "/api/auth/me",
        needs_admin: false,
        status: 401,
        make: |actors| actors.change(&CustomerChange { is_active: Some(false), role: None }),
    },
    Change {
        name: "somebody signs out everywhere",
        path: "/api/auth/me",
        needs_admin: false,
        status: 401,
        make: |actors| actors.subject.post_nothing("/api/auth/logout-all")?.expect(204).map(drop),
    },
];

impl Actors<'_> {
    fn give(&self, role: UserRole) -> Result<(), Failure> {
        self.change(&CustomerChange { is_active: None, role: Some(role) })
    }

    fn change(&self, change: &CustomerChange) -> Result<(), Failure> {
        let path = format!("/api/admin/customers/{}", self.account.user.id);
        self.boss.patch(&path, change)?.expect(200).map(drop)
    }
}

impl Change {
    /// How long it took each time until the other server knew, in milliseconds.
    pub(super) fn spread(
        &self,
        first: &Server,
        other: &Server,
        boss: &str,
        subjects: impl Iterator<Item = usize>,
    ) -> Result<Vec<f64>, Failure> {
        let boss = first.client().past_limits().with_token(boss);
        let guest = first.client().past_limits();
        let (mut random, mut times) = (Random::seeded(SEED), vec![]);
        for number in subjects {
            let email = people::known(number);
            people::register(&guest, &email)?;
            let account = people::sign_in(&guest, &email)?;
            let subject = first.client().past_limits().with_token(&account.token);
            let actors = Actors { boss: &boss, subject: &subject, account: &account };
            if self.needs_admin {
                actors.give(UserRole::Admin)?;
            }
            let elsewhere = other.client().past_limits().with_token(&account.token);
            self.use_for(&elsewhere, Duration::from_millis(random.below(INTERVAL).try_into().unwrap_or(0)))?;

            let begun = Instant::now();
            (self.make)(&actors)?;
            self.wait(&elsewhere, begun)?;
            times.push(begun.elapsed().as_secs_f64() * 1_000.0);
        }
        Ok(times)
    }

    /// Asks again and again, so that the other server has the rights in its memory when they go.
    fn use_for(&self, client: &Client, time: Duration) -> Result<(), Failure> {
        let begun = Instant::now();
        loop {
            client.get(self.path)?.expect(200)?;
            if begun.elapsed() > time {
                return Ok(());
            }
            thread::sleep(PAUSE);
        }
    }

    /// Asks until the rights are gone.
    fn wait(&self, client: &Client, begun: Instant) -> Result<(), Failure> {
        loop {
            stop::check()?;
            let reply = client.get(self.path)?;
            if reply.status == self.status {
                return Ok(());
            }
            reply.expect(200)?;
            if begun.elapsed() > PATIENCE {
                let seconds = PATIENCE.as_secs();
                return Err(Failure::Broken(format!("{seconds} s after {} B does not know", self.name)));
            }
            thread::sleep(PAUSE);
        }
    }

    /// One row; broken when one time was over the bound.
    pub(super) fn show(&self, other: &str, times: &[f64], table: &mut Table) -> Result<(), Failure> {
        let Some(sample) = Sample::of(times, "ms") else { return Ok(()) };
        let bound = BOUND.as_secs_f64() * 1_000.0;
        table.row([
            self.name.to_owned(),
            self.status.to_string(),
            other.to_owned(),
            sample.runs().to_string(),
            sample.show(sample.median()),
            sample.show(sample.percentile(95.0)),
            sample.show(sample.max()),
            format!("{bound} ms"),
        ]);
        if sample.max() < bound {
            return Ok(());
        }
        Err(Failure::Broken(format!(
            "{}: B, which {other}, knew only after {:.0} ms",
            self.name,
            sample.max()
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_time_over_the_bound_breaks_it() {
        let mut table = Table::headed(["On A"]);
        assert!(CHANGES[0].show("has no Redis", &[10.0, 999.0], &mut table).is_ok());
        let failure = CHANGES[2].show("has no Redis", &[10.0, 1_200.0], &mut table).unwrap_err();
        assert!(failure.to_string().contains("B, which has no Redis, knew only after 1200 ms"), "{failure}");
    }
}

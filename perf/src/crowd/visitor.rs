//! One visitor: comes when the plan says so, asks, thinks, and leaves again.

use std::{
    thread,
    time::{Duration, Instant},
};

use serde::{Serialize, de::DeserializeOwned};

use super::{Asked, plan::Plan};
use crate::{
    random::Random,
    shop::{Client, Reply},
    stop,
};

/// How often somebody who waits looks up.
const GLANCE: Duration = Duration::from_millis(50);

/// What all visitors of a run share.
#[derive(Debug)]
pub(super) struct Crowd<'a> {
    pub(super) plan: &'a Plan,
    pub(super) begun: Instant,
    /// What there is to look at and to buy.
    pub(super) shelf: &'a [String],
    pub(super) for_sale: &'a [String],
    pub(super) with_orders: bool,
    /// Told apart from every other run by this, so that addresses are new and order keys are.
    pub(super) run: u64,
}

#[derive(Debug)]
pub(super) struct Visitor<'a> {
    pub(super) crowd: &'a Crowd<'a>,
    pub(super) number: usize,
    pub(super) client: Client,
    pub(super) random: Random,
    pub(super) visits: usize,
    pub(super) has_account: bool,
    asked: Vec<Asked>,
}

impl<'a> Visitor<'a> {
    pub(super) fn new(crowd: &'a Crowd<'a>, number: usize, client: Client, random: Random) -> Self {
        Self { crowd, number, client, random, visits: 0, has_account: false, asked: vec![] }
    }

    /// Visits the shop whenever the plan wants so many visitors, until its end.
    pub(super) fn stay(mut self) -> Vec<Asked> {
        while self.seconds() < self.crowd.plan.length().as_secs_f64() && stop::check().is_ok() {
            if self.is_wanted() {
                // Who is sent away in the middle of a visit has nothing more to do there.
                let _: Option<()> = self.visit();
                self.visits += 1;
                self.wait(self.crowd.plan.habits.rests);
            } else {
                thread::sleep(GLANCE);
            }
        }
        self.close_account();
        self.asked
    }

    fn seconds(&self) -> f64 {
        self.crowd.begun.elapsed().as_secs_f64()
    }

    fn is_wanted(&self) -> bool {
        self.crowd.plan.users_at(self.seconds()) > self.number && stop::check().is_ok()
    }

    /// Nothing when it is time to leave.
    fn think(&mut self) -> Option<()> {
        let (least, most) = self.crowd.plan.habits.thinks;
        let share = f64::from(u32::try_from(self.random.below(1_000)).unwrap_or_default()) / 1_000.0;
        self.wait(least + (most - least) * share);
        self.is_wanted().then_some(())
    }

    fn wait(&self, seconds: f64) {
        let until = Instant::now() + Duration::from_secs_f64(seconds);
        while self.is_wanted() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            thread::sleep(left.min(GLANCE));
        }
    }

    pub(super) fn get(&mut self, endpoint: &'static str, path: &str) -> Option<Reply> {
        let reply = self.ask(endpoint, |client| client.get(path));
        self.think()?;
        reply
    }

    pub(super) fn post<T: DeserializeOwned>(
        &mut self,
        endpoint: &'static str,
        path: &str,
        body: &impl Serialize,
    ) -> Option<T> {
        let reply = self.ask(endpoint, |client| client.post(path, body));
        self.think()?;
        reply?.json().ok()
    }

    /// Asks once and notes what came of it; the answer, if it is a good one.
    pub(super) fn ask<E>(
        &mut self,
        endpoint: &'static str,
        question: impl FnOnce(&Client) -> Result<Reply, E>,
    ) -> Option<Reply> {
        let at = self.seconds();
        let begun = Instant::now();
        let reply = question(&self.client).ok();
        let took = begun.elapsed().as_secs_f64() * 1_000.0;
        let asked = Asked { endpoint, at, took, status: reply.as_ref().map(|reply| reply.status) };
        let is_good = !asked.has_failed();
        self.asked.push(asked);
        reply.filter(|_| is_good)
    }
}

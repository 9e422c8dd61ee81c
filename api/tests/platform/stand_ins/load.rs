//! Shoppers who never stop, and count what goes wrong.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::task::JoinHandle;

use super::shopper::Shopper;
use crate::support::{PATIENCE, within};

/// As many as two cores can serve beside everything else that runs on them here.
pub const SHOPPERS: usize = 6;
/// How many things they do before everybody has done everything several times.
const A_GOOD_WHILE: usize = 400;

/// Shoppers at work.
pub struct Load {
    stop: Arc<AtomicBool>,
    tally: Arc<Mutex<Tally>>,
    shoppers: Vec<JoinHandle<()>>,
}

/// What has been answered, and what has not.
#[derive(Debug, Default, Clone)]
pub struct Tally {
    answered: BTreeMap<&'static str, usize>,
    pub failures: Vec<String>,
    /// The ids of the orders that were placed, as the shop has told them.
    pub orders: Vec<String>,
}

impl Tally {
    pub fn count(&mut self, kind: &'static str) {
        *self.answered.entry(kind).or_default() += 1;
    }

    pub fn requests(&self) -> usize {
        self.answered.values().sum::<usize>() + self.failures.len()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} requests, {} failed, {} orders (",
            self.requests(),
            self.failures.len(),
            self.orders.len()
        )?;
        let kinds: Vec<_> = self.answered.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        write!(f, "{})", kinds.join(", "))
    }
}

impl Load {
    /// So many shoppers at this address.
    pub fn begin(address: impl fmt::Display, shoppers: usize) -> Self {
        let (stop, tally) = (Arc::<AtomicBool>::default(), Arc::<Mutex<Tally>>::default());
        let shoppers = (0..shoppers)
            .map(|_| {
                let mut shopper = Shopper::new(&format!("http://{address}"), tally.clone());
                let stop = stop.clone();
                tokio::spawn(async move {
                    while !stop.load(Ordering::SeqCst) {
                        shopper.visit().await;
                    }
                })
            })
            .collect();
        Self { stop, tally, shoppers }
    }

    /// Lets them go on for a while.
    pub async fn goes_on(&self) {
        let enough = self.so_far().requests() + A_GOOD_WHILE;
        within(PATIENCE * 4, "a while under load", async || {
            (self.so_far().requests() >= enough).then_some(())
        })
        .await;
    }

    pub fn so_far(&self) -> Tally {
        self.tally.lock().unwrap().clone()
    }

    /// Lets everybody finish what they are at, and tells what has happened.
    pub async fn end(self) -> Tally {
        self.stop.store(true, Ordering::SeqCst);
        for shopper in self.shoppers {
            shopper.await.unwrap();
        }
        self.tally.lock().unwrap().clone()
    }
}

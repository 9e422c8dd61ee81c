//! Pods that come and go as Kubernetes has them come and go, behind a load balancer.

use std::time::Duration;

use nix::sys::signal::Signal;

use super::balancer::Balancer;
use crate::{
    program::{Serving, Shop},
    support::{PATIENCE, within},
};

/// How long a pod goes on as if nothing were after it was decided that it ends, as `preStop` in charts/bottega has it, and
/// how long the load balancer takes to learn of it: both some seconds there, in this proportion.
const PRE_STOP: Duration = Duration::from_secs(3);
const BALANCER_LAG: Duration = Duration::from_secs(1);
/// How often in a row a pod says that it is ready before it is sent requests (tf/modules/edge).
const HEALTHY: usize = 2;

/// Some pods, oldest first, and the load balancer before them.
pub struct Cluster {
    pub balancer: Balancer,
    pods: Vec<Serving>,
}

impl Cluster {
    /// So many pods of this shop.
    pub async fn start(shop: &Shop, pods: usize) -> Self {
        let mut ready = vec![];
        for _ in 0..pods {
            ready.push(start_pod(shop).await);
        }
        let addresses: Vec<_> = ready.iter().map(|pod| pod.address.clone()).collect();
        Self { balancer: Balancer::start(&addresses).await, pods: ready }
    }

    pub fn pods(&self) -> &[Serving] {
        &self.pods
    }

    /// Starts another pod, which is sent requests as soon as it is ready.
    pub async fn add(&mut self, shop: &Shop) {
        let pod = start_pod(shop).await;
        self.balancer.add(&pod.address);
        self.pods.push(pod);
    }

    /// Ends the oldest pods, all at once. Each must end by itself.
    pub async fn end_oldest(&mut self, pods: usize) {
        let leaving: Vec<_> = self.pods.drain(..pods).collect();
        futures_util::future::join_all(leaving.into_iter().map(|pod| end(pod, &self.balancer))).await;
    }

    /// Puts a pod of this shop in the place of each, one after the other: first there is one more, then one less.
    pub async fn replace_all(&mut self, shop: &Shop) {
        for _ in 0..self.pods.len() {
            self.add(shop).await;
            self.end_oldest(1).await;
        }
    }
}

async fn start_pod(shop: &Shop) -> Serving {
    let pod = shop.serve().await;
    let mut in_a_row = 0;
    within(PATIENCE, "a pod that is ready", async || {
        in_a_row = if pod.get("/ready").await.status.is_success() { in_a_row + 1 } else { 0 };
        (in_a_row == HEALTHY).then_some(())
    })
    .await;
    pod
}

/// The pod leaves the load balancer and runs its `preStop` at the same time; then it is told to end.
async fn end(pod: Serving, balancer: &Balancer) {
    let address = pod.address.clone();
    let leaving = async {
        tokio::time::sleep(BALANCER_LAG).await;
        balancer.remove(&address);
    };
    let ending = async {
        tokio::time::sleep(PRE_STOP).await;
        pod.stop(Signal::SIGTERM).await
    };
    let ((), ended) = tokio::join!(leaving, ending);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(!ended.stderr.contains("cut off"), "{}", ended.stderr);
}

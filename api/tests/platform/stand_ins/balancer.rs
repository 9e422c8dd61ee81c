//! nginx in the load balancer's place.

use std::{net::SocketAddr, sync::Mutex};

use super::{
    nginx::{Nginx, free_address},
    terraform,
};

const TEMPLATE: &str = include_str!("balancer.conf");

/// Spreads requests over pods that join and leave.
pub struct Balancer {
    pub address: SocketAddr,
    nginx: Nginx,
    pods: Mutex<Vec<String>>,
}

impl Balancer {
    pub async fn start(pods: &[String]) -> Self {
        let address = free_address();
        let nginx = Nginx::start(TEMPLATE, &values(address, pods), address).await;
        Self { address, nginx, pods: Mutex::new(pods.to_vec()) }
    }

    /// From now on, or a moment later, sends requests to this pod, too.
    pub fn add(&self, pod: &str) {
        self.change(|pods| pods.push(pod.to_owned()));
    }

    /// From now on, or a moment later, sends no more requests to this pod.
    pub fn remove(&self, pod: &str) {
        self.change(|pods| pods.retain(|known| known != pod));
    }

    fn change(&self, change: impl FnOnce(&mut Vec<String>)) {
        let mut pods = self.pods.lock().unwrap();
        change(&mut pods);
        self.nginx.change(TEMPLATE, &values(self.address, &pods));
    }
}

fn values(address: SocketAddr, pods: &[String]) -> Vec<(&'static str, String)> {
    // The load balancer does not decide by itself that a pod is broken after one failure.
    let pods: String = pods.iter().map(|pod| format!("server {pod} max_fails=0;")).collect();
    let idle = terraform::module("edge").value("idle_timeout");
    vec![("ADDRESS", address.to_string()), ("PODS", pods), ("IDLE_SECONDS", idle)]
}

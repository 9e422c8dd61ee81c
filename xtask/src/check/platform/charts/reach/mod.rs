//! Who reaches whom, through the rendered network policies: exactly what a table says, and nothing else.

mod policy;
mod world;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::object::{self, Object};
use super::pods::Pods;
use super::release::{self, Release};
use super::{source, verdict};
use crate::failure::{Failure, Outcome};
use world::{End, Pod, Port};

const TABLE: &str = "xtask/src/check/platform/charts/expected/reachability.json";

/// What some releases together allow.
#[derive(Debug, Deserialize)]
struct Scene {
    /// Chart and file of values.
    releases: Vec<(String, Option<String>)>,
    /// Which address the pods of an object have: `Deployment bottega/bottega`.
    ours: BTreeMap<String, Ours>,
    /// Who else there is.
    others: BTreeMap<String, End>,
    /// From, to, ports. Whatever is not here must not pass.
    open: Vec<(String, String, Vec<String>)>,
}

#[derive(Debug, Deserialize)]
struct Ours {
    pods_of: String,
    address: std::net::Ipv4Addr,
}

#[derive(Debug, Deserialize)]
struct Table {
    /// The ports that are tried between any two.
    ports: Vec<String>,
    scenes: Vec<Scene>,
}

type Way = (String, String, String);

pub(in super::super) fn check() -> Outcome<String> {
    let table: Table = source::json(TABLE)?;
    let (mut findings, mut tried, mut open) = (Vec::new(), 0, 0);
    for scene in &table.scenes {
        let judged = judge(scene, &table.ports)?;
        tried += judged.tried;
        open += judged.open.len();
        findings.extend(differences(scene, &judged.open));
    }
    verdict(&findings)?;
    Ok(format!("{open} ways are open of {tried} tried, in {} clusters", table.scenes.len()))
}

struct Judged {
    tried: usize,
    open: BTreeSet<Way>,
}

fn judge(scene: &Scene, ports: &[String]) -> Outcome<Judged> {
    let releases: Vec<&Release> = scene.releases.iter().map(find).collect::<Outcome<_>>()?;
    let policies: Vec<&Object> =
        releases.iter().flat_map(|release| release.of_kind("NetworkPolicy")).collect();
    let ours = ours(scene, &releases)?;
    let ends: BTreeMap<&String, &End> = scene.others.iter().chain(&ours).collect();
    let mut judged = Judged { tried: 0, open: BTreeSet::new() };
    for (from_name, from) in &ends {
        for (to_name, to) in &ends {
            // Between two others our policies have nothing to say.
            if from_name == to_name || !(ours.contains_key(*from_name) || ours.contains_key(*to_name)) {
                continue;
            }
            for port in ports {
                judged.tried += 1;
                let parsed =
                    Port::parse(port).ok_or_else(|| Failure::new(format!("{TABLE}: {port} is no port.")))?;
                if policy::passes(&policies, from, to, &parsed) {
                    judged.open.insert(((*from_name).clone(), (*to_name).clone(), port.clone()));
                }
            }
        }
    }
    Ok(judged)
}

fn find((chart, file): &(String, Option<String>)) -> Outcome<&'static Release> {
    match file {
        Some(file) => release::one(chart, file),
        None => release::plain(chart),
    }
}

/// The pods that the releases make. All must be in the table: who adds one says whom it reaches.
fn ours(scene: &Scene, releases: &[&Release]) -> Outcome<BTreeMap<String, End>> {
    let mut ends = BTreeMap::new();
    for pods in releases.iter().flat_map(|release| release.objects.iter().filter_map(Pods::of)) {
        let owner = pods.owner.to_string();
        let (name, ours) =
            scene.ours.iter().find(|(_, ours)| ours.pods_of == owner).ok_or_else(|| {
                Failure::new(format!("{TABLE} does not say whom the pods of {owner} reach."))
            })?;
        let pod = Pod {
            namespace: pods.owner.namespace().to_owned(),
            labels: pods.labels.clone(),
            ports: named_ports(&pods),
        };
        ends.insert(name.clone(), End { address: ours.address, pod: Some(pod) });
    }
    Ok(ends)
}

fn named_ports(pods: &Pods) -> BTreeMap<String, u16> {
    pods.containers()
        .flat_map(|container| object::list(container, "/ports"))
        .filter_map(|port| {
            let number = object::number(port, "/containerPort")?;
            Some((object::text(port, "/name").to_owned(), u16::try_from(number).ok()?))
        })
        .collect()
}

fn differences(scene: &Scene, open: &BTreeSet<Way>) -> Vec<String> {
    let wanted: BTreeSet<Way> = scene
        .open
        .iter()
        .flat_map(|(from, to, ports)| ports.iter().map(move |port| (from.clone(), to.clone(), port.clone())))
        .collect();
    let with: Vec<String> = scene
        .releases
        .iter()
        .map(|(chart, file)| format!("{chart} {}", file.as_deref().unwrap_or_default()))
        .collect();
    let with = with.join(", ");
    let missing = wanted
        .difference(open)
        .map(|(from, to, port)| format!("{with}: {from} does not reach {to} at {port}, and should."));
    let surplus = open.difference(&wanted).map(|(from, to, port)| {
        format!("{with}: {from} reaches {to} at {port}, and nobody said so in {TABLE}.")
    });
    missing.chain(surplus).collect()
}

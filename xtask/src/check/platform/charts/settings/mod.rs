//! What pods are told fits what the binary knows: variables, files with secrets, paths of probes, and the time it takes to
//! stop.

mod known;

use serde_json::Value;

use super::object::{self, Object};
use super::pods::Pods;
use super::release::{self, Release};
use super::verdict;
use crate::failure::Outcome;
use known::Known;

/// The images that run the binary.
const OURS: &str = "bottega:";
const SECRETS: &str = "/run/secrets/bottega/";

pub(in super::super) fn check() -> Outcome<String> {
    let known = Known::read()?;
    let (mut findings, mut told) = (Vec::new(), 0);
    for release in release::all()? {
        for pods in release.objects.iter().filter_map(Pods::of).filter(runs_the_binary) {
            let variables = variables(release, &pods);
            told += variables.len();
            let mut wrong = known.strangers(&variables);
            wrong.extend(refused_at_start(&variables));
            wrong.extend(missing_files(release, &pods, &variables)?);
            wrong
                .extend(pods.containers().flat_map(|container| probes(&known, &pods, container, &variables)));
            wrong.extend(too_hasty(&known, &pods, &variables));
            findings.extend(wrong.into_iter().map(|what| format!("{}: {} {what}", release.plan, pods.owner)));
        }
    }
    findings.extend(known.strangers_of_schema()?);
    verdict(&findings)?;
    Ok(format!("{told} variables"))
}

fn runs_the_binary(pods: &Pods) -> bool {
    pods.containers().any(is_ours)
}

fn is_ours(container: &Value) -> bool {
    object::text(container, "/image").contains(OURS)
}

type Variables = Vec<(String, String)>;

/// What the containers of pods that run the binary are told.
fn variables(release: &Release, pods: &Pods) -> Variables {
    let mut told = Vec::new();
    for container in pods.containers().filter(|container| is_ours(container)) {
        for from in object::list(container, "/envFrom") {
            let name = object::text(from, "/configMapRef/name");
            let data = release.find("ConfigMap", name).map(|map| object::map(&map.value, "/data"));
            told.extend(data.into_iter().flatten().map(|(name, value)| (name.clone(), plain(value))));
        }
        for variable in object::list(container, "/env") {
            told.push((object::text(variable, "/name").to_owned(), plain(&variable["value"])));
        }
    }
    told
}

fn plain(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn value<'a>(variables: &'a Variables, name: &str) -> &'a str {
    variables.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value)
}

/// What keeps the binary from starting. Without `APP_ENV` the image's own holds, which is production.
fn refused_at_start(variables: &Variables) -> Vec<String> {
    if value(variables, "APP_ENV") == "development" {
        return Vec::new();
    }
    let needed = ["PUBLIC_URL", "DATABASE_URL_FILE", "JWT_SECRET_FILE"];
    let missing = needed.iter().filter(|name| value(variables, name).is_empty());
    missing.map(|name| format!("runs in production without {name}.")).collect()
}

/// Files that variables name and the secret does not hold: the release's own, or the one that a chart makes beside it.
fn missing_files(release: &Release, pods: &Pods, variables: &Variables) -> Outcome<Vec<String>> {
    let secret = object::list(pods.spec, "/volumes")
        .iter()
        .map(|volume| object::text(volume, "/secret/secretName"))
        .find(|name| !name.is_empty())
        .unwrap_or_default();
    let mut there = makers(release, secret);
    if there.is_empty() {
        there = release::all()?
            .iter()
            .filter(|other| other.plan.chart != release.plan.chart)
            .flat_map(|other| makers(other, secret))
            .collect();
    }
    let mut findings = Vec::new();
    for (name, path) in variables.iter().filter(|(name, _)| name.ends_with("_FILE")) {
        let Some(file) = path.strip_prefix(SECRETS) else {
            findings.push(format!("is told by {name} to read {path}, which is not in {SECRETS}."));
            continue;
        };
        for (maker, _) in there.iter().filter(|(_, keys)| !keys.iter().any(|key| *key == file)) {
            findings.push(format!("is told by {name} to read {file}, which {maker} does not make."));
        }
    }
    Ok(findings)
}

fn makers<'a>(release: &'a Release, secret: &str) -> Vec<(&'a Object, Vec<&'a String>)> {
    release.objects.iter().filter_map(|object| Some((object, keys(object, secret)?))).collect()
}

/// The files that an object puts into a secret, if it makes that secret.
fn keys<'a>(object: &'a Object, secret: &str) -> Option<Vec<&'a String>> {
    let data = match object.kind() {
        "Secret" if object.name() == secret => "/stringData",
        "ExternalSecret" if object::text(&object.value, "/spec/target/name") == secret => {
            "/spec/target/template/data"
        }
        _ => return None,
    };
    Some(object::map(&object.value, data).keys().collect())
}

/// Probes that ask for what is not there.
fn probes(known: &Known, pods: &Pods, container: &Value, variables: &Variables) -> Vec<String> {
    let mut findings = Vec::new();
    for probe in ["startupProbe", "livenessProbe", "readinessProbe"] {
        let Some(get) = container.pointer(&format!("/{probe}/httpGet")) else { continue };
        let path = object::text(get, "/path");
        if !known.answers(path) {
            findings.push(format!("has a {probe} ask for {path}, which openapi.json does not know."));
        }
        let port = pods.port(object::text(get, "/port")).map(|port| port.to_string()).unwrap_or_default();
        if port != value(variables, "PORT") {
            findings.push(format!(
                "has a {probe} ask port {port:?}, but listens on {}.",
                value(variables, "PORT")
            ));
        }
    }
    findings
}

/// Whether a pod is killed before it has had the time it was promised.
fn too_hasty(known: &Known, pods: &Pods, variables: &Variables) -> Option<String> {
    let drain: u64 = value(variables, "SHUTDOWN_TIMEOUT_SECONDS").parse().ok()?;
    let wait = object::number(pods.spec, "/containers/0/lifecycle/preStop/sleep/seconds").unwrap_or_default();
    let grace = object::number(pods.spec, "/terminationGracePeriodSeconds").unwrap_or(30);
    let needed = wait + drain + known.closing_seconds;
    (needed >= grace).then(|| {
        format!(
            "is killed after {grace} seconds, but needs up to {needed}: {wait} before it is told, {drain} for running \
             requests and {} to close.",
            known.closing_seconds
        )
    })
}

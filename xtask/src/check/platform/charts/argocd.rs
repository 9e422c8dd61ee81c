//! Argo CD deploys when somebody says so, from this repository, and only what its projects name.

use std::collections::BTreeSet;

use serde_json::Value;

use super::object::{self, Object};
use super::release::{self, Release};
use super::verdict;
use crate::failure::{Failure, Outcome};
use crate::members;

type Kind = (String, String);

/// This repository's charts, as they are deployed one after the other.
const IN_ORDER: [&str; 2] = ["addons", "bottega"];

pub(in super::super) fn check() -> Outcome<String> {
    let argocd = release::plain("argocd")?;
    let mut findings = Vec::new();
    for application in argocd.of_kind("Application") {
        let project = object::text(&application.value, "/spec/project");
        match argocd.find("AppProject", project) {
            Some(project) => findings.extend(application_findings(application, project)),
            None => findings.push(format!("{application} is in the project {project}, which is not there.")),
        }
    }
    for project in argocd.of_kind("AppProject") {
        findings.extend(wildcards(project));
    }
    findings.extend(homeless(argocd)?);
    let shop = rendered(&["values-demo.yaml"], "bottega")?;
    let allowed = allowed(project(argocd, "bottega")?);
    for kind in &shop - &allowed {
        findings
            .push(format!("The project bottega does not allow {}, which its chart renders.", named(&kind)));
    }
    for kind in &allowed - &shop {
        findings
            .push(format!("The project bottega allows {}, which its chart does not render.", named(&kind)));
    }
    let addons = rendered(&["values-demo.yaml", "values-xray.yaml"], "addons")?;
    for kind in &addons - &self::allowed(project(argocd, "addons")?) {
        findings
            .push(format!("The project addons does not allow {}, which its chart renders.", named(&kind)));
    }
    verdict(&findings)?;
    Ok(format!(
        "{} applications, {} kinds of objects for the shop",
        argocd.of_kind("Application").count(),
        allowed.len()
    ))
}

/// `batch/Job`, or `Service` alone for what is Kubernetes' core.
fn named((group, kind): &Kind) -> String {
    if group.is_empty() { kind.clone() } else { format!("{group}/{kind}") }
}

fn project<'a>(argocd: &'a Release, name: &str) -> Outcome<&'a Object> {
    argocd
        .find("AppProject", name)
        .ok_or_else(|| Failure::new(format!("charts/argocd has no project {name}.")))
}

/// Objects whose namespace is not there when they come: Argo CD makes none but the one an application goes to.
fn homeless(argocd: &Release) -> Outcome<Vec<String>> {
    let mut there = BTreeSet::from(["kube-system", "argocd"]);
    let mut findings = Vec::new();
    for chart in IN_ORDER {
        let objects = &release::one(chart, "values-demo.yaml")?.objects;
        there.extend(argocd.find("Application", chart).and_then(made_for));
        there.extend(objects.iter().filter(|object| object.kind() == "Namespace").map(Object::name));
        let strangers = objects.iter().filter(|object| !there.contains(object.namespace()));
        findings.extend(
            strangers.map(|object| format!("Nobody has made the namespace of {object} when it comes.")),
        );
    }
    Ok(findings)
}

/// The namespace that Argo CD makes for an application, if it is told to.
fn made_for(application: &Object) -> Option<&str> {
    let options = object::list(&application.value, "/spec/syncPolicy/syncOptions");
    let told = options.iter().any(|option| option == "CreateNamespace=true");
    told.then(|| object::text(&application.value, "/spec/destination/namespace"))
}

/// The kinds that a chart renders.
fn rendered(files: &[&str], chart: &str) -> Outcome<BTreeSet<Kind>> {
    let mut kinds = BTreeSet::new();
    for file in files {
        let objects = &release::one(chart, file)?.objects;
        kinds.extend(objects.iter().map(|object| (object.group().to_owned(), object.kind().to_owned())));
    }
    Ok(kinds)
}

fn allowed(project: &Object) -> BTreeSet<Kind> {
    ["/spec/clusterResourceWhitelist", "/spec/namespaceResourceWhitelist"]
        .into_iter()
        .flat_map(|list| object::list(&project.value, list))
        .map(|entry| (object::text(entry, "/group").to_owned(), object::text(entry, "/kind").to_owned()))
        .collect()
}

/// A star in a project is a right that nobody thought of. Roles may name all applications of their own project.
fn wildcards(project: &Object) -> Vec<String> {
    let mut spec = project.value["spec"].clone();
    let own = format!(" {}/*,", project.name());
    for role in spec["roles"].as_array_mut().into_iter().flatten() {
        let policies = object::list(role, "/policies").iter().filter_map(Value::as_str);
        let starless: Vec<String> = policies.map(|policy| policy.replace(&own, " ,")).collect();
        role["policies"] = starless.into();
    }
    if spec.to_string().contains('*') {
        vec![format!("{project} holds a `*`: name what is meant.")]
    } else {
        Vec::new()
    }
}

fn application_findings(application: &Object, project: &Object) -> Vec<String> {
    let spec = &application.value["spec"];
    let mut findings = Vec::new();
    if spec.pointer("/syncPolicy/automated").is_some() {
        findings.push(format!("{application} is deployed by itself: remove `automated`."));
    }
    let namespace = object::text(spec, "/destination/namespace");
    let destinations = object::list(&project.value, "/spec/destinations");
    if !destinations.iter().any(|one| object::text(one, "/namespace") == namespace) {
        findings.push(format!("{application} goes to {namespace}, which {project} does not allow."));
    }
    for source in spec.get("source").into_iter().chain(object::list(spec, "/sources")) {
        let repository = &source["repoURL"];
        if !object::list(&project.value, "/spec/sourceRepos").contains(repository) {
            findings.push(format!("{application} comes from {repository}, which {project} does not allow."));
        }
        findings.extend(
            missing_values(source).map(|file| format!("{application} reads {file}, which is not there.")),
        );
    }
    findings
}

/// Files of values that a source names and this repository does not have.
fn missing_values(source: &Value) -> impl Iterator<Item = String> {
    let path = object::text(source, "/path").to_owned();
    let files = object::list(source, "/helm/valueFiles").iter().filter_map(Value::as_str);
    files
        .map(move |file| match file.strip_prefix("$values/") {
            Some(file) => file.to_owned(),
            None => format!("{path}/{file}"),
        })
        .filter(|file| !members::in_root(file).exists())
}

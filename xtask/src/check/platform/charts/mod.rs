//! The charts, judged as they are rendered by Helm's own engine with every file of values.

mod alerts;
mod argocd;
mod connections;
mod engine;
mod object;
mod pods;
mod program;
mod ranges;
mod reach;
mod references;
mod refused;
mod release;
mod restricted;
mod rights;
mod schemas;
mod secrets;
mod settings;
mod source;
mod terraform;
mod versions;
mod waves;

use super::verdict;
use crate::failure::Outcome;

pub(super) use alerts::check as alerts;
pub(super) use argocd::check as argocd;
pub(super) use connections::check as connections;
pub(super) use ranges::check as ranges;
pub(super) use reach::check as reach;
pub(super) use references::check as references;
pub(super) use refused::check as refused;
pub(super) use restricted::check as restricted;
pub(super) use rights::check as rights;
pub(super) use schemas::check as schemas;
pub(super) use secrets::check as secrets;
pub(super) use settings::check as settings;
pub(super) use versions::check as versions;
pub(super) use waves::check as waves;

/// Helm finds no fault in a chart with any of its files of values.
pub(super) fn lint() -> Outcome<String> {
    let plans = release::plans()?;
    let mut findings = Vec::new();
    for (plan, answer) in plans.iter().zip(engine::lint(&plans)?) {
        findings.extend(answer.into_iter().map(|finding| format!("{plan}: {finding}")));
    }
    verdict(&findings)?;
    Ok(format!("{} charts, {} files of values", release::charts()?.len(), plans.len()))
}

/// Every file of values gives objects.
pub(super) fn render() -> Outcome<String> {
    let releases = release::all()?;
    let empty: Vec<String> = releases
        .iter()
        .filter(|release| release.objects.is_empty())
        .map(|release| format!("{} renders nothing.", release.plan))
        .collect();
    verdict(&empty)?;
    let objects: usize = releases.iter().map(|release| release.objects.len()).sum();
    Ok(format!("{objects} objects of {} releases", releases.len()))
}

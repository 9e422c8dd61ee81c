//! The purger: one server of many, which tells the CDN of what changed, all at once, and later where that fails. A change
//! is told once, unless a server dies between telling and writing that down: then once more, in the same words.

use std::{sync::Arc, thread, time::Duration};

use actix_web::web::Data;
use chrono::TimeDelta;
use entity::{cache_generation::Model, lease};
use sea_orm::DbErr;
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;

use super::{
    cloudfront::{CdnError, CloudFront},
    paths, queries,
};
use crate::{
    background::{Background, Stop},
    state::AppState,
};

/// How often it is looked whether something changed.
const PAUSE: Duration = Duration::from_secs(1);
/// How long it must have been quiet before the CDN is told. By then every server shows the change, and what the CDN asks
/// for afterwards is new; and changes that belong together are told together.
const QUIET: Duration = Duration::from_secs(2);
/// How often that is waited for at most: what comes after the last look is told the next time.
const LOOKS: u32 = 5;
/// How long the lease lasts: longer than all the waiting, for keys and for CloudFront, can take.
const LEASE: TimeDelta = TimeDelta::seconds(30);
const FIRST_DELAY: TimeDelta = TimeDelta::seconds(5);
const LONGEST_DELAY: TimeDelta = TimeDelta::minutes(5);

/// Tells the CDN for as long as the server runs, if there is one to tell.
pub(crate) fn start(background: &mut Background, state: &Data<AppState>) {
    let Some(config) = &state.config.cdn else { return };
    tracing::info!(distribution = config.distribution, "telling CloudFront what changes");
    let (state, cdn) = (state.clone(), Arc::new(CloudFront::of(config)));
    background.repeat("cdn", PAUSE, Arc::default(), move |stop| {
        let (state, cdn) = (state.clone(), cdn.clone());
        async move { tell_what_changed(&state, &cdn, stop).await }
    });
}

async fn tell_what_changed(state: &AppState, cdn: &Arc<CloudFront>, mut stop: Stop) -> Result<(), DbErr> {
    let now = state.clock.now();
    if !queries::is_due(state.db.reader(), now).await? {
        return Ok(());
    }
    let transaction = state.db.begin().await?;
    let lease = queries::take_lease(&transaction, state.ids.next(), now, now + LEASE).await?;
    transaction.commit().await?;
    let Some(lease) = lease else { return Ok(()) };
    let telling = async {
        let changes = when_quiet(state).await?;
        Ok::<_, DbErr>(tell(state, cdn, &changes).await.map(|()| changes))
    };
    let told = tokio::select! {
        told = telling => told?,
        // Whoever is next tells, or tells again in the same words.
        () = stop.told() => Ok(vec![]),
    };
    conclude(state, &lease, told).await
}

/// The changes, once no more have come for a while, or none that could be waited for. All of them are known to every
/// server by then.
async fn when_quiet(state: &AppState) -> Result<Vec<Model>, DbErr> {
    let mut known = queries::untold(state.db.reader(), state.clock.now()).await?;
    for look in 1.. {
        tokio::time::sleep(QUIET).await;
        if look == LOOKS {
            break;
        }
        let now = queries::untold(state.db.reader(), state.clock.now()).await?;
        if now == known {
            break;
        }
        known = now;
    }
    Ok(known)
}

async fn tell(state: &AppState, cdn: &Arc<CloudFront>, changes: &[Model]) -> Result<(), CdnError> {
    let paths = paths::seen_at(changes.iter().map(|change| change.tag.as_str()));
    if paths.is_empty() {
        return Ok(());
    }
    let (cdn, reference, now) = (cdn.clone(), reference(changes, &paths), state.clock.now());
    let told = paths.clone();
    let (answer, answered) = oneshot::channel();
    // In a thread of its own: the runtime does not end before its own threads have.
    let telling = thread::Builder::new().name("cdn".to_owned());
    telling.spawn(move || answer.send(cdn.forget(&told, &reference, now))).map_err(CdnError::NoThread)?;
    answered.await.unwrap_or(Err(CdnError::BrokenOff))?;
    state.metrics.cdn.told.inc();
    tracing::info!(changes = changes.len(), ?paths, "the CDN was told");
    Ok(())
}

/// What CloudFront knows a request again by: the same for the same changes, whoever tells it of them. With other paths, as
/// another release may have for them, CloudFront would refuse it.
fn reference(changes: &[Model], paths: &[&str]) -> String {
    let mut generations: Vec<_> = changes.iter().map(|change| change.generation).collect();
    generations.sort_unstable();
    let mut digest = Sha256::new();
    for generation in generations {
        digest.update(generation.as_bytes());
    }
    digest.update(paths.join(" "));
    digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

async fn conclude(
    state: &AppState,
    lease: &lease::Model,
    told: Result<Vec<Model>, CdnError>,
) -> Result<(), DbErr> {
    let now = state.clock.now();
    let transaction = state.db.begin().await?;
    match told {
        Ok(changes) => {
            queries::mark_told(&transaction, &changes).await?;
            queries::give_lease_back(&transaction, lease, now, 0).await?;
        }
        Err(error) => {
            let delay = delay_after(lease.attempts);
            state.metrics.cdn.failed.inc();
            tracing::warn!(%error, "the CDN was not told, next attempt in {} s", delay.num_seconds());
            queries::give_lease_back(&transaction, lease, now + delay, lease.attempts.saturating_add(1))
                .await?;
        }
    }
    transaction.commit().await
}

/// How long to wait after one more failure than there were.
fn delay_after(failures: i32) -> TimeDelta {
    let factor = u32::try_from(failures).ok().and_then(|failures| 2_i32.checked_pow(failures));
    factor
        .and_then(|factor| FIRST_DELAY.checked_mul(factor))
        .map_or(LONGEST_DELAY, |delay| delay.min(LONGEST_DELAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_doubles_up_to_five_minutes() {
        let delays = [0, 1, 2, 5, 6, 40].map(|failures| delay_after(failures).num_seconds());
        assert_eq!(delays, [5, 10, 20, 160, 300, 300]);
    }
}

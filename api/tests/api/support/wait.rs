//! Waiting for what takes a moment.

use std::{fmt::Display, panic::Location, time::Duration};

/// How long anything is waited for that has no bound of its own.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Looks again and again until something is so, but not for longer than this.
#[track_caller]
pub fn within<T>(
    patience: Duration,
    what: impl Display,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> impl Future<Output = T> {
    let caller = Location::caller();
    async move {
        let waiting = async {
            loop {
                if let Some(found) = look().await {
                    return found;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let found = tokio::time::timeout(patience, waiting).await;
        found.unwrap_or_else(|_| panic!("{what}: not within {patience:?}, waited for at {caller}"))
    }
}

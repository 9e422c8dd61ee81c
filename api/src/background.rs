//! What goes on beside the requests: tasks that begin with the server, and end before it closes what they use.

use std::{fmt, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use tokio::{
    sync::{Notify, watch},
    task::JoinHandle,
};

/// The tasks that run beside the requests.
#[derive(Debug, Default)]
pub(crate) struct Background {
    stopping: watch::Sender<bool>,
    tasks: Vec<(&'static str, JoinHandle<()>)>,
}

/// Tells a task that it should come to an end.
#[derive(Debug, Clone)]
pub(crate) struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Whether it should come to an end now.
    pub(crate) fn is_told(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    /// Waits until it should.
    pub(crate) async fn told(&mut self) {
        // Fails when whoever could tell is gone, and then there is nothing left to work for.
        let _ = self.0.wait_for(|told| *told).await;
    }
}

impl Background {
    /// Repeats a round until the server stops: after each pause, and at once when woken. A round that fails, even by
    /// panicking, is followed by the next one; a trouble that lasts is logged when it begins and when it is over.
    pub(crate) fn repeat<Round, Work, Error>(
        &mut self,
        name: &'static str,
        pause: Duration,
        waking: Arc<Notify>,
        round: Round,
    ) where
        Round: Fn(Stop) -> Work + Send + Sync + 'static,
        Work: Future<Output = Result<(), Error>> + Send,
        Error: fmt::Display,
    {
        let mut stop = Stop(self.stopping.subscribe());
        let task = tokio::spawn(async move {
            let mut in_trouble = false;
            while !stop.is_told() {
                let trouble = trouble(&round, &stop).await;
                match &trouble {
                    Some(error) if !in_trouble => tracing::warn!(task = name, error, "a round failed"),
                    None if in_trouble => tracing::info!(task = name, "the rounds succeed again"),
                    _ => {}
                }
                in_trouble = trouble.is_some();
                tokio::select! {
                    () = stop.told() => {}
                    () = waking.notified() => {}
                    () = tokio::time::sleep(pause) => {}
                }
            }
        });
        self.tasks.push((name, task));
    }

    /// Asks every task to end after what it has in hand.
    pub(crate) fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Waits until they have ended. What is not done by then is cut off.
    pub(crate) async fn ended(self, patience: Duration) {
        self.stop();
        let deadline = tokio::time::Instant::now() + patience;
        for (name, mut task) in self.tasks {
            if tokio::time::timeout_at(deadline, &mut task).await.is_err() {
                tracing::warn!(task = name, "was cut off");
                task.abort();
            }
        }
    }
}

/// Why a round failed, if it did.
async fn trouble<Round, Work, Error>(round: &Round, stop: &Stop) -> Option<String>
where
    Round: Fn(Stop) -> Work + Send + Sync,
    Work: Future<Output = Result<(), Error>> + Send,
    Error: fmt::Display,
{
    match AssertUnwindSafe(async { round(stop.clone()).await }).catch_unwind().await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.to_string()),
        // What it panicked with is in the log already.
        Err(_) => Some("it panicked".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    const LONG: Duration = Duration::from_hours(1);

    #[tokio::test(start_paused = true)]
    async fn a_round_that_fails_or_panics_is_followed_by_the_next() {
        let (rounds, mut background) = (Arc::new(AtomicU32::new(0)), Background::default());
        let counter = rounds.clone();
        background.repeat("test", LONG, Arc::default(), move |_| {
            let counter = counter.clone();
            async move {
                match counter.fetch_add(1, Ordering::SeqCst) {
                    0 => Err("no luck"),
                    1 => panic!("no luck at all"),
                    _ => Ok(()),
                }
            }
        });
        tokio::time::sleep(3 * LONG + Duration::from_secs(1)).await;
        assert_eq!(rounds.load(Ordering::SeqCst), 4);
        background.ended(LONG).await;
        tokio::time::sleep(3 * LONG).await;
        assert_eq!(rounds.load(Ordering::SeqCst), 4);
    }

    #[tokio::test(start_paused = true)]
    async fn waking_during_a_round_brings_another() {
        let (rounds, waking) = (Arc::new(AtomicU32::new(0)), Arc::new(Notify::new()));
        let mut background = Background::default();
        let (counter, waker) = (rounds.clone(), waking.clone());
        background.repeat("test", LONG, waking, move |_| {
            let (counter, waker) = (counter.clone(), waker.clone());
            async move {
                if counter.fetch_add(1, Ordering::SeqCst) == 0 {
                    waker.notify_one();
                }
                Ok::<(), String>(())
            }
        });
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(rounds.load(Ordering::SeqCst), 2);
    }
}

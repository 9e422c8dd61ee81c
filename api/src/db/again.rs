//! Trying again what the database gave up so that somebody else could go on.

use sea_orm::{DbErr, RuntimeErr, sqlx};

/// More often nothing meets.
const ATTEMPTS: u32 = 5;

/// Says of an error whether doing the same again, from the beginning, may well succeed.
pub(crate) trait Passing {
    fn is_passing(&self) -> bool;
}

impl Passing for DbErr {
    fn is_passing(&self) -> bool {
        let (Self::Exec(RuntimeErr::SqlxError(cause)) | Self::Query(RuntimeErr::SqlxError(cause))) = self
        else {
            return false;
        };
        // Of two transactions that waited for each other PostgreSQL ends one, and of two that cannot be put in an order.
        let code = match &**cause {
            sqlx::Error::Database(database) => database.code(),
            _ => None,
        };
        matches!(code.as_deref(), Some("40P01" | "40001"))
    }
}

/// Does something that is one transaction, from the beginning again where it met somebody else.
pub(crate) async fn again<T, E: Passing, Attempt: Future<Output = Result<T, E>>>(
    attempt: impl Fn() -> Attempt,
) -> Result<T, E> {
    for _ in 1..ATTEMPTS {
        match attempt().await {
            Err(error) if error.is_passing() => {}
            outcome => return outcome,
        }
    }
    attempt().await
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[derive(Debug, PartialEq)]
    struct Met(bool);

    impl Passing for Met {
        fn is_passing(&self) -> bool {
            self.0
        }
    }

    async fn attempts(outcomes: &[Result<(), Met>]) -> (u32, bool) {
        let made = Cell::new(0);
        let made = &made;
        let outcome = again(|| async move {
            let number: u32 = made.get();
            made.set(number + 1);
            match outcomes.get(number as usize).unwrap_or(&Err(Met(true))) {
                Ok(()) => Ok(()),
                Err(Met(passing)) => Err(Met(*passing)),
            }
        });
        let is_done = outcome.await.is_ok();
        (made.get(), is_done)
    }

    #[tokio::test]
    async fn what_passes_is_tried_again_and_nothing_else_is() {
        assert_eq!(attempts(&[Err(Met(true)), Ok(())]).await, (2, true));
        assert_eq!(attempts(&[Err(Met(false)), Ok(())]).await, (1, false));
        assert_eq!(attempts(&[]).await, (5, false));
    }
}

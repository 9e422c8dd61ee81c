//! Something to wait for that happens once.

use std::{
    cell::RefCell,
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

/// Both ends of a wait: clones share them. One waits, another tells.
pub(super) struct Signal<T>(Rc<RefCell<Inner<T>>>);

struct Inner<T> {
    told: Option<T>,
    waker: Option<Waker>,
}

impl<T> Default for Signal<T> {
    fn default() -> Self {
        Self(Rc::new(RefCell::new(Inner { told: None, waker: None })))
    }
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> Signal<T> {
    /// Ends the wait.
    pub(super) fn tell(&self, what: T) {
        let waker = {
            let mut inner = self.0.borrow_mut();
            inner.told = Some(what);
            inner.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Future for Signal<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut inner = self.0.borrow_mut();
        inner.told.take().map_or_else(
            || {
                inner.waker = Some(context.waker().clone());
                Poll::Pending
            },
            Poll::Ready,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waits_is_told_before_or_after_asking() {
        let mut context = Context::from_waker(Waker::noop());
        let signal = Signal::default();
        let mut waiting = signal.clone();
        assert_eq!(Pin::new(&mut waiting).poll(&mut context), Poll::Pending);
        signal.tell(7);
        assert_eq!(Pin::new(&mut waiting).poll(&mut context), Poll::Ready(7));

        let early = Signal::default();
        early.tell(8);
        assert_eq!(Pin::new(&mut early.clone()).poll(&mut context), Poll::Ready(8));
    }
}

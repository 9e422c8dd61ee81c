//! Sending an order until it is known what became of it.

use yew::prelude::*;

use crate::{
    browser,
    client::{BasketKeeper, ClientError, Session, orders},
    domain::{
        attempt::{Attempt, PAUSES, is_open, is_worth_repeating},
        basket::Wish,
    },
    i18n::Language,
    routes::Route,
    state::{Announcer, Navigator},
};

/// Where this tab keeps what it sent, until that is settled.
const KEPT: &str = "bottega.order";

/// What the page shows besides the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Entering,
    /// What was sent before the page was loaded anew is sent again.
    Resuming,
    /// Nobody answers.
    Stuck,
    /// It would cost something else than was shown.
    AnotherTotal,
}

/// Everything that placing an order has to do with.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) t: Language,
    pub(super) session: Session,
    pub(super) basket: BasketKeeper,
    pub(super) navigator: Navigator,
    pub(super) announcer: Option<Announcer>,
    pub(super) progress: UseStateSetter<Progress>,
}

/// What was sent by this customer and is not settled.
pub(super) fn unsettled(customer: uuid::Uuid) -> Option<Attempt> {
    browser::kept(KEPT).and_then(|text| Attempt::recalled(&text, customer))
}

impl Desk {
    /// Sends an order. What is wrong with it is the answer; everything else happens here.
    pub(super) async fn place(self, attempt: Attempt) -> Result<(), ClientError> {
        browser::keep(KEPT, &attempt.to_text());
        let answer = self.send(&attempt).await;
        if !answer.as_ref().is_err_and(is_open) {
            browser::let_go(KEPT);
        }
        match answer {
            Ok(order) => {
                // First away from here: this page has nothing to say about an empty cart.
                Route::Order { number: order.order.order_number }.replace(&self.navigator, "");
                browser::scroll_to_top();
                self.basket.want(Wish::Read);
                Ok(())
            }
            Err(error) if error.code() == Some("TOTAL_CHANGED") => {
                self.basket.want(Wish::Read);
                self.progress.set(Progress::AnotherTotal);
                Ok(())
            }
            Err(error) if error.code() == Some("OUT_OF_STOCK") => {
                self.basket.want(Wish::Read);
                Route::Cart.replace(&self.navigator, "");
                self.show(self.t.sold_out_meanwhile());
                Ok(())
            }
            // The session's end leads to the sign-in page, and from there back here.
            Err(error) if is_open(&error) => {
                self.progress.set(Progress::Stuck);
                Ok(())
            }
            Err(error) => {
                self.progress.set(Progress::Entering);
                self.basket.want(Wish::Read);
                Err(error)
            }
        }
    }

    /// Sends it once more as long as that makes sense.
    async fn send(&self, attempt: &Attempt) -> Result<openapi::orders::OrderDetail, ClientError> {
        let mut pauses = PAUSES.into_iter();
        loop {
            let answer = self.session.call(orders::place(attempt)).await;
            let pause = match &answer {
                Err(error) if is_worth_repeating(error) => pauses.next(),
                _ => None,
            };
            match pause {
                Some(pause) => browser::pause(pause).await,
                None => return answer.map(|answer| answer.data),
            }
        }
    }

    fn show(&self, text: &'static str) {
        if let Some(announcer) = &self.announcer {
            announcer.show(text);
        }
    }

    /// What could not be told in the form, because the form was not what was sent.
    pub(super) fn show_trouble(&self, error: &ClientError) {
        if let Some(announcer) = &self.announcer {
            announcer.show(self.t.form_trouble(error));
        }
    }
}

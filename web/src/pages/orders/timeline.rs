//! What happened to an order, and what comes next.

use openapi::orders::{OrderDetail, OrderEvent, OrderStatus};
use yew::prelude::*;

use crate::{
    components::{Glyph, icon},
    domain::progress::{Position, steps},
    i18n::{Language, format},
};

/// How far it has come.
pub(super) fn progress(t: Language, status: OrderStatus) -> Html {
    let steps = steps(status);
    if steps.is_empty() {
        return Html::default();
    }
    html! {
        <ol class="steps" aria-label={t.order_progress()}>
            { for steps.into_iter().map(|(step, position)| {
                let (class, current) = match position {
                    Position::Done => ("step step--done", None),
                    Position::Now => ("step step--now", Some("step")),
                    Position::Ahead => ("step", None),
                };
                html! {
                    <li {class} aria-current={current}>
                        <span class="step__mark">
                            if position == Position::Done {
                                { icon(Glyph::Check) }
                            }
                        </span>
                        { t.order_status(step) }
                    </li>
                }
            }) }
        </ol>
    }
}

/// What happened to it, the last first.
pub(super) fn timeline(t: Language, order: &OrderDetail) -> Html {
    html! {
        <ol class="timeline" role="list">
            { for order.timeline.iter().rev().map(|event| entry(t, event)) }
        </ol>
    }
}

fn entry(t: Language, event: &OrderEvent) -> Html {
    html! {
        <li class="timeline__entry" key={event.id.to_string()}>
            <p class="timeline__what">{ t.order_event(event) }</p>
            if let Some(note) = &event.note {
                <p class="timeline__note">{ note }</p>
            }
            <p class="timeline__when">{ format::moment(t, event.created_at.timestamp_millis()) }</p>
        </li>
    }
}

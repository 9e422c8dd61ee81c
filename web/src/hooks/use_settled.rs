use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// How long somebody who types has to pause, in milliseconds.
const PAUSE_MS: u32 = 250;

/// What was typed, as soon as the typing pauses.
#[hook]
pub(crate) fn use_settled(typed: &str) -> String {
    let settled = use_state_eq(|| typed.to_owned());
    {
        let settled = settled.clone();
        use_effect_with(typed.to_owned(), move |typed| {
            let typed = typed.clone();
            let timer = Timeout::new(PAUSE_MS, move || settled.set(typed));
            move || drop(timer)
        });
    }
    (*settled).clone()
}

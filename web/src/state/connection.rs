//! Whether there is a network.

use yew::prelude::*;

use crate::browser;

/// Whether the browser believes to be online.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IsOnline(pub(crate) bool);

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub children: Html,
}

/// Follows the browser's opinion.
#[component]
pub(crate) fn ConnectionProvider(props: &Props) -> Html {
    let is_online = use_state(browser::is_online);
    {
        let is_online = is_online.clone();
        use_effect_with((), move |()| {
            let listeners = ["online", "offline"].map(|event| {
                let is_online = is_online.clone();
                browser::on_window(event, move |_| is_online.set(browser::is_online()))
            });
            move || drop(listeners)
        });
    }
    html! {
        <ContextProvider<IsOnline> context={IsOnline(*is_online)}>{ props.children.clone() }</ContextProvider<IsOnline>>
    }
}

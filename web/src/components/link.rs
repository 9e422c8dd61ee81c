use yew::prelude::*;

use crate::{browser, hooks::use_navigator, routes::Route};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub to: Route,
    /// The query, encoded, without its question mark.
    #[prop_or_default]
    pub query: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    /// `aria-current`: "page" when this is where the visitor is, "true" when it leads there.
    #[prop_or_default]
    pub current: Option<AttrValue>,
    /// What a screen reader says instead of the contents.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    #[prop_or_default]
    pub rel: Option<AttrValue>,
    /// Stay where we are on the page.
    #[prop_or_default]
    pub keep_scroll: bool,
    /// The pointer or the focus arrived: it may soon be followed.
    #[prop_or_default]
    pub onapproach: Callback<()>,
    pub children: Html,
}

/// A real link that, followed in the plain way, changes the page without loading it.
#[component]
pub(crate) fn Link(props: &Props) -> Html {
    let navigator = use_navigator();
    let href = props.to.href(&props.query);
    let onclick = {
        let (to, query, keep_scroll) = (props.to.clone(), props.query.clone(), props.keep_scroll);
        Callback::from(move |event: MouseEvent| {
            let wants_another_tab =
                event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
            if wants_another_tab || event.button() != 0 {
                return;
            }
            event.prevent_default();
            to.visit(&navigator, &query);
            if !keep_scroll {
                browser::scroll_to_top();
            }
        })
    };
    let onpointerover = props.onapproach.reform(|_: PointerEvent| ());
    let onfocusin = props.onapproach.reform(|_: FocusEvent| ());
    html! {
        <a class={props.class.clone()} {href} {onclick} {onpointerover} {onfocusin} rel={props.rel.clone()}
            aria-current={props.current.clone()} aria-label={props.label.clone()}>
            { props.children.clone() }
        </a>
    }
}

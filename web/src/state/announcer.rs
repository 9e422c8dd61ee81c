//! Live regions: what changed, told to those who do not see it; and news that are shown for a while.

use std::{cell::Cell, rc::Rc};

use yew::prelude::*;

/// Says things to screen readers. Silent until the first navigation: a page that loads is read anyway.
#[derive(Debug, Clone)]
pub(crate) struct Announcer {
    say: Callback<AttrValue>,
    show: Callback<AttrValue>,
    is_awake: Rc<Cell<bool>>,
}

impl PartialEq for Announcer {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.is_awake, &other.is_awake)
    }
}

impl Announcer {
    /// Says it, when the reader has finished its sentence.
    pub(crate) fn say(&self, text: impl Into<AttrValue>) {
        if self.is_awake.get() {
            self.say.emit(text.into());
        }
    }

    /// Shows it to everybody for a few seconds.
    pub(crate) fn show(&self, text: impl Into<AttrValue>) {
        self.show.emit(text.into());
    }

    /// From now on, speak.
    pub(crate) fn wake(&self) {
        self.is_awake.set(true);
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub children: Html,
}

/// Holds the live regions.
#[component]
pub(crate) fn AnnouncerProvider(props: &Props) -> Html {
    let said = use_state(AttrValue::default);
    let shown = use_state(|| None::<AttrValue>);
    let announcer = {
        let (said, shown) = (said.clone(), shown.clone());
        use_memo((), move |()| Announcer {
            say: Callback::from(move |text| said.set(text)),
            show: Callback::from(move |text| shown.set(Some(text))),
            is_awake: Rc::default(),
        })
    };
    let onclose = {
        let shown = shown.clone();
        move || shown.set(None)
    };
    // Time passes in the style sheet: the toast leaves when its animation ends, or when it is clicked away.
    let onanimationend = {
        let onclose = onclose.clone();
        Callback::from(move |_: AnimationEvent| onclose())
    };
    html! {
        <ContextProvider<Announcer> context={(*announcer).clone()}>
            { props.children.clone() }
            <p class="sr-only" role="status" aria-live="polite">{ &*said }</p>
            <div class="toasts" role="status">
                if let Some(text) = &*shown {
                    <p key={text.to_string()} class="toast" {onanimationend} onclick={move |_| onclose()}>{ text }</p>
                }
            </div>
        </ContextProvider<Announcer>>
    }
}

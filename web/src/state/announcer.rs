//! A live region: what changed, told to those who do not see it.

use std::{cell::Cell, rc::Rc};

use yew::prelude::*;

/// Says things to screen readers. Silent until the first navigation: a page that loads is read anyway.
#[derive(Debug, Clone)]
pub(crate) struct Announcer {
    say: Callback<AttrValue>,
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

    /// From now on, speak.
    pub(crate) fn wake(&self) {
        self.is_awake.set(true);
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub children: Html,
}

/// Holds the live region.
#[component]
pub(crate) fn AnnouncerProvider(props: &Props) -> Html {
    let text = use_state(AttrValue::default);
    let announcer = {
        let text = text.clone();
        use_memo((), move |()| Announcer {
            say: Callback::from(move |said| text.set(said)),
            is_awake: Rc::default(),
        })
    };
    html! {
        <ContextProvider<Announcer> context={(*announcer).clone()}>
            { props.children.clone() }
            <p class="sr-only" role="status" aria-live="polite">{ &*text }</p>
        </ContextProvider<Announcer>>
    }
}

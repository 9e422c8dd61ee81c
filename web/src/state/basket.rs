//! The cart, wherever it is shown, and the news about it.

use yew::prelude::*;

use super::{Announcer, IsOnline, Visitor};
use crate::{
    client::{BasketKeeper, Outcome, SessionState},
    domain::basket::Wish,
    hooks::{use_language, use_visitor},
    i18n::Language,
};

/// The cart as it is now: another one after every change.
#[derive(Clone, PartialEq)]
pub(crate) struct Carried {
    pub(crate) keeper: BasketKeeper,
    version: u32,
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub children: Html,
}

/// Asks for the cart of whoever is here, and again when that is somebody else or the network is back.
#[component]
pub(crate) fn BasketProvider(props: &Props) -> Html {
    let t = use_language();
    let visitor = use_visitor();
    let announcer = use_context::<Announcer>();
    let is_online = use_context::<IsOnline>();
    let version = use_state(|| 0_u32);
    let keeper = {
        let session = visitor.session.clone();
        use_memo((), |()| BasketKeeper::new(session))
    };
    {
        let (keeper, version) = (BasketKeeper::clone(&keeper), version.setter());
        use_effect_with(t, move |t| {
            let t = *t;
            let answered = Callback::from(move |(wish, outcome): (Wish, Outcome)| {
                if let Some(announcer) = &announcer {
                    announce(t, announcer, &wish, &outcome);
                }
            });
            keeper.watch(Callback::from(move |now| version.set(now)), answered);
        });
    }
    {
        let keeper = BasketKeeper::clone(&keeper);
        let before = use_mut_ref(|| Who::Unknown);
        use_effect_with((Who::of(&visitor), is_online), move |(now, _)| {
            if *now != Who::Unknown {
                let before = before.replace(*now);
                keeper.change_hands(before == *now || !matches!(before, Who::Customer(_)));
            }
        });
    }
    let carried = Carried { keeper: BasketKeeper::clone(&keeper), version: *version };
    html! {
        <ContextProvider<Carried> context={carried}>{ props.children.clone() }</ContextProvider<Carried>>
    }
}

/// Whose cart it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Unknown,
    Guest,
    Customer(uuid::Uuid),
}

impl Who {
    fn of(visitor: &Visitor) -> Self {
        match &visitor.state {
            SessionState::SignedIn(user) => Self::Customer(user.id),
            SessionState::SignedOut => Self::Guest,
            SessionState::Unknown | SessionState::Unclear(_) => Self::Unknown,
        }
    }
}

fn announce(t: Language, announcer: &Announcer, wish: &Wish, outcome: &Outcome) {
    let item = |id: &uuid::Uuid, cart: &openapi::cart::Cart| {
        let found = cart.items.iter().find(|item| item.id == *id || item.variant_id == *id)?;
        let notice = cart.notices.iter().find(|notice| notice.item_id == found.id && notice.wanted.is_some());
        notice.map(|_| t.only_so_many(&found.name, found.quantity))
    };
    match (wish, outcome) {
        (Wish::Read, _) => {}
        (Wish::Add { name, variant, .. }, Ok(cart)) => {
            announcer.show(item(variant, cart).unwrap_or_else(|| t.added_to_cart(name)));
        }
        (Wish::Change { name, quantity: 0, .. }, Ok(_)) => announcer.show(t.removed_from_cart(name)),
        (Wish::Change { item: id, .. }, Ok(cart)) => match item(id, cart) {
            Some(text) => announcer.show(text),
            None => announcer.say(t.total_is(cart.total_amount, &cart.currency)),
        },
        (Wish::Add { name, .. } | Wish::Change { name, .. }, Err(error)) => {
            announcer.show(match error.status() {
                Some(409) if matches!(wish, Wish::Add { .. }) => t.cannot_have(name),
                Some(409) => t.is_sold_out(name),
                Some(404) => t.is_gone(name),
                _ => t.form_trouble(error),
            });
        }
    }
}

use openapi::accounts::{Address, AddressChange};
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::address_form::AddressForm;
use crate::{
    browser,
    client::accounts,
    components::{Glyph, address_lines, card_skeleton, error_panel, icon, notice, postal},
    hooks::{Loaded, Personal, use_language, use_personal, use_visitor},
    i18n::Language,
    state::Announcer,
};

/// What is being done to the address book.
#[derive(Debug, Clone, PartialEq)]
enum Doing {
    Reading,
    Adding,
    Editing(Box<Address>),
    /// Waits for a second word.
    Deleting(Uuid),
}

/// What a button of an address asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Change {
    MakeDefault,
    Delete,
}

/// The address book.
#[component]
pub(super) fn Addresses() -> Html {
    let t = use_language();
    let session = use_visitor().session;
    let announcer = use_context::<Announcer>();
    let Personal { loaded, reload } = use_personal(accounts::addresses);
    let doing = use_state(|| Doing::Reading);
    use_effect_with((*doing).clone(), |doing| match doing {
        Doing::Deleting(_) => browser::focus_on(".address__question button"),
        Doing::Reading if browser::focus_is_lost() => browser::focus_on("main h1"),
        _ => {}
    });
    let turn_to = {
        let doing = doing.setter();
        Callback::from(move |next| doing.set(next))
    };
    let onchange = {
        let (turn_to, reload) = (turn_to.clone(), reload.clone());
        Callback::from(move |(id, change): (Uuid, Change)| {
            let (session, announcer) = (session.clone(), announcer.clone());
            let (turn_to, reload) = (turn_to.clone(), reload.clone());
            spawn_local(async move {
                let result = match change {
                    Change::Delete => session.call(accounts::delete_address(id)).await,
                    Change::MakeDefault => {
                        let change = AddressChange { is_default: Some(true), ..AddressChange::default() };
                        session.call(accounts::change_address(id, &change)).await.map(|_| ())
                    }
                };
                // An address that is gone already is as good as deleted.
                let result = result.or_else(|error| if error.is_absent() { Ok(()) } else { Err(error) });
                let text = match (result, change) {
                    (Err(error), _) => t.form_trouble(&error),
                    (Ok(()), Change::Delete) => t.address_deleted().to_owned(),
                    (Ok(()), Change::MakeDefault) => t.address_saved().to_owned(),
                };
                turn_to.emit(Doing::Reading);
                reload.emit(());
                if let Some(announcer) = announcer {
                    announcer.show(text);
                }
            });
        })
    };

    let address = match &*doing {
        Doing::Adding => Some(None),
        Doing::Editing(address) => Some(Some((**address).clone())),
        Doing::Reading | Doing::Deleting(_) => None,
    };
    if let Some(address) = address {
        let onend = turn_to.reform(move |has_changed: bool| {
            if has_changed {
                reload.emit(());
            }
            Doing::Reading
        });
        return html! { <AddressForm {address} {onend} /> };
    }
    let onadd = turn_to.reform(|_: MouseEvent| Doing::Adding);
    let add = html! {
        <button type="button" class="btn btn--primary" onclick={onadd}>{ icon(Glyph::Plus) }{ t.add_address() }</button>
    };
    match &loaded {
        Loaded::Loading => card_skeleton(t),
        Loaded::Failed(failure) => error_panel(t, failure),
        Loaded::Ready(answer) if answer.data.is_empty() => {
            notice(Glyph::Shelf, t.no_addresses(), t.no_addresses_help(), add)
        }
        Loaded::Ready(answer) => html! {
            <>
                <ul class="addresses" role="list">
                    { for answer.data.iter().map(|address| card(t, address, &doing, &turn_to, &onchange)) }
                </ul>
                <p>{ add }</p>
            </>
        },
    }
}

fn card(
    t: Language,
    address: &Address,
    doing: &Doing,
    turn_to: &Callback<Doing>,
    onchange: &Callback<(Uuid, Change)>,
) -> Html {
    let id = address.id;
    let title = address.label.clone().unwrap_or_else(|| address.address1.clone());
    let button = |words: &'static str, class: &'static str, onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" class={classes!("btn", class)} aria-label={format!("{words}: {title}")} {onclick}>
                { words }
            </button>
        }
    };
    let edited = address.clone();
    html! {
        <li class="card address" key={id.to_string()}>
            <h2 class="card__title">
                { title.clone() }
                if address.is_default {
                    <span class="tag tag--good">{ t.default_address() }</span>
                }
            </h2>
            { address_lines(t, &postal(address)) }
            if *doing == Doing::Deleting(id) {
                <div class="address__question" role="group" aria-label={t.really_delete()}>
                    <p>{ t.really_delete() }</p>
                    <div class="actions">
                        { button(t.delete(), "btn--danger", onchange.reform(move |_| (id, Change::Delete))) }
                        { button(t.keep(), "", turn_to.reform(|_| Doing::Reading)) }
                    </div>
                </div>
            } else {
                <div class="actions">
                    { button(t.edit(), "", turn_to.reform(move |_| Doing::Editing(Box::new(edited.clone())))) }
                    if !address.is_default {
                        { button(t.make_default(), "", onchange.reform(move |_| (id, Change::MakeDefault))) }
                    }
                    { button(t.delete(), "btn--quiet", turn_to.reform(move |_| Doing::Deleting(id))) }
                </div>
            }
        </li>
    }
}

use openapi::accounts::{Address, AddressChange, NewAddress};
use yew::prelude::*;

use crate::{
    browser,
    client::accounts,
    components::{ADDRESS, TextField, blank, postal},
    domain::form::Rule,
    hooks::{Values, Work, use_form, use_language, use_visitor},
    state::Announcer,
};

const FIELDS: [(&str, Rule); 11] = {
    let [a, b, c, d, e, f, g, h, i] = ADDRESS.rules();
    [("label", Rule::Optional), a, b, c, d, e, f, g, h, i, ("isDefault", Rule::Optional)]
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The address to be changed; none for a new one.
    pub address: Option<Address>,
    /// It is over; whether something was saved.
    pub onend: Callback<bool>,
}

/// A new address, or another wording of an old one.
#[component]
pub(super) fn AddressForm(props: &Props) -> Html {
    let t = use_language();
    let visitor = use_visitor();
    let announcer = use_context::<Announcer>();
    let form = use_form("address", &FIELDS);
    use_effect_with((), |()| browser::focus_on("form[name=address] input"));
    let onsubmit = {
        let (session, onend) = (visitor.session.clone(), props.onend.clone());
        let known = props.address.as_ref().map(|address| address.id);
        form.onsubmit(move |values: &Values| -> Work {
            let (session, announcer, onend) = (session.clone(), announcer.clone(), onend.clone());
            let address = entered(values);
            Box::pin(async move {
                match known {
                    None => session.call(accounts::add_address(&address)).await?,
                    Some(id) => session.call(accounts::change_address(id, &change(address))).await?,
                };
                if let Some(announcer) = announcer {
                    announcer.show(t.address_saved());
                }
                onend.emit(true);
                Ok(())
            })
        })
    };
    let oncancel = props.onend.reform(|_: MouseEvent| false);
    let title = if props.address.is_some() { t.edit_address() } else { t.add_address() };
    let shown = props.address.as_ref().map_or_else(|| blank(t, visitor.user().map(AsRef::as_ref)), postal);
    let label = props.address.as_ref().and_then(|address| address.label.as_deref()).unwrap_or_default();
    html! {
        <section class="card">
            <h2 class="card__title">{ title }</h2>
            { form.show(onsubmit, html! {
                <>
                    { form.text(&TextField {
                        name: "label", label: t.address_label(), hint: t.address_label_hint(), autocomplete: "off",
                        value: label, is_optional: true, max_length: 100, ..TextField::default()
                    }) }
                    { ADDRESS.fields(t, &form, &shown) }
                    if !props.address.as_ref().is_some_and(|address| address.is_default) {
                        { form.tick("isDefault", t.use_as_default(), false) }
                    }
                    <div class="actions">
                        { form.button(t.save_address(), "btn--primary") }
                        <button type="button" class="btn" onclick={oncancel}>{ t.cancel() }</button>
                    </div>
                </>
            }) }
        </section>
    }
}

fn entered(values: &Values) -> NewAddress {
    let address = ADDRESS.entered(values);
    NewAddress {
        label: values.optional("label"),
        first_name: address.first_name,
        last_name: address.last_name,
        address1: address.address1,
        address2: address.address2,
        city: address.city,
        state: address.state,
        postal_code: address.postal_code,
        country: address.country,
        phone: address.phone,
        is_default: values.raw("isDefault").is_some(),
    }
}

/// Everything as it now stands in the form; what was emptied is cleared.
fn change(address: NewAddress) -> AddressChange {
    AddressChange {
        label: Some(address.label),
        first_name: Some(address.first_name),
        last_name: Some(address.last_name),
        address1: Some(address.address1),
        address2: Some(address.address2),
        city: Some(address.city),
        state: Some(address.state),
        postal_code: Some(address.postal_code),
        country: Some(address.country),
        phone: Some(address.phone),
        is_default: address.is_default.then_some(true),
    }
}

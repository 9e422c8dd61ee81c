use openapi::accounts::{Address, AddressChange, NewAddress};
use yew::prelude::*;

use crate::{
    browser,
    client::accounts,
    components::TextField,
    domain::form::Rule,
    hooks::{Form, Values, Work, use_form, use_language, use_visitor},
    i18n::{Language, countries},
    state::Announcer,
};

const FIELDS: [(&str, Rule); 11] = [
    ("label", Rule::Optional),
    ("firstName", Rule::Required),
    ("lastName", Rule::Required),
    ("address1", Rule::Required),
    ("address2", Rule::Optional),
    ("postalCode", Rule::Required),
    ("city", Rule::Required),
    ("state", Rule::Required),
    ("country", Rule::Required),
    ("phone", Rule::Optional),
    ("isDefault", Rule::Optional),
];

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
    // A new address most likely belongs to whoever enters it.
    let shown = props.address.as_ref().map_or_else(
        || {
            visitor
                .user()
                .map(|user| NewAddress {
                    first_name: user.first_name.clone().unwrap_or_default(),
                    last_name: user.last_name.clone().unwrap_or_default(),
                    country: home_country(t),
                    ..NewAddress::default()
                })
                .unwrap_or_default()
        },
        as_entered,
    );
    html! {
        <section class="card">
            <h2 class="card__title">{ title }</h2>
            { form.show(onsubmit, html! {
                <>
                    { fields(t, &form, &shown) }
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

fn fields(t: Language, form: &Form, shown: &NewAddress) -> Html {
    let line = |name, label, autocomplete, value| TextField {
        name,
        label,
        autocomplete,
        value,
        max_length: 200,
        ..TextField::default()
    };
    let countries = countries::countries(t);
    html! {
        <>
            { form.text(&TextField {
                hint: t.address_label_hint(), is_optional: true, max_length: 100,
                ..line("label", t.address_label(), "off", shown.label.as_deref().unwrap_or_default())
            }) }
            <div class="form__row">
                { form.text(&TextField { max_length: 100, ..line("firstName", t.first_name(), "given-name", &shown.first_name) }) }
                { form.text(&TextField { max_length: 100, ..line("lastName", t.last_name(), "family-name", &shown.last_name) }) }
            </div>
            { form.text(&line("address1", t.address1(), "address-line1", &shown.address1)) }
            { form.text(&TextField {
                is_optional: true,
                ..line("address2", t.address2(), "address-line2", shown.address2.as_deref().unwrap_or_default())
            }) }
            <div class="form__row form__row--code">
                { form.text(&TextField { max_length: 20, ..line("postalCode", t.postal_code(), "postal-code", &shown.postal_code) }) }
                { form.text(&line("city", t.city(), "address-level2", &shown.city)) }
            </div>
            <div class="form__row">
                { form.text(&line("state", t.state(), "address-level1", &shown.state)) }
                { form.select("country", t.country(), "country", &shown.country,
                    countries.iter().map(|(code, name)| (*code, name.as_str()))) }
            </div>
            { form.text(&TextField {
                kind: "tel", is_optional: true, max_length: 30,
                ..line("phone", t.phone(), "tel", shown.phone.as_deref().unwrap_or_default())
            }) }
        </>
    }
}

/// Where most who read this language live.
fn home_country(t: Language) -> String {
    match t {
        Language::English => "US",
        Language::Italian => "IT",
    }
    .to_owned()
}

fn entered(values: &Values) -> NewAddress {
    NewAddress {
        label: values.optional("label"),
        first_name: values.text("firstName"),
        last_name: values.text("lastName"),
        address1: values.text("address1"),
        address2: values.optional("address2"),
        city: values.text("city"),
        state: values.text("state"),
        postal_code: values.text("postalCode"),
        country: values.text("country"),
        phone: values.optional("phone"),
        is_default: values.raw("isDefault").is_some(),
    }
}

fn as_entered(address: &Address) -> NewAddress {
    let address = address.clone();
    NewAddress {
        label: address.label,
        first_name: address.first_name,
        last_name: address.last_name,
        address1: address.address1,
        address2: address.address2,
        city: address.city,
        state: address.state,
        postal_code: address.postal_code,
        country: address.country,
        phone: address.phone,
        is_default: address.is_default,
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

//! The fields of an address, wherever one is entered, and how one is shown.

use openapi::{
    accounts::{Address, User},
    orders::{OrderAddress, PostalAddress},
};
use yew::prelude::*;

use super::TextField;
use crate::{
    domain::form::Rule,
    hooks::{Form, Values},
    i18n::{Language, countries},
};

/// What the fields are called in the body that is sent.
pub(crate) struct AddressNames {
    first_name: &'static str,
    last_name: &'static str,
    address1: &'static str,
    address2: &'static str,
    postal_code: &'static str,
    city: &'static str,
    state: &'static str,
    country: &'static str,
    phone: &'static str,
}

macro_rules! names {
    ($prefix:literal) => {
        AddressNames {
            first_name: concat!($prefix, "firstName"),
            last_name: concat!($prefix, "lastName"),
            address1: concat!($prefix, "address1"),
            address2: concat!($prefix, "address2"),
            postal_code: concat!($prefix, "postalCode"),
            city: concat!($prefix, "city"),
            state: concat!($prefix, "state"),
            country: concat!($prefix, "country"),
            phone: concat!($prefix, "phone"),
        }
    };
}

/// Of a body that is an address.
pub(crate) const ADDRESS: AddressNames = names!("");
/// Of an order.
pub(crate) const SHIPPING_ADDRESS: AddressNames = names!("shippingAddress/");
/// Of an order.
pub(crate) const BILLING_ADDRESS: AddressNames = names!("billingAddress/");

impl AddressNames {
    /// What the visitor has to enter.
    pub(crate) const fn rules(&self) -> [(&'static str, Rule); 9] {
        [
            (self.first_name, Rule::Required),
            (self.last_name, Rule::Required),
            (self.address1, Rule::Required),
            (self.address2, Rule::Optional),
            (self.postal_code, Rule::Required),
            (self.city, Rule::Required),
            (self.state, Rule::Required),
            (self.country, Rule::Required),
            (self.phone, Rule::Optional),
        ]
    }

    /// The fields, with what stands in them at first.
    pub(crate) fn fields(&self, t: Language, form: &Form, shown: &PostalAddress) -> Html {
        let line = |name, label, autocomplete, value| TextField {
            name,
            label,
            autocomplete,
            value,
            max_length: 200,
            ..TextField::default()
        };
        let name = |name, label, autocomplete, value| TextField {
            max_length: 100,
            ..line(name, label, autocomplete, value)
        };
        let countries = countries::countries(t);
        html! {
            <>
                <div class="form__row">
                    { form.text(&name(self.first_name, t.first_name(), "given-name", &shown.first_name)) }
                    { form.text(&name(self.last_name, t.last_name(), "family-name", &shown.last_name)) }
                </div>
                { form.text(&line(self.address1, t.address1(), "address-line1", &shown.address1)) }
                { form.text(&TextField {
                    is_optional: true,
                    ..line(self.address2, t.address2(), "address-line2", shown.address2.as_deref().unwrap_or_default())
                }) }
                <div class="form__row form__row--code">
                    { form.text(&TextField {
                        max_length: 20, ..line(self.postal_code, t.postal_code(), "postal-code", &shown.postal_code)
                    }) }
                    { form.text(&line(self.city, t.city(), "address-level2", &shown.city)) }
                </div>
                <div class="form__row">
                    { form.text(&line(self.state, t.state(), "address-level1", &shown.state)) }
                    { form.select(self.country, t.country(), "country", &shown.country,
                        countries.iter().map(|(code, name)| (*code, name.as_str()))) }
                </div>
                { form.text(&TextField {
                    kind: "tel", is_optional: true, max_length: 30,
                    ..line(self.phone, t.phone(), "tel", shown.phone.as_deref().unwrap_or_default())
                }) }
            </>
        }
    }

    /// What was entered.
    pub(crate) fn entered(&self, values: &Values) -> PostalAddress {
        PostalAddress {
            first_name: values.text(self.first_name),
            last_name: values.text(self.last_name),
            address1: values.text(self.address1),
            address2: values.optional(self.address2),
            city: values.text(self.city),
            state: values.text(self.state),
            postal_code: values.text(self.postal_code),
            country: values.text(self.country),
            phone: values.optional(self.phone),
        }
    }
}

/// An entry of the address book as an address.
pub(crate) fn postal(address: &Address) -> PostalAddress {
    let address = address.clone();
    PostalAddress {
        first_name: address.first_name,
        last_name: address.last_name,
        address1: address.address1,
        address2: address.address2,
        city: address.city,
        state: address.state,
        postal_code: address.postal_code,
        country: address.country,
        phone: address.phone,
    }
}

/// An order's address as an address. Where its account was erased most of it is empty.
pub(crate) fn of_order(address: &OrderAddress) -> PostalAddress {
    let address = address.clone();
    PostalAddress {
        first_name: address.first_name,
        last_name: address.last_name,
        address1: address.address1,
        address2: address.address2,
        city: address.city,
        state: address.state,
        postal_code: address.postal_code,
        country: address.country,
        phone: address.phone,
    }
}

/// The form of a new address: it most likely belongs to whoever enters it, in the country where most live who read
/// this language.
pub(crate) fn blank(t: Language, user: Option<&User>) -> PostalAddress {
    let country = match t {
        Language::English => "US",
        Language::Italian => "IT",
    };
    PostalAddress {
        first_name: user.and_then(|user| user.first_name.clone()).unwrap_or_default(),
        last_name: user.and_then(|user| user.last_name.clone()).unwrap_or_default(),
        country: country.to_owned(),
        ..PostalAddress::default()
    }
}

/// An address as it stands on a letter.
pub(crate) fn address_lines(t: Language, address: &PostalAddress) -> Html {
    let mut lines = vec![format!("{} {}", address.first_name, address.last_name), address.address1.clone()];
    lines.extend(address.address2.clone());
    lines.push(format!("{} {}, {}", address.postal_code, address.city, address.state));
    lines.push(countries::name(t, &address.country));
    lines.extend(address.phone.clone());
    html! {
        <address class="address__lines">
            { for lines.into_iter().filter(|line| !line.trim().is_empty()).map(|line| html! { <span>{ line }</span> }) }
        </address>
    }
}

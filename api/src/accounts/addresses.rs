//! The address book.

use entity::address::{ActiveModel, Model};
use openapi::{
    accounts::{Address, AddressChange, NewAddress},
    country,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, IntoActiveModel, ModelTrait};
use uuid::Uuid;

use super::{AccountError, present, queries, register::cleaned};
use crate::{
    db::fields::put,
    idempotency::{Answer, Once},
    state::AppState,
};

/// More nobody needs, and every one is shown at checkout.
const MOST: usize = 50;

pub(super) async fn list(state: &AppState, user: Uuid) -> Result<Vec<Address>, AccountError> {
    let addresses = queries::addresses(state.db.reader(), user).await?;
    Ok(addresses.into_iter().map(present::address).collect())
}

pub(super) async fn read(state: &AppState, user: Uuid, id: Uuid) -> Result<Address, AccountError> {
    let found = queries::find_owned_address(state.db.reader(), user, id).await?;
    found.map(present::address).ok_or(AccountError::NoSuchAddress)
}

/// Adds an address. The first is the default whatever it says.
pub(super) async fn add(
    state: &AppState,
    user: Uuid,
    new: NewAddress,
    once: &Once<Address>,
) -> Result<Answer, AccountError> {
    check_postal_code(&new.country, &new.postal_code)?;
    let transaction = begin(state, user).await?;
    if let Some(answer) = once.begin(&transaction, state.clock.now()).await? {
        return Ok(answer);
    }
    let known = queries::addresses(&transaction, user).await?;
    if known.len() >= MOST {
        return Err(AccountError::TooManyAddresses);
    }
    let is_default = new.is_default || known.is_empty();
    if is_default {
        queries::unset_default_address(&transaction, user).await?;
    }
    let now = state.clock.now();
    let line = |text: String| cleaned(Some(&text)).unwrap_or(text);
    let row = Model {
        id: state.ids.next(),
        user_id: user,
        label: cleaned(new.label.as_deref()),
        first_name: line(new.first_name),
        last_name: line(new.last_name),
        address1: line(new.address1),
        address2: cleaned(new.address2.as_deref()),
        city: line(new.city),
        state: line(new.state),
        postal_code: line(new.postal_code),
        country: new.country,
        phone: cleaned(new.phone.as_deref()),
        is_default,
        created_at: now,
        updated_at: now,
    };
    let row = row.into_active_model().insert(&transaction).await?;
    let answer = once.keep(&transaction, now, &present::address(row)).await?;
    transaction.commit().await?;
    Ok(answer)
}

pub(super) async fn change(
    state: &AppState,
    user: Uuid,
    id: Uuid,
    change: AddressChange,
) -> Result<Address, AccountError> {
    let transaction = begin(state, user).await?;
    let found = queries::find_owned_address(&transaction, user, id).await?;
    let before = found.ok_or(AccountError::NoSuchAddress)?;
    let becomes_default = change.is_default == Some(true) && !before.is_default;
    if becomes_default {
        queries::unset_default_address(&transaction, user).await?;
    }
    let mut row = changed(&before, &change);
    let (country, code) = (row.country.as_ref(), row.postal_code.as_ref());
    check_postal_code(country, code)?;
    if becomes_default {
        row.is_default = Set(true);
    }
    if !row.is_changed() {
        return Ok(present::address(before));
    }
    row.updated_at = Set(state.clock.now());
    let after = row.update(&transaction).await?;
    transaction.commit().await?;
    Ok(present::address(after))
}

fn changed(before: &Model, change: &AddressChange) -> ActiveModel {
    let mut row = before.clone().into_active_model();
    put(&mut row.label, change.label.as_ref().map(|text| cleaned(text.as_deref())));
    put(&mut row.first_name, cleaned(change.first_name.as_deref()));
    put(&mut row.last_name, cleaned(change.last_name.as_deref()));
    put(&mut row.address1, cleaned(change.address1.as_deref()));
    put(&mut row.address2, change.address2.as_ref().map(|text| cleaned(text.as_deref())));
    put(&mut row.city, cleaned(change.city.as_deref()));
    put(&mut row.state, cleaned(change.state.as_deref()));
    put(&mut row.postal_code, cleaned(change.postal_code.as_deref()));
    put(&mut row.country, cleaned(change.country.as_deref()));
    put(&mut row.phone, change.phone.as_ref().map(|text| cleaned(text.as_deref())));
    row
}

/// Removes an address. When it was the default the oldest of the others becomes it.
pub(super) async fn remove(state: &AppState, user: Uuid, id: Uuid) -> Result<(), AccountError> {
    let transaction = begin(state, user).await?;
    let found = queries::find_owned_address(&transaction, user, id).await?;
    let address = found.ok_or(AccountError::NoSuchAddress)?;
    let was_default = address.is_default;
    address.delete(&transaction).await?;
    if was_default && let Some(next) = queries::addresses(&transaction, user).await?.into_iter().next() {
        let mut next = next.into_active_model();
        next.is_default = Set(true);
        next.update(&transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// A transaction that has the book to itself: there is one default, whoever changes it at the same time.
async fn begin(state: &AppState, user: Uuid) -> Result<DatabaseTransaction, AccountError> {
    let transaction = state.db.begin().await?;
    queries::find_to_change(&transaction, user).await?.ok_or(AccountError::NotSignedIn)?;
    Ok(transaction)
}

fn check_postal_code(country: &str, code: &str) -> Result<(), AccountError> {
    match country::expected_postal_code(country, code) {
        Some(expected) => Err(AccountError::PostalCode { expected }),
        None => Ok(()),
    }
}

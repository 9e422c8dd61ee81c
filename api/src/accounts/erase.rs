//! Erasing an account. Its orders stay, because the shop's books need them, without saying whose they were.

use entity::{address, cart, mail_outbox, one_time_token, order, session, user, user_word};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::{Value, json};

use super::{
    AccountError,
    letters::AccountMail,
    queries, replace_password,
    verify::{language_of, send},
};
use crate::{
    access::{Identity, tag_of},
    audit::{Caller, Entry},
    customers,
    state::AppState,
};

/// What stands in the place of a hash where no password is ever right.
const NO_PASSWORD: &str = "!";

pub(super) async fn erase(
    state: &AppState,
    caller: &Caller,
    who: &Identity,
    password: &str,
) -> Result<(), AccountError> {
    let seen = queries::find(state.db.reader(), who.user).await?.ok_or(AccountError::NotSignedIn)?;
    replace_password::confirm(state, caller, &seen, password, "/password").await?;

    let transaction = state.db.begin().await?;
    if customers::is_last_admin(&transaction, who.user).await? {
        return Err(AccountError::LastAdmin);
    }
    let account = queries::find_to_change(&transaction, who.user).await?.ok_or(AccountError::NotSignedIn)?;
    if account.password_hash != seen.password_hash {
        // Its owner may have replaced it because somebody else knew it.
        return Err(AccountError::WrongPassword { field: "/password" });
    }
    forget_orders(&transaction, &account).await?;
    forget_belongings(&transaction, &account).await?;
    let (address, locale) = (account.email.clone(), language_of(&account));
    forget_account(state, &transaction, account).await?;
    send(state, &transaction, &AccountMail::AccountErased {}, &address, locale).await?;
    let entry = Entry::about_user("account.erased", who.user).by_user(who.user);
    state.audit.record(&transaction, caller, entry).await?;
    state.commit(transaction, vec![tag_of(who.user)]).await?;
    state.mailroom.wake();
    Ok(())
}

/// An address that belongs to nobody, different for each account.
fn nobodys_address(account: &user::Model) -> String {
    format!("erased-{}@erased.invalid", account.id.simple())
}

async fn forget_account(
    state: &AppState,
    transaction: &DatabaseTransaction,
    account: user::Model,
) -> Result<(), DbErr> {
    let now = state.clock.now();
    let version = account.version + 1;
    let nobody = nobodys_address(&account);
    let mut row = account.into_active_model();
    row.email = Set(nobody.clone());
    row.email_folded = Set(nobody);
    row.password_hash = Set(NO_PASSWORD.into());
    row.first_name = Set(None);
    row.last_name = Set(None);
    row.locale = Set(None);
    row.email_verified_at = Set(None);
    row.is_active = Set(false);
    row.erased_at = Set(Some(now));
    row.version = Set(version);
    row.updated_at = Set(now);
    row.update(transaction).await.map(|_| ())
}

async fn forget_belongings(transaction: &DatabaseTransaction, account: &user::Model) -> Result<(), DbErr> {
    let id = account.id;
    session::Entity::delete_many().filter(session::Column::UserId.eq(id)).exec(transaction).await?;
    one_time_token::Entity::delete_many()
        .filter(one_time_token::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    address::Entity::delete_many().filter(address::Column::UserId.eq(id)).exec(transaction).await?;
    user_word::Entity::delete_many().filter(user_word::Column::UserId.eq(id)).exec(transaction).await?;
    cart::Entity::delete_many().filter(cart::Column::UserId.eq(id)).exec(transaction).await?;
    // What was sent names nobody, but may say whom it was about.
    let payload = Expr::col(mail_outbox::Column::Payload).cast_as("text");
    let theirs = Condition::any()
        .add(mail_outbox::Column::Recipient.is_in([&account.email, &account.email_folded]))
        .add(payload.like(format!("%{id}%")));
    mail_outbox::Entity::delete_many().filter(theirs).exec(transaction).await?;
    Ok(())
}

/// Of an order's addresses only what taxes depend on is kept. One by one, because each is another text; few have many
/// orders, and nobody erases an account twice.
async fn forget_orders(transaction: &DatabaseTransaction, account: &user::Model) -> Result<(), DbErr> {
    let nobody = nobodys_address(account);
    let orders = order::Entity::find()
        .filter(Condition::all().add(order::Column::UserId.eq(account.id)))
        .all(transaction)
        .await?;
    for order in orders {
        let change = order::ActiveModel {
            email: Set(nobody.clone()),
            email_folded: Set(nobody.clone()),
            shipping_address: Set(without_person(&order.shipping_address)),
            billing_address: Set(without_person(&order.billing_address)),
            notes: Set(None),
            ..Default::default()
        };
        order::Entity::update_many()
            .set(change)
            .col_expr(order::Column::Version, Expr::col(order::Column::Version).add(1))
            .filter(order::Column::Id.eq(order.id))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

fn without_person(address: &Value) -> Value {
    let kept = |name: &str| address.get(name).cloned().unwrap_or(Value::Null);
    json!({
        "firstName": "", "lastName": "", "address1": "", "address2": null, "city": "", "phone": null,
        "state": kept("state"), "postalCode": "", "country": kept("country"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_its_person_still_says_where_it_was_taxed() {
        let address = json!({"firstName": "Ada", "address1": "Via Appia 1", "state": "RM", "country": "IT"});
        let left = without_person(&address);
        assert_eq!((&left["country"], &left["state"]), (&json!("IT"), &json!("RM")));
        assert!(!left.to_string().contains("Ada") && !left.to_string().contains("Appia"));
    }
}

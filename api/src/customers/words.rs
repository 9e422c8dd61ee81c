//! The words an account is found by: those of its names and of its e-mail address, folded.

use std::collections::BTreeSet;

use entity::{
    user,
    user_word::{Column, Entity, Model},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use crate::search::fold;

/// The longest prefix of a word that is kept and looked for.
const MAX_LENGTH: usize = 100;
/// More words of a search are not looked at.
const MAX_TERMS: usize = 8;

/// Writes the words of an account in the place of those that were there.
pub(crate) async fn replace(db: &impl ConnectionTrait, account: &user::Model) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::UserId.eq(account.id)).exec(db).await?;
    let rows = of(account).into_iter().map(IntoActiveModel::into_active_model);
    Entity::insert_many(rows).exec_without_returning(db).await.map(|_| ())
}

/// What has to be found, word by word, for an account to be found.
pub(super) fn terms(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|term| !term.is_empty()).take(MAX_TERMS).map(cut).collect()
}

/// The words of an account.
pub(crate) fn of(account: &user::Model) -> Vec<Model> {
    let texts = [Some(&account.email), account.first_name.as_ref(), account.last_name.as_ref()];
    let mut words = BTreeSet::new();
    for text in texts.into_iter().flatten().map(|text| fold(text)) {
        for word in text.split(' ') {
            words.insert(cut(word));
            words.extend(word.split(|c: char| !c.is_alphanumeric()).map(cut));
        }
    }
    words.remove("");
    words.into_iter().map(|word| Model { word, user_id: account.id }).collect()
}

fn cut(word: &str) -> String {
    word.chars().take(MAX_LENGTH).collect()
}

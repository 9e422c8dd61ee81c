//! Making, changing and removing synonyms.

use entity::synonym::Model;
use openapi::{
    Page,
    rules::MAX_NAME,
    synonyms::{NewSynonym, Synonym, SynonymChange, SynonymListQuery},
    text::clean_line,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{SynonymError, queries, queries::Listing};
use crate::{
    audit::{Caller, Entry},
    db::{fields::put, paging::PageRequest},
    http::IfMatch,
    idempotency::{Answer, Once},
    search::words::{term, words},
    state::AppState,
};

/// What the audit log calls it.
const KIND: &str = "synonym";

pub(super) async fn list(state: &AppState, query: &SynonymListQuery) -> Result<Page<Synonym>, SynonymError> {
    let db = state.db.reader();
    let listing = Listing::new(query)?;
    let total = match listing.page {
        PageRequest::Numbered { .. } => Some(queries::count(db).await?),
        PageRequest::After { .. } => None,
    };
    let mut rows = queries::list(db, &listing).await?;
    let meta = listing.page.finish(&mut rows, total, |last| listing.cursor_after(last));
    Ok(Page { data: rows.into_iter().map(present).collect(), meta })
}

pub(super) async fn read(state: &AppState, id: Uuid) -> Result<Synonym, SynonymError> {
    let found = queries::find(state.db.reader(), id).await?;
    found.map(present).ok_or(SynonymError::NoSuchSynonym)
}

pub(super) async fn create(
    state: &AppState,
    caller: &Caller,
    new: &NewSynonym,
    once: &Once<Synonym>,
) -> Result<Answer, SynonymError> {
    let now = state.clock.now();
    let row = Model {
        id: state.ids.next(),
        term_folded: folded(&new.term, "/term")?,
        term: line(&new.term),
        synonyms: checked(&new.synonyms)?,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let transaction = state.db.begin().await?;
    if let Some(answer) = once.begin(&transaction, now).await? {
        return Ok(answer);
    }
    let row = row.into_active_model().insert(&transaction).await?;
    let entry = Entry::about(KIND, row.id, "synonym.created").after(record(&row));
    let answer = once.keep(&transaction, now, &present(row)).await?;
    conclude(state, caller, transaction, entry).await?;
    Ok(answer)
}

pub(super) async fn change(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    condition: &IfMatch,
    change: &SynonymChange,
) -> Result<Synonym, SynonymError> {
    let term_folded = change.term.as_deref().map(|term| folded(term, "/term")).transpose()?;
    let synonyms = change.synonyms.as_deref().map(checked).transpose()?;
    let transaction = state.db.begin().await?;
    let before = held(&transaction, id, condition).await?;
    let mut row = before.clone().into_active_model();
    put(&mut row.term_folded, term_folded);
    put(&mut row.term, change.term.as_deref().map(line));
    put(&mut row.synonyms, synonyms);
    if !row.is_changed() {
        return Ok(present(before));
    }
    row.version = Set(before.version + 1);
    row.updated_at = Set(state.clock.now());
    let after = row.update(&transaction).await?;
    let entry = Entry::about(KIND, id, "synonym.changed").changed(record(&before), record(&after));
    conclude(state, caller, transaction, entry).await?;
    Ok(present(after))
}

pub(super) async fn remove(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    condition: &IfMatch,
) -> Result<(), SynonymError> {
    let transaction = state.db.begin().await?;
    let before = held(&transaction, id, condition).await?;
    queries::delete(&transaction, id).await?;
    let entry = Entry::about(KIND, id, "synonym.deleted").before(record(&before));
    conclude(state, caller, transaction, entry).await
}

async fn held(
    transaction: &DatabaseTransaction,
    id: Uuid,
    condition: &IfMatch,
) -> Result<Model, SynonymError> {
    let before = queries::find_to_change(transaction, id).await?.ok_or(SynonymError::NoSuchSynonym)?;
    if condition.holds(before.version) { Ok(before) } else { Err(SynonymError::Outdated) }
}

/// Writes down what was done, commits, and tells every server.
async fn conclude(
    state: &AppState,
    caller: &Caller,
    transaction: DatabaseTransaction,
    entry: Entry,
) -> Result<(), SynonymError> {
    state.audit.record(&transaction, caller, entry).await?;
    Ok(state.commit(transaction, vec![crate::search::TAG.to_owned()]).await?)
}

/// What the audit log keeps.
fn record(row: &Model) -> Value {
    json!({"term": row.term, "synonyms": row.synonyms})
}

/// What a term is looked for by. Signs alone nobody searches for.
fn folded(text: &str, pointer: &str) -> Result<String, SynonymError> {
    let words = words(text);
    if words.is_empty() {
        return Err(SynonymError::NoWord { pointer: pointer.to_owned() });
    }
    Ok(term(&words))
}

fn checked(synonyms: &[String]) -> Result<Value, SynonymError> {
    for (place, synonym) in synonyms.iter().enumerate() {
        folded(synonym, &format!("/synonyms/{place}"))?;
    }
    Ok(synonyms.iter().map(|synonym| line(synonym)).collect())
}

fn line(text: &str) -> String {
    clean_line(text, MAX_NAME).unwrap_or_default()
}

fn present(row: Model) -> Synonym {
    Synonym {
        id: row.id,
        term: row.term,
        synonyms: serde_json::from_value(row.synonyms).unwrap_or_default(),
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}

//! The words products are found by: in how many of them each is, and under which misspellings it is looked for.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::{
    search_spelling,
    search_vocabulary::{Column, Entity, Model},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement, SimpleExpr, UnionType},
};

use super::spelling::kept_under;
use crate::db::insert;

/// How many words are changed by one statement.
const BATCH: usize = 10_000;
/// How many of the words that begin as somebody began are looked at. Where there are so many, much is found.
pub(super) const COMPLETIONS: u64 = 100;

/// Counts words of documents that came and went, each word by so many. A word that is in no product any more stays, with
/// a frequency of 0: whoever counts it again at this very moment finds it.
pub(super) async fn shift(db: &impl ConnectionTrait, changes: BTreeMap<String, i64>) -> Result<(), DbErr> {
    let changes: Vec<(String, i64)> = changes.into_iter().filter(|(_, by)| *by != 0).collect();
    for batch in changes.chunks(BATCH) {
        // In one order, so that two who count the same words never wait for each other.
        let held = Entity::find()
            .filter(Column::Word.is_in(batch.iter().map(|(word, _)| word.as_str())))
            .order_by_asc(Column::Word)
            .lock_exclusive()
            .all(db)
            .await?;
        let held: HashMap<String, i64> = held.into_iter().map(|row| (row.word, row.frequency)).collect();
        let (known, new): (Vec<_>, Vec<_>) = batch.iter().partition(|(word, _)| held.contains_key(word));
        let counted = |(word, by): &(String, i64)| Model {
            frequency: Ord::max(held.get(word).copied().unwrap_or_default() + by, 0),
            word: word.clone(),
        };
        let replaced = OnConflict::column(Column::Word).update_column(Column::Frequency).to_owned();
        insert::all_or::<Entity>(db, known.into_iter().map(counted).collect(), replaced).await?;
        learn(db, new.into_iter().map(counted).collect()).await?;
    }
    Ok(())
}

/// Takes up new words. Somebody else may be taking up the same: then both count.
async fn learn(db: &impl ConnectionTrait, words: Vec<Model>) -> Result<(), DbErr> {
    let spellings: Vec<search_spelling::Model> = words
        .iter()
        .flat_map(|row| {
            let spelling = |variant| search_spelling::Model { variant, word: row.word.clone() };
            kept_under(&row.word).into_iter().map(spelling)
        })
        .collect();
    let added_up = Expr::col((Entity, Column::Frequency)).add(Expr::col(("excluded", Column::Frequency)));
    let added_up = OnConflict::column(Column::Word).value(Column::Frequency, added_up).to_owned();
    insert::all_or::<Entity>(db, words, added_up).await?;
    let key = [search_spelling::Column::Variant, search_spelling::Column::Word];
    let left_alone = OnConflict::columns(key).do_nothing().to_owned();
    insert::all_or::<search_spelling::Entity>(db, spellings, left_alone).await
}

/// Which of these words are in any product, with those that begin so (a hundred at most): each with how many it is in.
pub(super) async fn known(
    db: &impl ConnectionTrait,
    words: &BTreeSet<String>,
    begun: Option<&str>,
) -> Result<HashMap<String, i64>, DbErr> {
    let mut exact = in_use().filter(Column::Word.is_in(words.iter().map(String::as_str))).into_query();
    if let Some(begun) = begun {
        let completions = in_use()
            .filter(Column::Word.gte(begun))
            .filter(Column::Word.lt(format!("{begun}{}", char::MAX)))
            .order_by_asc(Column::Word)
            .limit(COMPLETIONS)
            .into_query();
        exact.union(UnionType::Distinct, everything_of(completions));
    }
    frequencies(db, &exact).await
}

/// The known words that are kept under any of these.
pub(super) async fn kept_under_any(
    db: &impl ConnectionTrait,
    variants: &BTreeSet<String>,
) -> Result<HashMap<String, i64>, DbErr> {
    let words = search_spelling::Entity::find()
        .select_only()
        .column(search_spelling::Column::Word)
        .filter(search_spelling::Column::Variant.is_in(variants.iter().map(String::as_str)))
        .into_query();
    let met: SimpleExpr = Expr::col((Entity, Column::Word)).in_subquery(words);
    frequencies(db, &in_use().filter(met).into_query()).await
}

fn in_use() -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::Frequency.gt(0))
}

/// SQLite limits and sorts only the whole of a union, or what stands in brackets of its own.
fn everything_of(select: SelectStatement) -> SelectStatement {
    let mut all = Query::select();
    all.columns([Column::Word, Column::Frequency]).from_subquery(select, "completions");
    all
}

async fn frequencies(
    db: &impl ConnectionTrait,
    select: &SelectStatement,
) -> Result<HashMap<String, i64>, DbErr> {
    let rows = db.query_all(select).await?;
    rows.iter().map(|row| Model::from_query_result(row, "").map(|row| (row.word, row.frequency))).collect()
}

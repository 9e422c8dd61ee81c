//! Where the engines keep the words of products, and how they are asked for them. On PostgreSQL a document's words are
//! columns of it, with an index; on SQLite they are a row of a full-text table that has the document's number.

use std::collections::HashMap;

use entity::search_document::{Column, Entity, Model};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, IdenStatic, Iterable, ModelTrait,
    QueryFilter, QuerySelect,
    sea_query::{
        Asterisk, Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr,
        extension::{postgres::PgExpr, sqlite::SqliteExpr},
    },
};
use uuid::Uuid;

use super::wanted::Wanted;
use crate::db::insert;

/// SQLite's table of words.
const WORDS_TABLE: &str = "search_words";
const NAME_WORDS: &str = "name_words";
const WORDS: &str = "words";

/// A document, and what it is found by: words with blanks between them.
#[derive(Debug)]
pub(super) struct Indexed {
    pub(super) document: Model,
    pub(super) name_words: String,
    /// Those of the name, too.
    pub(super) words: String,
}

/// Which of a document's words are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Name,
    Anywhere,
}

/// Of which documents words are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Among {
    All,
    /// Those that stand furthest in front, so many.
    First(u64),
}

/// Where documents are read from.
pub(super) fn from(among: Among) -> SelectStatement {
    let mut select = Query::select();
    match among {
        Among::All => select.from(Entity),
        Among::First(count) => {
            let mut first = Query::select();
            first.column(Asterisk).from(Entity).order_by(Column::Number, Order::Desc).limit(count);
            // Called like the table, so that conditions on its columns need not know the difference.
            select.from_subquery(first, Entity)
        }
    };
    select
}

/// The condition that what is wanted is among a document's words.
pub(super) fn found(engine: DbBackend, wanted: &Wanted, place: Place, among: Among) -> SimpleExpr {
    if engine == DbBackend::Postgres {
        let column = if place == Place::Name { NAME_WORDS } else { WORDS };
        let told = Expr::val(wanted.tsquery()).cast_as("tsquery");
        return PgExpr::matches(Expr::col((Entity, column)), told);
    }
    let column = if place == Place::Name { "name" } else { WORDS };
    let told = format!("{column} : {}", wanted.fts5());
    let mut numbers = Query::select();
    numbers.column("rowid").from(WORDS_TABLE).and_where(SqliteExpr::matches(Expr::col(WORDS_TABLE), told));
    if let Among::First(count) = among {
        // Told from where on, the full-text table does not read what stands before.
        let mut floor = Query::select();
        floor.column(Column::Number).from(Entity).order_by(Column::Number, Order::Desc);
        floor.limit(1).offset(count.saturating_sub(1));
        let floor = SimpleExpr::SubQuery(None, Box::new(floor.into()));
        numbers.and_where(Expr::col("rowid").gte(floor));
    }
    Expr::col((Entity, Column::Number)).in_subquery(numbers)
}

/// The documents these products have, by product: their numbers, and what they are found by.
pub(super) async fn kept(
    db: &impl ConnectionTrait,
    products: &[Uuid],
) -> Result<HashMap<Uuid, (i64, String)>, DbErr> {
    let words = if db.get_database_backend() == DbBackend::Postgres {
        Expr::cust("array_to_string(tsvector_to_array(words), ' ')")
    } else {
        Expr::cust("(SELECT words FROM search_words WHERE rowid = number)")
    };
    let rows = Entity::find()
        .select_only()
        .columns([Column::ProductId, Column::Number])
        .column_as(words, WORDS)
        .filter(Column::ProductId.is_in(products.iter().copied()))
        .into_tuple::<(Uuid, i64, String)>()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(product, number, words)| (product, (number, words))).collect())
}

/// Takes documents out.
pub(super) async fn remove(db: &impl ConnectionTrait, numbers: &[i64]) -> Result<(), DbErr> {
    if numbers.is_empty() {
        return Ok(());
    }
    if db.get_database_backend() == DbBackend::Sqlite {
        let mut words = Query::delete();
        words.from_table(WORDS_TABLE).and_where(Expr::col("rowid").is_in(numbers.iter().copied()));
        db.execute(&words).await?;
    }
    Entity::delete_many().filter(Column::Number.is_in(numbers.iter().copied())).exec(db).await.map(|_| ())
}

/// Puts documents in, those that stand furthest back first: SQLite's full-text table likes to grow at its end.
pub(super) async fn put(db: &impl ConnectionTrait, mut documents: Vec<Indexed>) -> Result<(), DbErr> {
    if documents.is_empty() {
        return Ok(());
    }
    documents.sort_unstable_by_key(|indexed| indexed.document.number);
    if db.get_database_backend() == DbBackend::Postgres {
        put_on_postgres(db, documents).await
    } else {
        put_on_sqlite(db, documents).await
    }
}

async fn put_on_postgres(db: &impl ConnectionTrait, documents: Vec<Indexed>) -> Result<(), DbErr> {
    let vector = |words: String| Expr::val(words).cast_as("tsvector");
    let mut rows = Query::insert();
    let vectors = [NAME_WORDS.to_owned(), WORDS.to_owned()];
    rows.into_table(Entity).columns(Column::iter().map(|column| column.as_str().to_owned()).chain(vectors));
    for Indexed { document, name_words, words } in documents {
        let values = Column::iter().map(|column| Expr::val(document.get(column)));
        rows.values_panic(values.chain([vector(name_words), vector(words)]));
    }
    db.execute(&rows).await.map(|_| ())
}

async fn put_on_sqlite(db: &impl ConnectionTrait, documents: Vec<Indexed>) -> Result<(), DbErr> {
    let mut words = Query::insert();
    words.into_table(WORDS_TABLE).columns(["rowid", "name", WORDS]);
    let mut rows = Vec::with_capacity(documents.len());
    for Indexed { document, name_words, words: all } in documents {
        words.values_panic([document.number.into(), name_words.into(), all.into()]);
        rows.push(document);
    }
    insert::all::<Entity>(db, rows).await?;
    db.execute(&words).await.map(|_| ())
}

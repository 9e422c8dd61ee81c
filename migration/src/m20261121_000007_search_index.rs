//! What search finds products by: a document for each, the misspellings of each word, and what was searched for.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::schema::{drop_tables, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        search_documents(manager).await?;
        search_spellings(manager).await?;
        search_tallies(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Sqlite {
            db.execute_unprepared("DROP TABLE \"search_words\"").await?;
        }
        // It counts the words of the documents, which go.
        db.execute_unprepared("DELETE FROM \"search_vocabulary\"").await?;
        drop_tables(manager, &["search_tallies", "search_spellings", "search_documents"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// `PostgreSQL` keeps a document's words beside it; `SQLite` in a full-text table of its own, by the document's number.
async fn search_documents(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("search_documents")
        // Grows with how far in front a product stands: what is read backwards comes in the order it is shown in.
        .big_integer("number")
        // No foreign key: the words of a product that goes must be counted out before its document may go.
        .uuid("product_id")
        .integer("version")
        .uuid("category_id")
        .folded(manager, "name")
        .folded(manager, "name_folded")
        .big_integer("price_from")
        .big_integer("price_to")
        .boolean("in_stock")
        .boolean("on_sale")
        .moment("created_at")
        .primary_key(&["number"])
        .unique("uq_search_documents_product_id", &["product_id"])
        .create(manager)
        .await?;
    let statements: &[&str] = if manager.get_database_backend() == DbBackend::Postgres {
        &[
            "ALTER TABLE \"search_documents\" ADD COLUMN \"name_words\" tsvector NOT NULL DEFAULT '', \
             ADD COLUMN \"words\" tsvector NOT NULL DEFAULT ''",
            // All words of a product are many, and only the index looks at them: they stand elsewhere, so that reading the
            // rest of many documents is reading few pages.
            "ALTER TABLE \"search_documents\" SET (toast_tuple_target = 256), \
             ALTER COLUMN \"name\" SET STORAGE MAIN, ALTER COLUMN \"name_folded\" SET STORAGE MAIN, \
             ALTER COLUMN \"name_words\" SET STORAGE MAIN",
            // Who knows no statistics takes every word for rare, and always asks the index.
            "ALTER TABLE \"search_documents\" ALTER COLUMN \"name_words\" SET STATISTICS 0, \
             ALTER COLUMN \"words\" SET STATISTICS 0",
            // Without a list of what is yet to be put in, which every search would have to read through.
            "CREATE INDEX \"ix_search_documents_words\" ON \"search_documents\" USING gin (\"words\") \
             WITH (fastupdate = off)",
        ]
    } else {
        // Words come folded and with blanks between them: there is nothing to tokenize but ASCII's blanks.
        &["CREATE VIRTUAL TABLE \"search_words\" USING fts5 \
           (name, words, tokenize = 'ascii', detail = 'column', prefix = '2 3')"]
    };
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

async fn search_spellings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("search_spellings")
        .folded(manager, "variant")
        .folded(manager, "word")
        .primary_key(&["variant", "word"])
        .create(manager)
        .await
}

async fn search_tallies(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("search_tallies")
        // In days since 1970.
        .integer("day")
        .folded(manager, "query")
        .big_integer("searches")
        .primary_key(&["day", "query"])
        .check("searches", "searches > 0")
        .create(manager)
        .await
}

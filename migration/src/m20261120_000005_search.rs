//! What search knows besides the catalogue: synonyms and the words typos are corrected against.

use sea_orm_migration::prelude::*;

use crate::schema::{drop_tables, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        synonyms(manager).await?;
        search_vocabulary(manager).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["search_vocabulary", "synonyms"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn synonyms(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("synonyms")
        .id()
        .text("term")
        .folded(manager, "term_folded")
        .json("synonyms")
        .version()
        .timestamps()
        .unique("uq_synonyms_term_folded", &["term_folded"])
        .create(manager)
        .await
}

async fn search_vocabulary(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("search_vocabulary")
        .folded(manager, "word")
        .big_integer("frequency")
        .primary_key(&["word"])
        .check("frequency", "frequency >= 0")
        .create(manager)
        .await
}

//! Which changes the CDN has been told of, and which of the servers tells it.

use sea_orm_migration::prelude::*;

use crate::schema::{drop_tables, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const GENERATIONS: &str = "cache_generations";
const TOLD: &str = "purged_generation";
const INDEX: &str = "ix_cache_generations_untold";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Servers of before write a new generation and leave this as it is: what they change is still to be told, too.
        let told = ColumnDef::new(TOLD).uuid().null().take();
        manager.alter_table(Table::alter().table(GENERATIONS).add_column(told).take()).await?;
        let index = Index::create()
            .name(INDEX)
            .table(GENERATIONS)
            .col("changed_at")
            .col("tag")
            .and_where(Expr::cust("purged_generation IS DISTINCT FROM generation"))
            .take();
        manager.create_index(index).await?;
        table("leases")
            .text("name")
            .uuid("holder")
            .moment("held_until")
            .integer_from_zero("attempts")
            .primary_key(&["name"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["leases"]).await?;
        manager.drop_index(Index::drop().name(INDEX).table(GENERATIONS).to_owned()).await?;
        manager.alter_table(Table::alter().table(GENERATIONS).drop_column(TOLD).take()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

//! Administrators list products whatever their status: each order of such a list has its index, as the shoppers' have.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The name of an index, and its columns: the order of a list, with the id as its tie-breaker.
const INDEXES: [(&str, [&str; 2]); 3] = [
    ("ix_products_created_at", ["created_at", "id"]),
    ("ix_products_price_from", ["price_from", "id"]),
    ("ix_products_name_folded", ["name_folded", "id"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, [column, id]) in INDEXES {
            let index = Index::create().name(name).table("products").col(column).col(id).take();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _) in INDEXES {
            manager.drop_index(Index::drop().name(name).table("products").to_owned()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

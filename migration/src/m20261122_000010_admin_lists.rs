//! Administrators read the audit log by action, by kind of thing and by thing: each has its index, in the log's order.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The name of an index, and the column it begins with. Of two that serve alike SQLite takes the one made last, which
/// therefore is the one that finds least.
const INDEXES: [(&str, &str); 3] = [
    ("ix_audit_log_entity_type_created_at", "entity_type"),
    ("ix_audit_log_action_created_at", "action"),
    ("ix_audit_log_entity_id_created_at", "entity_id"),
];

/// Found only things whose kind was said, too, and no kind in order.
const BEFORE: &str = "ix_audit_log_entity_created_at";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, column) in INDEXES {
            manager.create_index(index(name, &[column])).await?;
        }
        manager.drop_index(Index::drop().name(BEFORE).table("audit_log").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index(BEFORE, &["entity_type", "entity_id"])).await?;
        for (name, _) in INDEXES {
            manager.drop_index(Index::drop().name(name).table("audit_log").to_owned()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// An index over these columns, and, within what is alike in them, in the order of the log.
fn index(name: &str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table("audit_log").take();
    for column in columns.iter().chain(&["created_at", "id"]) {
        index.col(*column);
    }
    index
}

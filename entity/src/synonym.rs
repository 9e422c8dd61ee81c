use sea_orm::entity::prelude::*;

/// A search term and the words that mean the same.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "synonyms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub term: String,
    #[sea_orm(unique)]
    pub term_folded: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub synonyms: Json,
    pub version: i64,
    pub created_at: ChronoDateTimeUtc,
    pub updated_at: ChronoDateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

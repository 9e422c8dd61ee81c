use sea_orm::entity::prelude::*;

/// A folded word of the catalogue and how often it occurs; typos are corrected against it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_vocabulary")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub word: String,
    pub frequency: i64,
}

impl ActiveModelBehavior for ActiveModel {}

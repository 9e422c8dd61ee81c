use sea_orm::entity::prelude::*;

/// How many products can be bought in a category itself. The database keeps it: nothing writes here.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_counts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub category_id: Uuid,
    pub active: i64,
}

impl ActiveModelBehavior for ActiveModel {}

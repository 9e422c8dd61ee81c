use sea_orm::entity::prelude::*;

/// What search keeps of a product that can be bought: what it filters, sorts and counts by. The words it finds products
/// by stand where each engine wants them.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_documents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    #[sea_orm(unique)]
    pub product_id: Uuid,
    pub version: i32,
    pub category_id: Uuid,
    pub name: String,
    pub name_folded: String,
    pub price_from: i64,
    pub price_to: i64,
    pub in_stock: bool,
    pub on_sale: bool,
    pub created_at: ChronoDateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

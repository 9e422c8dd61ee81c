use sea_orm::entity::prelude::*;

/// What is bought: a SKU with its price and stock, one per combination of option values.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_variants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub product_id: Uuid,
    #[sea_orm(unique)]
    pub sku: String,
    pub price: i64,
    pub compare_at: Option<i64>,
    pub stock: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub option_values: Json,
    pub option_key: String,
    pub position: i32,
    pub is_default: bool,
    pub version: i64,
    pub created_at: ChronoDateTimeUtc,
    pub updated_at: ChronoDateTimeUtc,
    #[sea_orm(belongs_to, from = "product_id", to = "id")]
    pub product: BelongsTo<super::product::Entity>,
    #[sea_orm(has_many)]
    pub stock_movements: HasMany<super::stock_movement::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

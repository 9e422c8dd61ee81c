use sea_orm::entity::prelude::*;

/// A position of an order: the variant as it was when it was bought.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_lines")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub order_id: Uuid,
    pub position: i32,
    pub product_id: Option<Uuid>,
    pub variant_id: Option<Uuid>,
    pub sku: String,
    pub name: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub option_values: Json,
    pub image_url: Option<String>,
    pub quantity: i32,
    pub unit_price: i64,
    pub tax_rate_bps: i32,
    pub tax: i64,
    pub subtotal: i64,
    #[sea_orm(belongs_to, from = "order_id", to = "id")]
    pub order: BelongsTo<super::order::Entity>,
    #[sea_orm(belongs_to, from = "product_id", to = "id")]
    pub product: BelongsTo<Option<super::product::Entity>>,
    #[sea_orm(belongs_to, from = "variant_id", to = "id")]
    pub variant: BelongsTo<Option<super::product_variant::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}

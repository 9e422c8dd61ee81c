use sea_orm::entity::prelude::*;

/// Where a product is in its life; only `Active` ones are public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProductStatus {
    Draft,
    Active,
    Archived,
}

/// What the shop shows; it sells through its variants, whose prices and stock are summed up here for lists.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "products")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub category_id: Uuid,
    pub name: String,
    pub name_folded: String,
    #[sea_orm(unique)]
    pub slug: String,
    pub description: Option<String>,
    pub image_url: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub images: Json,
    pub status: ProductStatus,
    pub is_featured: bool,
    #[sea_orm(column_type = "JsonBinary")]
    pub metadata: Option<Json>,
    pub price_from: i64,
    pub price_to: i64,
    pub in_stock: bool,
    pub on_sale: bool,
    pub version: i64,
    pub created_at: ChronoDateTimeUtc,
    pub updated_at: ChronoDateTimeUtc,
    #[sea_orm(belongs_to, from = "category_id", to = "id")]
    pub category: BelongsTo<super::category::Entity>,
    #[sea_orm(has_many)]
    pub options: HasMany<super::product_option::Entity>,
    #[sea_orm(has_many)]
    pub variants: HasMany<super::product_variant::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

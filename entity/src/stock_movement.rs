use sea_orm::entity::prelude::*;

/// Why stock changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StockReason {
    Initial,
    Sale,
    Cancel,
    Refund,
    Adjustment,
    Import,
}

/// A line of the stock ledger: why stock changed, by how much, and what was left.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_movements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub variant_id: Uuid,
    pub delta: i32,
    pub stock_after: i32,
    pub reason: StockReason,
    pub order_id: Option<Uuid>,
    pub actor_id: Option<Uuid>,
    pub note: Option<String>,
    pub created_at: ChronoDateTimeUtc,
    #[sea_orm(belongs_to, from = "variant_id", to = "id")]
    pub variant: BelongsTo<super::product_variant::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

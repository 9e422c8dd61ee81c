use sea_orm::entity::prelude::*;

/// How far an attempt to pay has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentStatus {
    Pending,
    Authorised,
    Captured,
    Failed,
    Cancelled,
}

/// An attempt to pay an order through a provider.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub order_id: Uuid,
    pub provider: String,
    pub provider_reference: Option<String>,
    pub status: PaymentStatus,
    pub amount: i64,
    pub currency: String,
    pub error: Option<String>,
    pub created_at: ChronoDateTimeUtc,
    pub updated_at: ChronoDateTimeUtc,
    #[sea_orm(belongs_to, from = "order_id", to = "id")]
    pub order: BelongsTo<super::order::Entity>,
    #[sea_orm(has_many)]
    pub refunds: HasMany<super::refund::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

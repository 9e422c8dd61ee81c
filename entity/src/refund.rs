use sea_orm::entity::prelude::*;

/// How far a refund has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RefundStatus {
    Pending,
    Succeeded,
    Failed,
}

/// Money given back for an order.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refunds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub order_id: Uuid,
    pub payment_id: Option<Uuid>,
    pub amount: i64,
    pub reason: Option<String>,
    pub restock: bool,
    pub status: RefundStatus,
    pub provider_reference: Option<String>,
    #[sea_orm(unique)]
    pub request_key: Option<String>,
    pub actor_id: Option<Uuid>,
    pub created_at: ChronoDateTimeUtc,
    #[sea_orm(belongs_to, from = "order_id", to = "id")]
    pub order: BelongsTo<super::order::Entity>,
    #[sea_orm(belongs_to, from = "payment_id", to = "id")]
    pub payment: BelongsTo<Option<super::payment::Entity>>,
    #[sea_orm(has_many)]
    pub lines: HasMany<super::refund_line::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

use sea_orm::entity::prelude::*;

/// How far an order has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderStatus {
    Pending,
    Confirmed,
    Processing,
    Shipped,
    Delivered,
    Cancelled,
    Refunded,
}

/// How far the money for an order has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderPaymentStatus {
    Unpaid,
    Authorised,
    Paid,
    PartiallyRefunded,
    Refunded,
    Failed,
    Expired,
}

/// A purchase: what was agreed on, frozen at checkout, and how far it has come.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "orders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub number: String,
    pub user_id: Option<Uuid>,
    pub email: String,
    pub email_folded: String,
    pub status: OrderStatus,
    pub payment_status: OrderPaymentStatus,
    pub currency: String,
    pub subtotal: i64,
    pub tax: i64,
    pub tax_rate_bps: i32,
    pub shipping_amount: i64,
    pub discount_amount: i64,
    pub total_amount: i64,
    pub refunded_amount: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub shipping_address: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub billing_address: Json,
    pub notes: Option<String>,
    pub tracking_number: Option<String>,
    pub paid_at: Option<ChronoDateTimeUtc>,
    pub shipped_at: Option<ChronoDateTimeUtc>,
    pub delivered_at: Option<ChronoDateTimeUtc>,
    pub cancelled_at: Option<ChronoDateTimeUtc>,
    pub expires_at: Option<ChronoDateTimeUtc>,
    pub version: i64,
    pub created_at: ChronoDateTimeUtc,
    pub updated_at: ChronoDateTimeUtc,
    #[sea_orm(belongs_to, from = "user_id", to = "id")]
    pub user: BelongsTo<Option<super::user::Entity>>,
    #[sea_orm(has_many)]
    pub lines: HasMany<super::order_line::Entity>,
    #[sea_orm(has_many)]
    pub events: HasMany<super::order_event::Entity>,
    #[sea_orm(has_many)]
    pub payments: HasMany<super::payment::Entity>,
    #[sea_orm(has_many)]
    pub refunds: HasMany<super::refund::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

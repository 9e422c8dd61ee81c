use sea_orm::entity::prelude::*;

/// The part of a refund that belongs to one position of the order.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refund_lines")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub refund_id: Uuid,
    pub order_line_id: Uuid,
    pub quantity: i32,
    pub amount: i64,
    #[sea_orm(belongs_to, from = "refund_id", to = "id")]
    pub refund: BelongsTo<super::refund::Entity>,
    #[sea_orm(belongs_to, from = "order_line_id", to = "id")]
    pub order_line: BelongsTo<super::order_line::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

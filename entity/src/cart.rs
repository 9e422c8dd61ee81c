use sea_orm::entity::prelude::*;

/// A basket, owned by a user or by whoever holds its token.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "carts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub user_id: Option<Uuid>,
    #[sea_orm(unique)]
    pub token_hash: Option<String>,
    pub currency: String,
    pub created_at: ChronoDateTimeUtc,
    pub updated_at: ChronoDateTimeUtc,
    pub expires_at: Option<ChronoDateTimeUtc>,
    #[sea_orm(belongs_to, from = "user_id", to = "id")]
    pub user: BelongsTo<Option<super::user::Entity>>,
    #[sea_orm(has_many)]
    pub lines: HasMany<super::cart_line::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

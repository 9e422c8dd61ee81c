use sea_orm::entity::prelude::*;

/// The current generation of a cache tag: the truth about what is stale.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cache_generations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag: String,
    pub generation: Uuid,
    pub changed_at: ChronoDateTimeUtc,
    /// The generation the CDN was last told of.
    pub purged_generation: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}

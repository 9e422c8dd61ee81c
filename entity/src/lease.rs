use sea_orm::entity::prelude::*;

/// What one server of many does, and which of them does it now.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "leases")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub holder: Uuid,
    /// Another may take it from then on.
    pub held_until: ChronoDateTimeUtc,
    /// How often in a row it failed.
    pub attempts: i32,
}

impl ActiveModelBehavior for ActiveModel {}

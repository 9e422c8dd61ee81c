use sea_orm::entity::prelude::*;

/// How often something was searched for, and found, on a day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_tallies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub query: String,
    pub searches: i64,
}

impl ActiveModelBehavior for ActiveModel {}

//! Filling a shop: the demo everybody sees first, and as many synthetic products as a measurement needs.

pub mod demo;
mod demo_data;
mod demo_orders;
mod demo_products;
pub mod synthetic;
mod words;

use entity::{category, product, user};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QuerySelect};

use crate::{
    accounts::PasswordError,
    clock::{Clock, IdSource},
    db::Database,
};

/// Why seeding failed.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error("The shop cannot be filled ({0}).")]
    Database(#[from] DbErr),
    #[error("The demo accounts' password cannot be hashed ({0}).")]
    Hash(#[from] PasswordError),
    #[error("The built-in demo data is wrong: {0}.")]
    Data(String),
}

/// What seeding needs.
#[derive(Debug, Clone, Copy)]
pub struct Seeder<'a> {
    db: &'a Database,
    clock: &'a Clock,
    ids: &'a IdSource,
}

impl<'a> Seeder<'a> {
    /// Fills this database.
    pub fn new(db: &'a Database, clock: &'a Clock, ids: &'a IdSource) -> Self {
        Self { db, clock, ids }
    }
}

/// Whether nobody has put anything into the shop yet.
async fn is_empty(db: &impl ConnectionTrait) -> Result<bool, SeedError> {
    let nothing = category::Entity::find().limit(1).one(db).await?.is_none()
        && product::Entity::find().limit(1).one(db).await?.is_none()
        && user::Entity::find().limit(1).one(db).await?.is_none();
    Ok(nothing)
}

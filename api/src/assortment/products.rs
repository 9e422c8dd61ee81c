//! Products, whatever their status.

use entity::product;
use openapi::assortment::AdminProduct;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::AssortmentError;
use crate::{catalog, state::AppState};

pub(super) async fn read(state: &AppState, id: Uuid) -> Result<AdminProduct, AssortmentError> {
    let found = product::Entity::find_by_id(id).one(state.db.reader()).await?;
    let product = found.ok_or(AssortmentError::NoSuchProduct)?;
    let version = product.version;
    let product = catalog::detail(state, product).await?.ok_or(AssortmentError::NoSuchProduct)?;
    Ok(AdminProduct { product, version })
}

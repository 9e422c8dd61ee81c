//! What a product's variants come to. It is kept at the product, so that lists are sorted and filtered by an index, and this
//! is the one place that reckons it.

use entity::product_variant;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use uuid::Uuid;

/// What one variant is sold for, and how many of it are left.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(super) struct Terms {
    pub(super) price: i64,
    pub(super) compare_at: Option<i64>,
    pub(super) stock: i32,
}

/// What a product's variants come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) price_from: i64,
    pub(super) price_to: i64,
    pub(super) in_stock: bool,
    pub(super) on_sale: bool,
    /// How many variants there are.
    pub(super) variants: usize,
}

impl Offer {
    pub(super) fn of(variants: impl IntoIterator<Item = Terms>) -> Self {
        let variants: Vec<Terms> = variants.into_iter().collect();
        let prices = || variants.iter().map(|variant| variant.price);
        Self {
            price_from: prices().min().unwrap_or_default(),
            price_to: prices().max().unwrap_or_default(),
            in_stock: variants.iter().any(|variant| variant.stock > 0),
            on_sale: variants.iter().any(|variant| variant.compare_at > Some(variant.price)),
            variants: variants.len(),
        }
    }

    /// What the variants of a product come to now. Whoever writes it down holds the product's row.
    pub(super) async fn load(db: &impl ConnectionTrait, product: Uuid) -> Result<Self, DbErr> {
        let variants = product_variant::Entity::find()
            .select_only()
            .columns([
                product_variant::Column::Price,
                product_variant::Column::CompareAt,
                product_variant::Column::Stock,
            ])
            .filter(product_variant::Column::ProductId.eq(product))
            .into_model::<Terms>()
            .all(db)
            .await?;
        Ok(Self::of(variants))
    }
}

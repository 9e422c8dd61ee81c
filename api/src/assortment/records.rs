//! What the audit log keeps of products and their variants.

use entity::{product, product_variant};
use serde_json::{Value, json};

use super::choices::Choices;
use crate::catalog::present_status;

/// What it calls them.
pub(super) const PRODUCT: &str = "product";
pub(super) const VARIANT: &str = "variant";

pub(super) fn of_product(row: &product::Model) -> Value {
    json!({
        "name": row.name, "slug": row.slug, "description": row.description, "categoryId": row.category_id,
        "imageUrl": row.image_url, "images": row.images, "status": present_status(row.status), "isFeatured": row.is_featured,
        "metadata": row.metadata,
    })
}

/// A product with its options.
pub(super) fn with_options(row: &product::Model, choices: &Choices) -> Value {
    let options = choices.0.iter().map(|(name, values)| json!({"name": name, "values": values}));
    let mut record = of_product(row);
    record["options"] = options.collect();
    record
}

/// A product with all that is sold of it.
pub(super) fn with_variants(row: &product::Model, variants: &[product_variant::Model]) -> Value {
    let mut record = of_product(row);
    record["variants"] = variants.iter().map(of_variant).collect();
    record
}

pub(super) fn of_variant(row: &product_variant::Model) -> Value {
    json!({
        "productId": row.product_id, "sku": row.sku, "price": row.price, "compareAt": row.compare_at,
        "stock": row.stock, "options": row.option_values, "isDefault": row.is_default,
    })
}

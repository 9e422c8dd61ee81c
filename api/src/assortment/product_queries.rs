//! The SQL of products that are being changed.

use entity::{category, order_line, product, product_option, product_variant};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::db::{hold, insert};

/// A product, for a transaction that changes it. Whoever holds its row is the only one who changes the product, its options, and
/// which variants it has. Variants are taken before their product, by whoever takes both.
pub(super) async fn product_to_change(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<product::Model>, DbErr> {
    hold(product::Entity::find_by_id(id)).one(db).await
}

/// Takes a variant of a product, or, if none is named, all of them: always in one order. Which of them is the default may be
/// another's to change until the product is held, so that whoever changes that takes them all.
pub(super) async fn hold_variants(
    db: &impl ConnectionTrait,
    product: Uuid,
    one: Option<Uuid>,
) -> Result<(), DbErr> {
    hold(product_variant::Entity::find())
        .select_only()
        .column(product_variant::Column::Id)
        .filter(product_variant::Column::ProductId.eq(product))
        .filter(Condition::all().add_option(one.map(|id| product_variant::Column::Id.eq(id))))
        .order_by_asc(product_variant::Column::Id)
        .into_tuple::<Uuid>()
        .all(db)
        .await
        .map(|_| ())
}

pub(super) async fn is_category(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, DbErr> {
    Ok(category::Entity::find_by_id(id).one(db).await?.is_some())
}

pub(super) async fn is_slug_taken(db: &impl ConnectionTrait, slug: &str) -> Result<bool, DbErr> {
    Ok(product::Entity::find().filter(product::Column::Slug.eq(slug)).one(db).await?.is_some())
}

/// Which of these SKUs there are already.
pub(super) async fn taken_skus(db: &impl ConnectionTrait, skus: Vec<String>) -> Result<Vec<String>, DbErr> {
    product_variant::Entity::find()
        .select_only()
        .column(product_variant::Column::Sku)
        .filter(product_variant::Column::Sku.is_in(skus))
        .into_tuple()
        .all(db)
        .await
}

/// The SKU of the variant of a product that chooses this.
pub(super) async fn sku_of_choice(
    db: &impl ConnectionTrait,
    product: Uuid,
    option_key: &str,
) -> Result<Option<String>, DbErr> {
    product_variant::Entity::find()
        .select_only()
        .column(product_variant::Column::Sku)
        .filter(product_variant::Column::ProductId.eq(product))
        .filter(product_variant::Column::OptionKey.eq(option_key))
        .into_tuple()
        .one(db)
        .await
}

/// The options of a product, in their order.
pub(super) async fn options_of(
    db: &impl ConnectionTrait,
    product: Uuid,
) -> Result<Vec<product_option::Model>, DbErr> {
    product_option::Entity::find()
        .filter(product_option::Column::ProductId.eq(product))
        .order_by_asc(product_option::Column::Position)
        .all(db)
        .await
}

pub(super) async fn remove_options(db: &impl ConnectionTrait, product: Uuid) -> Result<(), DbErr> {
    product_option::Entity::delete_many()
        .filter(product_option::Column::ProductId.eq(product))
        .exec(db)
        .await
        .map(|_| ())
}

pub(super) async fn variants_of(
    db: &impl ConnectionTrait,
    product: Uuid,
) -> Result<Vec<product_variant::Model>, DbErr> {
    product_variant::Entity::find()
        .filter(product_variant::Column::ProductId.eq(product))
        .order_by_asc(product_variant::Column::Position)
        .order_by_asc(product_variant::Column::Id)
        .all(db)
        .await
}

/// Writes down what these variants choose now.
pub(super) async fn rewrite_choices(
    db: &impl ConnectionTrait,
    variants: Vec<product_variant::Model>,
) -> Result<(), DbErr> {
    use product_variant::Column;
    let replace = OnConflict::column(Column::Id)
        .update_columns([Column::OptionValues, Column::OptionKey, Column::Version, Column::UpdatedAt])
        .to_owned();
    insert::all_or::<product_variant::Entity>(db, variants, replace).await
}

/// One variant, if it is this product's.
pub(super) async fn variant_of(
    db: &impl ConnectionTrait,
    product: Uuid,
    id: Uuid,
) -> Result<Option<product_variant::Model>, DbErr> {
    product_variant::Entity::find_by_id(id)
        .filter(product_variant::Column::ProductId.eq(product))
        .one(db)
        .await
}

/// The position after the last variant of a product.
pub(super) async fn next_position(db: &impl ConnectionTrait, product: Uuid) -> Result<i32, DbErr> {
    let last = product_variant::Entity::find()
        .select_only()
        .column_as(product_variant::Column::Position.max(), "last")
        .filter(product_variant::Column::ProductId.eq(product))
        .into_tuple::<Option<i32>>()
        .one(db)
        .await?;
    Ok(last.flatten().map_or(0, |last| last + 1))
}

/// Takes the mark off the default variant of a product, so that another can have it.
pub(super) async fn demote_default(db: &impl ConnectionTrait, product: Uuid) -> Result<(), DbErr> {
    product_variant::Entity::update_many()
        .col_expr(product_variant::Column::IsDefault, Expr::value(false))
        .filter(product_variant::Column::ProductId.eq(product))
        .filter(Expr::col(product_variant::Column::IsDefault))
        .exec(db)
        .await
        .map(|_| ())
}

/// Whether anybody ever ordered this product, or, if one is named, this variant of it.
pub(super) async fn was_ordered(
    db: &impl ConnectionTrait,
    product: Uuid,
    variant: Option<Uuid>,
) -> Result<bool, DbErr> {
    let lines = order_line::Entity::find();
    let lines = match variant {
        Some(variant) => lines.filter(order_line::Column::VariantId.eq(variant)),
        None => lines.filter(order_line::Column::ProductId.eq(product)),
    };
    Ok(lines.limit(1).one(db).await?.is_some())
}

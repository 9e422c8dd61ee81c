//! The SQL of carts.

use chrono::{DateTime, Utc};
use entity::{
    cart, cart_line,
    product::{self, ProductStatus},
    product_variant,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QueryResult, QuerySelect, RelationTrait, Select,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use serde_json::Value;
use uuid::Uuid;

use super::owner::Owner;

/// What can be put into a cart, as it is now.
#[derive(Debug, Clone)]
pub(crate) struct Article {
    pub(crate) variant_id: Uuid,
    pub(crate) product_id: Uuid,
    pub(crate) sku: String,
    pub(crate) price: i64,
    pub(crate) stock: i32,
    pub(crate) option_values: Value,
    /// Whether it is what is meant by its product.
    pub(crate) is_default: bool,
    pub(crate) name: String,
    pub(super) slug: String,
    pub(crate) image_url: Option<String>,
    pub(super) status: ProductStatus,
}

/// Something in a cart.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(super) id: Uuid,
    pub(super) quantity: i32,
    /// The price its owner last saw.
    pub(super) seen_price: i64,
    pub(crate) article: Article,
}

impl FromQueryResult for Article {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            variant_id: row.try_get(prefix, "variant_id")?,
            product_id: row.try_get(prefix, "product_id")?,
            sku: row.try_get(prefix, "sku")?,
            price: row.try_get(prefix, "price")?,
            stock: row.try_get(prefix, "stock")?,
            option_values: row.try_get(prefix, "option_values")?,
            is_default: row.try_get(prefix, "is_default")?,
            name: row.try_get(prefix, "name")?,
            slug: row.try_get(prefix, "slug")?,
            image_url: row.try_get(prefix, "image_url")?,
            status: row.try_get(prefix, "status")?,
        })
    }
}

impl FromQueryResult for Line {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            id: row.try_get(prefix, "id")?,
            quantity: row.try_get(prefix, "quantity")?,
            seen_price: row.try_get(prefix, "unit_price")?,
            article: Article::from_query_result(row, prefix)?,
        })
    }
}

/// The cart of somebody who has one.
fn of(owner: &Owner, now: DateTime<Utc>) -> Option<Condition> {
    match owner {
        Owner::Customer(user) => Some(Condition::all().add(cart::Column::UserId.eq(*user))),
        Owner::Guest(token) => Some(
            Condition::all()
                .add(cart::Column::TokenHash.eq(token.hash()))
                .add(cart::Column::ExpiresAt.gt(now)),
        ),
        Owner::Newcomer => None,
    }
}

/// Everything in somebody's cart, in the order in which it was put in.
pub(super) async fn lines(
    db: &impl ConnectionTrait,
    owner: &Owner,
    now: DateTime<Utc>,
) -> Result<Vec<Line>, DbErr> {
    let Some(whose) = of(owner, now) else {
        return Ok(Vec::new());
    };
    let lines = cart_line::Entity::find()
        .select_only()
        .columns([cart_line::Column::Id, cart_line::Column::Quantity, cart_line::Column::UnitPrice])
        .join(JoinType::InnerJoin, cart_line::Relation::Cart.def())
        .join(JoinType::InnerJoin, cart_line::Relation::ProductVariant.def())
        .filter(whose)
        .order_by_asc(cart_line::Column::CreatedAt)
        .order_by_asc(cart_line::Column::Id);
    with_article(lines).into_model().all(db).await
}

/// The variant with this id.
pub(super) async fn variant(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Article>, DbErr> {
    let variant = product_variant::Entity::find().select_only().filter(product_variant::Column::Id.eq(id));
    with_article(variant).into_model().one(db).await
}

/// The default variant of the product with this id.
pub(super) async fn default_variant(
    db: &impl ConnectionTrait,
    product: Uuid,
) -> Result<Option<Article>, DbErr> {
    let variant = product_variant::Entity::find()
        .select_only()
        .filter(product_variant::Column::ProductId.eq(product))
        .filter(Expr::col((product_variant::Entity, product_variant::Column::IsDefault)));
    with_article(variant).into_model().one(db).await
}

/// These variants, and the default variants of these products, as far as there are any.
pub(crate) async fn articles(
    db: &impl ConnectionTrait,
    variants: &[Uuid],
    products: &[Uuid],
) -> Result<Vec<Article>, DbErr> {
    let is_default = Expr::col((product_variant::Entity, product_variant::Column::IsDefault));
    let named = Condition::any().add(product_variant::Column::Id.is_in(variants.iter().copied())).add(
        Condition::all()
            .add(product_variant::Column::ProductId.is_in(products.iter().copied()))
            .add(is_default),
    );
    with_article(product_variant::Entity::find().select_only().filter(named)).into_model().all(db).await
}

/// With the columns of an [`Article`].
fn with_article<E: EntityTrait>(query: Select<E>) -> Select<E> {
    query
        .join(JoinType::InnerJoin, product_variant::Relation::Product.def())
        .column_as(product_variant::Column::Id, "variant_id")
        .columns([
            product_variant::Column::ProductId,
            product_variant::Column::Sku,
            product_variant::Column::Price,
            product_variant::Column::Stock,
            product_variant::Column::OptionValues,
            product_variant::Column::IsDefault,
        ])
        .columns([
            product::Column::Name,
            product::Column::Slug,
            product::Column::ImageUrl,
            product::Column::Status,
        ])
}

/// Somebody's cart to change, if there is one: nobody else changes it until this transaction ends. A guest's is kept for
/// another while.
pub(super) async fn touch(
    db: &impl ConnectionTrait,
    owner: &Owner,
    now: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
) -> Result<Option<Uuid>, DbErr> {
    let Some(whose) = of(owner, now) else {
        return Ok(None);
    };
    let touched = cart::Entity::update_many()
        .col_expr(cart::Column::UpdatedAt, Expr::value(now))
        .col_expr(cart::Column::ExpiresAt, Expr::value(expires_at))
        .filter(whose)
        .exec_with_returning(db)
        .await?;
    Ok(touched.first().map(|cart| cart.id))
}

/// Makes a cart. Where a customer has come to have one at this very moment, that one is taken.
pub(super) async fn create(db: &impl ConnectionTrait, cart: cart::Model) -> Result<Uuid, DbErr> {
    let mut taken = OnConflict::column(cart::Column::UserId);
    taken.update_column(cart::Column::UpdatedAt);
    let made =
        cart::Entity::insert(cart.into_active_model()).on_conflict(taken).exec_with_returning(db).await?;
    Ok(made.id)
}

pub(super) async fn insert_line(db: &impl ConnectionTrait, line: cart_line::Model) -> Result<(), DbErr> {
    cart_line::Entity::insert(line.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Writes down how many there are to be, at which price.
pub(super) async fn update_line(
    db: &impl ConnectionTrait,
    id: Uuid,
    quantity: i32,
    price: i64,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = cart_line::ActiveModel {
        id: Set(id),
        quantity: Set(quantity),
        unit_price: Set(price),
        updated_at: Set(now),
        ..Default::default()
    };
    change.update(db).await.map(drop)
}

pub(super) async fn delete_line(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    cart_line::Entity::delete_by_id(id).exec(db).await.map(drop)
}

pub(crate) async fn delete_lines(db: &impl ConnectionTrait, cart: Uuid) -> Result<(), DbErr> {
    cart_line::Entity::delete_many().filter(cart_line::Column::CartId.eq(cart)).exec(db).await.map(drop)
}

/// Takes a cart away, with all that is in it.
pub(super) async fn delete(db: &impl ConnectionTrait, cart: Uuid) -> Result<(), DbErr> {
    cart::Entity::delete_by_id(cart).exec(db).await.map(drop)
}

/// Writes down that the owner of a cart has seen what everything in it costs now.
pub(super) async fn see_prices(db: &impl ConnectionTrait, cart: Uuid) -> Result<(), DbErr> {
    let mut price = Query::select();
    let id = Expr::col((product_variant::Entity, product_variant::Column::Id));
    price
        .column((product_variant::Entity, product_variant::Column::Price))
        .from(product_variant::Entity)
        .and_where(id.equals((cart_line::Entity, cart_line::Column::VariantId)));
    cart_line::Entity::update_many()
        .col_expr(cart_line::Column::UnitPrice, Expr::SubQuery(None, Box::new(price.into())))
        .filter(cart_line::Column::CartId.eq(cart))
        .exec(db)
        .await
        .map(drop)
}

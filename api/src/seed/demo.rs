//! The demo shop. Loading it twice changes nothing: what is there (by e-mail, slug, SKU or number) stays as it is.

use std::fmt;

use chrono::Duration;
use entity::{category, order, product, product_variant, user, user_word};
use openapi::Email;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::{
    SeedError, Seeder, demo_data as data,
    demo_orders::{self, Ordered},
    demo_products, is_empty,
};
use crate::{
    accounts::hash,
    customers::words,
    db::{Database, insert},
    search::{fold, reindex},
};

pub use super::demo_data::Account;

/// Who can sign in to the demo shop, each with [`PASSWORD`].
pub const ACCOUNTS: &[Account] = data::ACCOUNTS;
/// The password of every demo account.
pub const PASSWORD: &str = "password123";

/// What loading the demo added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    pub users: usize,
    pub categories: usize,
    pub products: usize,
    pub orders: usize,
}

impl fmt::Display for Added {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { users, categories, products, orders } = self;
        write!(f, "added {users} users, {categories} categories, {products} products, {orders} orders")
    }
}

/// Whether anybody can sign in with a password everybody knows.
pub async fn has_accounts(db: &Database) -> Result<bool, SeedError> {
    let addresses = ACCOUNTS.iter().map(|account| account.email);
    let found = user::Entity::find()
        .filter(user::Column::EmailFolded.is_in(addresses))
        .filter(user::Column::IsActive.eq(true))
        .count(db.reader())
        .await?;
    Ok(found > 0)
}

/// Loads what is missing of the demo, in one transaction.
pub async fn load(seeder: &Seeder<'_>) -> Result<Added, SeedError> {
    // Hashed before the transaction: it takes long, and a writer must not wait for it.
    let password_hash = hash(PASSWORD)?;
    let transaction = seeder.db.begin().await?;
    let added = load_with(seeder, &transaction, &password_hash).await?;
    transaction.commit().await?;
    Ok(added)
}

/// Loads the demo into a shop that nobody has put anything into yet. Of servers that start together one does it.
pub async fn load_into_empty(seeder: &Seeder<'_>) -> Result<Added, SeedError> {
    if !is_empty(seeder.db.reader()).await? {
        return Ok(Added::default());
    }
    let password_hash = hash(PASSWORD)?;
    let transaction = seeder.db.begin().await?;
    let added = if is_empty(&transaction).await? {
        load_with(seeder, &transaction, &password_hash).await?
    } else {
        Added::default()
    };
    transaction.commit().await?;
    Ok(added)
}

async fn load_with(
    seeder: &Seeder<'_>,
    transaction: &DatabaseTransaction,
    password_hash: &str,
) -> Result<Added, SeedError> {
    Ok(Added {
        users: users(seeder, transaction, password_hash).await?,
        categories: categories(seeder, transaction).await?,
        products: products(seeder, transaction).await?,
        orders: orders(seeder, transaction).await?,
    })
}

async fn users(
    seeder: &Seeder<'_>,
    db: &DatabaseTransaction,
    password_hash: &str,
) -> Result<usize, SeedError> {
    let now = seeder.clock.now();
    let known: Vec<String> =
        user::Entity::find().all(db).await?.into_iter().map(|user| user.email_folded).collect();
    let mut rows = Vec::new();
    for account in ACCOUNTS {
        let email = Email::try_from(account.email).map_err(|error| SeedError::Data(error.to_string()))?;
        if known.contains(&email.folded()) {
            continue;
        }
        rows.push(user::Model {
            id: seeder.ids.next(),
            email: email.to_string(),
            email_folded: email.folded(),
            password_hash: password_hash.to_owned(),
            first_name: Some(account.first_name.to_owned()),
            last_name: Some(account.last_name.to_owned()),
            role: account.role,
            is_active: true,
            email_verified_at: Some(now),
            locale: None,
            erased_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
        });
    }
    let added = rows.len();
    let words = rows.iter().flat_map(words::of).collect();
    insert::all::<user::Entity>(db, rows).await?;
    insert::all::<user_word::Entity>(db, words).await?;
    Ok(added)
}

async fn categories(seeder: &Seeder<'_>, db: &DatabaseTransaction) -> Result<usize, SeedError> {
    let now = seeder.clock.now();
    let mut added = 0;
    for category in data::CATEGORIES {
        if category_id(db, category.slug).await?.is_some() {
            continue;
        }
        let parent_id = match category.parent {
            Some(slug) => category_id(db, slug).await?,
            None => None,
        };
        let row = category::Model {
            id: seeder.ids.next(),
            parent_id,
            name: category.name.to_owned(),
            name_folded: fold(category.name),
            slug: category.slug.to_owned(),
            description: Some(category.description.to_owned()),
            image_url: Some(format!("/illustrations/categories/{}.svg", category.slug)),
            is_active: true,
            sort_order: category.sort_order,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        insert::all::<category::Entity>(db, vec![row]).await?;
        added += 1;
    }
    Ok(added)
}

async fn category_id(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Uuid>, SeedError> {
    let found = category::Entity::find().filter(category::Column::Slug.eq(slug)).one(db).await?;
    Ok(found.map(|category| category.id))
}

async fn products(seeder: &Seeder<'_>, db: &DatabaseTransaction) -> Result<usize, SeedError> {
    let mut added = 0;
    for (place, product) in data::PRODUCTS.iter().enumerate() {
        let by_slug =
            product::Entity::find().filter(product::Column::Slug.eq(product.slug)).count(db).await?;
        let by_sku = product_variant::Entity::find()
            .filter(product_variant::Column::Sku.eq(product.sku))
            .count(db)
            .await?;
        if by_slug + by_sku > 0 {
            continue;
        }
        let Some(category_id) = category_id(db, product.category).await? else {
            return Err(SeedError::Data(format!("there is no category {}", product.category)));
        };
        // A day apart and the first one newest, so that the shop's first page shows its best.
        let age = i64::try_from(place).unwrap_or_default();
        let created_at = seeder.clock.now() - Duration::days(age);
        let rows = demo_products::rows(seeder.ids, product, category_id, created_at)?;
        reindex(db, &rows.insert(db).await?).await?;
        added += 1;
    }
    Ok(added)
}

async fn orders(seeder: &Seeder<'_>, db: &DatabaseTransaction) -> Result<usize, SeedError> {
    let mut added = 0;
    for order in data::ORDERS {
        if order::Entity::find().filter(order::Column::Number.eq(order.number)).count(db).await? > 0 {
            continue;
        }
        let customer =
            user::Entity::find().filter(user::Column::EmailFolded.eq(order.account)).one(db).await?;
        let mut lines = Vec::new();
        for (sku, quantity) in order.lines {
            let sold = product_variant::Entity::find()
                .filter(product_variant::Column::Sku.eq(*sku))
                .find_also_related(product::Entity)
                .one(db)
                .await?;
            let Some((variant, Some(product))) = sold else {
                return Err(SeedError::Data(format!("there is no product {sku}")));
            };
            lines.push(Ordered { product, variant, quantity: *quantity });
        }
        demo_orders::rows(seeder.ids, order, customer, lines)?.insert(db).await?;
        added += 1;
    }
    Ok(added)
}

//! Things to test with, made in one line.

use std::sync::atomic::{AtomicU32, Ordering};

use api::search::{fold, reindex};
use chrono::{DateTime, Utc};
use entity::{
    category,
    product::{self, ProductStatus},
    product_option, product_variant, synonym,
    user::{self, UserRole},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::TestApp;

/// A product to be made: one variant for 10.00, five in stock, unless told otherwise.
pub struct NewProduct {
    pub name: String,
    pub slug: Option<String>,
    pub description: Option<String>,
    pub category: Uuid,
    pub status: ProductStatus,
    pub is_featured: bool,
    pub created_at: Option<DateTime<Utc>>,
    pub options: Vec<(&'static str, Vec<&'static str>)>,
    pub variants: Vec<NewVariant>,
}

pub struct NewVariant {
    pub sku: Option<String>,
    pub price: i64,
    pub compare_at: Option<i64>,
    pub stock: i32,
    pub values: Value,
}

impl Default for NewVariant {
    fn default() -> Self {
        Self { sku: None, price: 1_000, compare_at: None, stock: 5, values: json!({}) }
    }
}

impl NewProduct {
    pub fn new(name: &str, category: Uuid) -> Self {
        Self {
            name: name.to_owned(),
            slug: None,
            description: None,
            category,
            status: ProductStatus::Active,
            is_featured: false,
            created_at: None,
            options: vec![],
            variants: vec![NewVariant::default()],
        }
    }

    pub fn priced(mut self, price: i64) -> Self {
        self.variants[0].price = price;
        self
    }

    pub fn stocked(mut self, stock: i32) -> Self {
        self.variants[0].stock = stock;
        self
    }
}

/// A number nobody else in this process has.
fn number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl TestApp {
    /// The row of an account nobody can sign in to, to be inserted.
    pub fn new_user(&self, email: &str) -> user::Model {
        user::Model {
            id: Uuid::now_v7(),
            email: email.to_owned(),
            email_folded: fold(email),
            password_hash: "!".to_owned(),
            first_name: None,
            last_name: None,
            role: UserRole::Customer,
            is_active: true,
            email_verified_at: None,
            locale: None,
            erased_at: None,
            version: 1,
            created_at: self.clock.now(),
            updated_at: self.clock.now(),
        }
    }

    /// Says that whoever searches for this term is to find these, too.
    pub async fn synonym(&self, term: &str, synonyms: &[&str]) -> Uuid {
        let row = synonym::Model {
            id: Uuid::now_v7(),
            term: term.to_owned(),
            term_folded: fold(term).replace(|c: char| !c.is_alphanumeric(), " "),
            synonyms: json!(synonyms),
            version: 1,
            created_at: self.clock.now(),
            updated_at: self.clock.now(),
        };
        let id = row.id;
        row.into_active_model().insert(self.db.for_migrations()).await.unwrap();
        id
    }

    pub async fn category(&self, name: &str, parent: Option<Uuid>) -> Uuid {
        let id = Uuid::now_v7();
        let row = category::Model {
            id,
            parent_id: parent,
            name: name.to_owned(),
            name_folded: fold(name),
            slug: fold(name).replace(' ', "-"),
            description: None,
            image_url: None,
            is_active: true,
            sort_order: 0,
            version: 1,
            created_at: self.clock.now(),
            updated_at: self.clock.now(),
        };
        row.into_active_model().insert(self.db.for_migrations()).await.unwrap();
        id
    }

    /// Makes a product, and says which id it got.
    pub async fn product(&self, new: NewProduct) -> Uuid {
        let id = Uuid::now_v7();
        // In one transaction, as the shop does it: else the server might find it without a document in between.
        let transaction = self.db.begin().await.unwrap();
        let db = &transaction;
        let created_at = new.created_at.unwrap_or_else(|| self.clock.now());
        let prices = || new.variants.iter().map(|variant| variant.price);
        let row = product::Model {
            id,
            category_id: new.category,
            name_folded: fold(&new.name),
            slug: new.slug.unwrap_or_else(|| format!("product-{}", number())),
            name: new.name,
            description: new.description,
            image_url: None,
            images: json!([]),
            status: new.status,
            is_featured: new.is_featured,
            metadata: None,
            price_from: prices().min().unwrap(),
            price_to: prices().max().unwrap(),
            in_stock: new.variants.iter().any(|variant| variant.stock > 0),
            on_sale: new.variants.iter().any(|variant| variant.compare_at > Some(variant.price)),
            version: 1,
            created_at,
            updated_at: created_at,
        };
        row.into_active_model().insert(db).await.unwrap();
        for (position, (name, values)) in (0..).zip(new.options) {
            let row = product_option::Model {
                id: Uuid::now_v7(),
                product_id: id,
                name: name.to_owned(),
                position,
                values: json!(values),
            };
            row.into_active_model().insert(db).await.unwrap();
        }
        for (position, variant) in (0..).zip(new.variants) {
            let row = product_variant::Model {
                id: Uuid::now_v7(),
                product_id: id,
                sku: variant.sku.unwrap_or_else(|| format!("SKU-{}", number())),
                price: variant.price,
                compare_at: variant.compare_at,
                stock: variant.stock,
                option_key: variant.values.to_string(),
                option_values: variant.values,
                position,
                is_default: position == 0,
                version: 1,
                created_at,
                updated_at: created_at,
            };
            row.into_active_model().insert(db).await.unwrap();
        }
        reindex(&transaction, &[id]).await.unwrap();
        transaction.commit().await.unwrap();
        id
    }

    /// The rows of a product's variants, in their order.
    pub async fn variants(&self, product: Uuid) -> Vec<product_variant::Model> {
        product_variant::Entity::find()
            .filter(product_variant::Column::ProductId.eq(product))
            .order_by_asc(product_variant::Column::Position)
            .all(self.db.for_migrations())
            .await
            .unwrap()
    }
}

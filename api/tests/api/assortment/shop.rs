//! What the tests of products have in common: an administrator at work.

use openapi::{Data, assortment::AdminProduct, catalog::Variant};
use reqwest::Method;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, Person, TestApp};

pub const ALL: &str = "/api/admin/products";

/// A shop with a shelf, and who fills it.
pub struct Shop {
    pub app: TestApp,
    pub admin: Person,
    pub shelf: Uuid,
}

impl Shop {
    pub async fn open() -> Self {
        let app = TestApp::start().await;
        let admin = app.admin().await;
        let shelf = app.category("Shelf", None).await;
        Self { app, admin, shelf }
    }

    pub async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.app.by(&self.admin, method, path, body).await
    }

    /// What an administrator sends to make a product: with what is given, and sound for the rest.
    pub fn lamp(&self, mut with: Value) -> Value {
        let fields = with.as_object_mut().unwrap();
        fields.entry("name").or_insert("Lamp".into());
        fields.entry("categoryId").or_insert(json!(self.shelf));
        with
    }

    pub async fn try_make(&self, body: Value) -> Answer {
        self.ask(Method::POST, ALL, Some(body)).await
    }

    pub async fn make(&self, body: Value) -> AdminProduct {
        let answer = self.try_make(body).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        serde_json::from_slice::<Data<AdminProduct>>(&answer.body).unwrap().data
    }

    /// A shirt in these sizes and colours: all of them for 20.00, five of each.
    pub async fn shirt(&self, sizes: &[&str], colours: &[&str]) -> AdminProduct {
        let pairs = sizes.iter().flat_map(|size| colours.iter().map(move |colour| (size, colour)));
        let variants: Vec<Value> = pairs
            .map(|(size, colour)| {
                let sku = format!("SHIRT-{size}-{colour}");
                json!({"sku": sku, "price": "20", "stock": 5, "options": {"size": size, "colour": colour}})
            })
            .collect();
        let options = json!([{"name": "size", "values": sizes}, {"name": "colour", "values": colours}]);
        self.make(json!({
            "name": "Shirt", "categoryId": self.shelf, "status": "ACTIVE", "options": options, "variants": variants,
        }))
        .await
    }

    pub async fn read(&self, id: Uuid) -> AdminProduct {
        self.ask(Method::GET, &format!("{ALL}/{id}"), None).await.ok::<Data<AdminProduct>>().data
    }

    pub async fn change(&self, id: Uuid, body: Value) -> Answer {
        self.ask(Method::PATCH, &format!("{ALL}/{id}"), Some(body)).await
    }

    pub async fn remove(&self, id: Uuid) -> Answer {
        self.ask(Method::DELETE, &format!("{ALL}/{id}"), None).await
    }

    pub async fn add(&self, product: Uuid, body: Value) -> Answer {
        self.ask(Method::POST, &format!("{ALL}/{product}/variants"), Some(body)).await
    }

    pub async fn change_variant(&self, product: Uuid, variant: Uuid, body: Value) -> Answer {
        self.ask(Method::PATCH, &format!("{ALL}/{product}/variants/{variant}"), Some(body)).await
    }

    pub async fn remove_variant(&self, product: Uuid, variant: Uuid) -> Answer {
        self.ask(Method::DELETE, &format!("{ALL}/{product}/variants/{variant}"), None).await
    }

    /// How many shoppers' pages there are of a product: one, or none.
    pub async fn shown(&self, key: &str) -> u16 {
        self.app.get(&format!("/api/catalog/products/{key}")).await.status.as_u16()
    }

    /// The tags that are out of date since this was last asked, in their order.
    pub async fn outdated(&self) -> Vec<String> {
        let db = self.app.db.for_migrations();
        let mut tags: Vec<String> = entity::cache_generation::Entity::find()
            .all(db)
            .await
            .unwrap()
            .into_iter()
            .map(|row| row.tag)
            .filter(|tag| !tag.starts_with("user:"))
            .collect();
        tags.sort();
        entity::cache_generation::Entity::delete_many().exec(db).await.unwrap();
        tags
    }
}

/// The id of the variant with this SKU.
pub fn variant(product: &AdminProduct, sku: &str) -> Variant {
    let found = product.product.variants.iter().find(|variant| variant.sku == sku);
    found.unwrap_or_else(|| panic!("no {sku}")).clone()
}

/// Where a refused request is wrong, and how.
pub fn wrong(answer: &Answer, status: u16, code: &str) -> Vec<(String, String)> {
    let errors = answer.problem(status, code).errors;
    errors.into_iter().map(|error| (error.pointer.unwrap(), error.code)).collect()
}

/// The same, to compare with.
pub fn told(errors: &[(&str, &str)]) -> Vec<(String, String)> {
    errors.iter().map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned())).collect()
}

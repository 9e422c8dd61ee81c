//! A sound request for every operation there is. An operation that is missing here fails the tests that walk the spec.

use entity::{
    order::{OrderPaymentStatus, OrderStatus},
    product::ProductStatus,
};
use reqwest::Method;
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, NewProduct, NewVariant, PASSWORD, Person, TestApp, new_email};

/// A shop with somebody in it who has something of everything.
pub struct Cast {
    pub owner: Person,
    /// Another session of theirs.
    session: Uuid,
    address: Uuid,
    /// A category without products.
    category: Uuid,
    product: Uuid,
    /// A shirt in two sizes of three, that nobody has ordered.
    shirt: Uuid,
    /// One of them.
    medium: Uuid,
    synonym: Uuid,
    /// What is in their cart.
    item: Uuid,
    /// What they have ordered.
    order: Uuid,
    /// And what they have paid for, too.
    paid: Uuid,
}

/// One request, but for who makes it.
pub struct Call {
    pub method: Method,
    pub path: String,
    pub body: Option<Value>,
    /// Whether the owner's browser sends its cookie along.
    pub with_cookie: bool,
    /// Whether it is of those that have their effect once.
    pub with_key: bool,
}

impl Call {
    /// Asks with this parameter, in the place of what it was asked with.
    pub fn set(&mut self, name: &str, value: &str) {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let others = query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(name));
        let all: Vec<String> = others.map(str::to_owned).chain([format!("{name}={value}")]).collect();
        self.path = format!("{path}?{}", all.join("&"));
    }
}

/// An operation of the spec.
pub struct Operation<'a> {
    pub id: &'a str,
    pub method: &'a str,
    pub template: &'a str,
    pub spec: &'a Value,
}

/// Every operation of the spec.
pub fn operations(spec: &Value) -> Vec<Operation<'_>> {
    let paths = spec["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(template, item)| {
        item.as_object().unwrap().iter().map(move |(method, spec)| Operation {
            id: spec["operationId"].as_str().unwrap(),
            method,
            template,
            spec,
        })
    });
    all.collect()
}

/// A lamp to look at.
pub async fn furnish(app: &TestApp) {
    let lamps = app.category("Lamps", None).await;
    let lamp = NewProduct::new("Lamp", lamps).stocked(10_000);
    app.product(NewProduct { slug: Some("lamp".into()), ..lamp }).await;
}

pub fn address() -> Value {
    json!({
        "label": "Home", "firstName": "Ada", "lastName": "Lovelace", "address1": "Via Appia 1", "address2": null,
        "city": "Roma", "state": "RM", "postalCode": "00184", "country": "IT", "phone": "+39 06 1234567",
    })
}

impl Cast {
    pub async fn of(app: &TestApp) -> Self {
        let owner = app.customer().await;
        let added = app.by(&owner, Method::POST, "/api/account/addresses", Some(address())).await;
        assert_eq!(added.status.as_u16(), 201, "{}", added.text());
        let elsewhere = app.sign_in(&owner.email).await;
        let sessions = app.by(&elsewhere, Method::GET, "/api/auth/sessions", None).await.json();
        let current = sessions["data"].as_array().unwrap().iter().find(|session| session["current"] == true);
        let category = app.category(&format!("Shirts {}", Uuid::now_v7().simple()), None).await;
        let product = id(&app.get("/api/catalog/products/lamp").await.json()["data"]);
        let size = |size: &str| NewVariant { values: json!({"size": size}), ..NewVariant::default() };
        let shirt = NewProduct {
            status: ProductStatus::Draft,
            options: vec![("size", vec!["S", "M", "L"])],
            variants: vec![size("S"), size("M")],
            ..NewProduct::new("Shirt", category)
        };
        let shirt = app.product(shirt).await;
        let item = json!({"productId": product, "quantity": 1});
        let cart = app.by(&owner, Method::POST, "/api/cart/items", Some(item)).await.json();
        let order = Self::place(app, &owner, product).await;
        let paid = Self::place(app, &owner, product).await;
        app.change_order(paid, |row| row.payment_status = Set(OrderPaymentStatus::Paid)).await;
        app.change_order(paid, |row| row.status = Set(OrderStatus::Confirmed)).await;
        Self {
            order,
            paid,
            item: id(&cart["data"]["items"][0]),
            session: id(current.unwrap()),
            address: id(&added.json()["data"]),
            // Another category than the shirt's: one with products cannot be removed.
            category: app.category(&format!("Shelf {}", Uuid::now_v7().simple()), None).await,
            product,
            shirt,
            medium: app.variants(shirt).await[1].id,
            synonym: app.synonym(&Uuid::now_v7().to_string(), &["couch"]).await,
            owner,
        }
    }

    async fn place(app: &TestApp, owner: &Person, product: Uuid) -> Uuid {
        let key = Uuid::now_v7().to_string();
        let bearer = owner.bearer();
        let headers = [("authorization", bearer.as_str()), ("idempotency-key", key.as_str())];
        let body = order_of(product);
        let placed = app.request(Method::POST, "/api/orders", &headers, Some(body)).await;
        assert_eq!(placed.status.as_u16(), 201, "{}", placed.text());
        id(&placed.json()["data"])
    }

    /// A sound request, if the owner makes it (or an administrator, where only those may).
    pub fn call(&self, operation: &Operation<'_>) -> Call {
        let body = match operation.id {
            "register" => Some(json!({"email": new_email("new"), "password": PASSWORD})),
            "login" => Some(json!({"email": self.owner.email, "password": PASSWORD})),
            "changePassword" => {
                Some(json!({"currentPassword": PASSWORD, "newPassword": "two pelicans in a teapot"}))
            }
            "forgotPassword" => Some(json!({"email": self.owner.email})),
            "resetPassword" => Some(json!({"token": "unheard-of", "password": "two pelicans in a teapot"})),
            "verifyEmail" => Some(json!({"token": "unheard-of"})),
            "addCartItem" => Some(json!({"productId": self.product, "variantId": null, "quantity": 1})),
            "changeCartItem" => Some(json!({"quantity": 2})),
            "placeOrder" => Some(order_of(self.product)),
            "changeOrder" => Some(json!({
                "trackingNumber": "1Z999AA10123456784", "shippingAddress": order_address(), "paymentStatus": "PAID",
            })),
            "changeOrderStatus" => Some(
                json!({"status": "CONFIRMED", "notes": "By hand", "trackingNumber": "1Z999AA10123456784"}),
            ),
            "refundOrder" => Some(json!({"items": null, "restock": true, "reason": "Arrived broken"})),
            "changeMe" => Some(json!({"firstName": "Augusta"})),
            "eraseMe" => Some(json!({"password": PASSWORD})),
            "addAddress" => Some(address()),
            "changeAddress" => Some(json!({"city": "Milano"})),
            "changeCustomer" => Some(json!({"isActive": true})),
            "createCategory" => Some(json!({
                "name": "Shelves", "slug": format!("shelves-{}", Uuid::now_v7().simple()), "description": "To put things on",
                "imageUrl": "/illustrations/categories/books.svg", "parentId": null, "isActive": true, "sortOrder": 1,
            })),
            "createProduct" => Some(json!({
                "name": "Another lamp", "slug": format!("lamp-{}", Uuid::now_v7().simple()), "categoryId": self.category,
                "sku": Uuid::now_v7().simple().to_string(), "price": "19.90", "stock": 3,
            })),
            "changeProduct" => Some(json!({"name": "Lamp"})),
            "addVariant" => Some(json!({
                "sku": Uuid::now_v7().simple().to_string(), "price": "19.90",
                "options": {"size": "L"},
            })),
            "changeVariant" => Some(json!({"price": "19.90"})),
            "adjustStock" => Some(json!({"variantId": null, "delta": 12, "note": "Delivery of 12"})),
            "changeCategory" => Some(json!({"name": "Racks"})),
            "createSynonym" => {
                Some(json!({"term": Uuid::now_v7().to_string(), "synonyms": ["couch", "settee"]}))
            }
            "changeSynonym" => Some(json!({"synonyms": ["couch"]})),
            _ => None,
        };
        let id = match operation.id {
            "deleteSession" => self.session,
            "changeCartItem" | "removeCartItem" => self.item,
            "cancelOrder" | "payOrder" | "readOrder" | "changeOrder" | "changeOrderStatus" => self.order,
            "refundOrder" => self.paid,
            "getCustomer" | "changeCustomer" => self.owner.id,
            "listRelatedProducts" | "readProduct" | "listStockMovements" | "adjustStock" => self.product,
            "changeProduct" | "deleteProduct" | "addVariant" | "changeVariant" | "deleteVariant" => {
                self.shirt
            }
            "readSynonym" | "changeSynonym" | "deleteSynonym" => self.synonym,
            "readCategory" | "changeCategory" | "deleteCategory" => self.category,
            _ => self.address,
        };
        let query = match operation.id {
            "search" | "suggest" => "?q=lamp",
            _ => "",
        };
        let path = operation
            .template
            .replace("{id}", &id.to_string())
            .replace("{variantId}", &self.medium.to_string())
            .replace("{idOrNumber}", &self.order.to_string())
            .replace("{idOrSlug}", "lamps")
            .replace("{idOrSlugOrSku}", "lamp");
        assert!(!path.contains('{'), "say what to put into {}", operation.template);
        Call {
            method: operation.method.to_uppercase().parse().unwrap(),
            path: path + query,
            body,
            with_cookie: operation.id == "refresh",
            with_key: ["placeOrder", "payOrder", "refundOrder"].contains(&operation.id),
        }
    }

    /// Makes a request in the name of whoever this token belongs to.
    pub async fn make(&self, app: &TestApp, call: &Call, bearer: Option<&str>) -> Answer {
        let bearer = bearer.map(|token| format!("Bearer {token}"));
        let mut headers: Vec<(&str, &str)> = vec![];
        headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
        if call.with_cookie {
            headers.push(("cookie", &self.owner.cookie));
        }
        let key = Uuid::now_v7().to_string();
        if call.with_key {
            headers.push(("idempotency-key", &key));
        }
        app.request(call.method.clone(), &call.path, &headers, call.body.clone()).await
    }
}

fn order_address() -> Value {
    let mut address = address();
    address.as_object_mut().unwrap().remove("label");
    address
}

fn order_of(product: Uuid) -> Value {
    json!({
        "items": [{"productId": product, "variantId": null, "quantity": 1}], "shippingAddress": order_address(),
        "billingAddress": null, "notes": "Ring twice", "expectedTotal": null,
    })
}

fn id(row: &Value) -> Uuid {
    row["id"].as_str().unwrap().parse().unwrap()
}

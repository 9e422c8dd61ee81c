//! Things to test with.

use openapi::{
    FieldError, Problem,
    cart::Cart,
    catalog::{Category, ProductDetail, Variant},
    orders::OrderDetail,
    problem::FieldLocation,
};
use serde_json::json;
use uuid::Uuid;

use crate::client::ClientError;

const THEN: &str = "2026-01-31T12:00:00.000Z";

fn category(number: u128, parent: Option<u128>, slug: &str, sort_order: i32, product_count: u64) -> Category {
    serde_json::from_value(json!({
        "id": Uuid::from_u128(number),
        "parentId": parent.map(Uuid::from_u128),
        "name": slug,
        "slug": slug,
        "description": null,
        "imageUrl": null,
        "isActive": true,
        "sortOrder": sort_order,
        "productCount": product_count,
        "createdAt": THEN,
        "updatedAt": THEN,
    }))
    .unwrap()
}

/// Electronics (laptops, smartphones), books, and an empty category.
pub(crate) fn categories() -> Vec<Category> {
    vec![
        category(1, None, "electronics", 1, 6),
        category(2, None, "books", 2, 2),
        category(3, None, "garden", 0, 0),
        category(4, Some(1), "smartphones", 1, 3),
        category(5, Some(1), "laptops", 1, 3),
    ]
}

/// A variant for 999.99.
pub(crate) fn variant(sku: &str, options: &[(&str, &str)], stock: i64) -> Variant {
    serde_json::from_value(json!({
        "id": Uuid::from_u128(9),
        "sku": sku,
        "price": "999.99",
        "compareAt": null,
        "stock": stock,
        "isDefault": false,
        "options": options.iter().copied().collect::<std::collections::BTreeMap<_, _>>(),
    }))
    .unwrap()
}

/// A phone among electronics, with one variant.
pub(crate) fn product() -> ProductDetail {
    let electronics = json!({"id": Uuid::from_u128(1), "name": "Electronics", "slug": "electronics"});
    serde_json::from_value(json!({
        "id": Uuid::from_u128(7),
        "categoryId": Uuid::from_u128(1),
        "category": electronics,
        "sku": "PHONE",
        "name": "Phone",
        "slug": "phone",
        "description": "It rings.",
        "currency": "USD",
        "price": "999.99",
        "compareAt": "1099.99",
        "priceFrom": "999.99",
        "priceTo": "999.99",
        "inStock": true,
        "onSale": true,
        "options": [],
        "imageUrl": "/illustrations/products/phone.svg",
        "images": [],
        "status": "ACTIVE",
        "isFeatured": true,
        "metadata": null,
        "createdAt": THEN,
        "updatedAt": THEN,
        "stock": 3,
        "variants": [variant("PHONE", &[], 3)],
        "breadcrumbs": [electronics],
    }))
    .unwrap()
}

/// A cart with so many of these items.
pub(crate) fn cart(items: &[(Uuid, u32)]) -> Cart {
    let item = |(id, quantity): &(Uuid, u32)| {
        json!({
            "id": id, "productId": id, "variantId": id, "sku": "MUG", "name": "Mug", "slug": "mug", "options": {},
            "imageUrl": null, "unitPrice": "10.00", "quantity": quantity, "maxQuantity": 40, "isAvailable": true,
            "subtotal": "10.00",
        })
    };
    serde_json::from_value(json!({
        "items": items.iter().map(item).collect::<Vec<_>>(),
        "itemCount": items.iter().map(|(_, quantity)| quantity).sum::<u32>(),
        "currency": "USD", "subtotal": "10.00", "discountAmount": "0.00", "shippingAmount": "0.00",
        "freeShippingFrom": null, "tax": "1.00", "totalAmount": "11.00", "notices": [],
    }))
    .unwrap()
}

/// What the API says when it refuses something, with the fields that are wrong and the rules they break.
pub(crate) fn problem(status: u16, code: &str, fields: &[(&str, &str)]) -> ClientError {
    let errors = fields.iter().map(|(pointer, code)| FieldError {
        r#in: FieldLocation::Body,
        pointer: Some((*pointer).to_owned()),
        parameter: None,
        code: (*code).to_owned(),
        detail: "must be otherwise".to_owned(),
    });
    let problem = Problem {
        r#type: String::new(),
        title: String::new(),
        status,
        detail: "No.".into(),
        instance: "/api".into(),
        request_id: "1".into(),
        code: code.to_owned(),
        errors: errors.collect(),
    };
    ClientError::Problem { problem: Box::new(problem), retry_after: None }
}

/// An order that was just placed.
pub(crate) fn order() -> OrderDetail {
    let address = json!({
        "firstName": "Ada", "lastName": "Lovelace", "address1": "Via Appia 1", "address2": null, "city": "Roma",
        "state": "RM", "postalCode": "00184", "country": "IT", "phone": null,
    });
    serde_json::from_value(json!({
        "id": Uuid::from_u128(5), "orderNumber": "ORD-2026-000001", "userId": Uuid::from_u128(6),
        "email": "ada@example.com", "status": "PENDING", "paymentStatus": "UNPAID", "currency": "USD",
        "subtotal": "20.00", "tax": "2.00", "shippingAmount": "0.00", "discountAmount": "0.00",
        "totalAmount": "22.00", "refundedAmount": "0.00", "shippingAddress": address, "billingAddress": address,
        "items": [{
            "id": Uuid::from_u128(7), "productId": null, "variantId": null, "sku": "MUG", "name": "Mug",
            "options": {}, "imageUrl": null, "quantity": 2, "unitPrice": "10.00", "subtotal": "20.00",
            "tax": "2.00", "taxRate": "10.00",
        }],
        "notes": null, "trackingNumber": null, "paidAt": null, "shippedAt": null, "deliveredAt": null,
        "cancelledAt": null, "expiresAt": THEN, "version": 1, "createdAt": THEN, "updatedAt": THEN,
        "timeline": [{
            "id": Uuid::from_u128(8), "kind": "PLACED", "from": null, "to": "PENDING", "by": "CUSTOMER",
            "actorId": null, "note": null, "createdAt": THEN,
        }],
        "payments": [], "refunds": [], "canBecome": ["CANCELLED"],
    }))
    .unwrap()
}

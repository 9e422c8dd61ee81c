//! A shop to search in: names with accents, signs, plurals; words that differ by a letter; prices of every band.

use chrono::Duration;
use entity::product::ProductStatus;
use serde_json::json;
use uuid::Uuid;

use super::forgetful;
use crate::support::{NewProduct, NewVariant, TestApp};

/// A product: its category, name, SKU, price, stock, and description. An asterisk before the name puts it forward, a
/// percent sign before the price puts it on sale.
type Row = (&'static str, &'static str, &'static str, &'static str, i32, &'static str);

/// Each is a day older than the one before it.
const PRODUCTS: &[Row] = &[
    (
        "smartphones",
        "*iPhone 15 Pro",
        "IPHONE-15-PRO",
        "99900",
        5,
        "The fastest phone with a titanium frame.",
    ),
    ("smartphones", "iPhone 15", "IPHONE-15", "%79900", 5, "A phone in five colours."),
    ("smartphones", "Google Pixel 8 Pro", "PIXEL-8-PRO", "89900", 0, "Camera with artificial intelligence."),
    ("smartphones", "Samsung Galaxy S24 Ultra", "GALAXY-S24", "119900", 5, "With a stylus."),
    ("audio", "*Wireless Headphones", "WH-1000", "24900", 5, "Noise cancelling, over the ear."),
    ("audio", "Studio Headphones", "WH-500", "%14900", 0, "Wired, for mixing. Works with any iPhone."),
    ("lamps", "Desk Lamp", "DESK-1", "3900", 5, "Bends wherever you want."),
    ("lamps", "*LED Table Lamp", "LED-1", "%5900", 5, "Warm light for the desk."),
    ("lamps", "Lampshade Linen", "SHADE-1", "1900", 0, "For floor lamps."),
    ("kitchen", "Crème Brûlée Torch", "TORCH-1", "2900", 5, "Caramelises sugar."),
    ("kitchen", "Café Espresso Machine", "ESP-9", "39900", 5, "Fifteen bars."),
    ("kitchen", "Espresso Cups", "CUP-6", "1900", 5, "Set of six, porcelain."),
    ("clothing", "Women's Summer Dress", "DRESS-W", "%4900", 5, "With flowers."),
    ("clothing", "Men's T-Shirt", "TEE-M", "1900", 5, "Organic cotton."),
    ("clothing", "Leather Jacket", "JACKET-1", "%19900", 5, "Women's biker style."),
    ("clothing", "Running Shoes", "SHOE-42", "8900", 0, "Cushioned trainers."),
    ("home", "100% Wool Blanket", "WOOL_100", "5900", 5, "Pure."),
    ("clothing", "50/50 Blend Scarf", "SCARF-2", "2900", 5, "Half and half."),
    ("books", "\"Quoted\" Notebook", "NOTE-1", "900", 5, "Lined paper."),
    ("books", "Clean Code Handbook", "BOOK-CC", "3900", 5, "Software craftsmanship."),
    ("books", "System Design Interview", "BOOK-SD", "3500", 5, "Scalable software, in cups of tea."),
    ("books", "Straße Atlas", "ATLAS-1", "2500", 5, "Maps of Łódź and İstanbul."),
    ("home", "Sofa Copenhagen", "SOFA-1", "99900", 5, "Three seats."),
    ("home", "Corner Couch", "COUCH-2", "%129900", 0, "Five seats."),
];

/// Its categories, each with the one above it.
const CATEGORIES: &[(&str, Option<&str>)] = &[
    ("electronics", None),
    ("smartphones", Some("electronics")),
    ("audio", Some("electronics")),
    ("home", None),
    ("lamps", Some("home")),
    ("kitchen", Some("home")),
    ("clothing", None),
    ("books", None),
];

pub(super) async fn open() -> TestApp {
    let app = forgetful().await;
    let mut categories: Vec<(&str, Uuid)> = vec![];
    for (name, parent) in CATEGORIES {
        let parent = parent.map(|parent| id_of(&categories, parent));
        categories.push((name, app.category(name, parent).await));
    }
    for (age, (category, name, sku, price, stock, description)) in (0..).zip(PRODUCTS) {
        let amount: i64 = price.trim_start_matches('%').parse().unwrap();
        let variant = NewVariant {
            sku: Some((*sku).to_owned()),
            price: amount,
            compare_at: price.starts_with('%').then_some(amount * 2),
            stock: *stock,
            ..NewVariant::default()
        };
        app.product(NewProduct {
            description: Some((*description).to_owned()),
            is_featured: name.starts_with('*'),
            created_at: Some(app.clock.now() - Duration::days(age)),
            variants: vec![variant],
            ..NewProduct::new(name.trim_start_matches('*'), id_of(&categories, category))
        })
        .await;
    }
    let books = id_of(&categories, "books");
    let sized = |sku: &str, price, size: &str| NewVariant {
        sku: Some(sku.to_owned()),
        price,
        values: json!({"size": size}),
        ..NewVariant::default()
    };
    app.product(NewProduct {
        created_at: Some(app.clock.now() - Duration::days(90)),
        variants: vec![sized("POSTER-S", 1_900, "S"), sized("POSTER-XL", 12_000, "XL")],
        ..NewProduct::new("Poster", books)
    })
    .await;
    for status in [ProductStatus::Draft, ProductStatus::Archived] {
        app.product(NewProduct { status, ..NewProduct::new("Unreleased Phone", books) }).await;
    }
    app.synonym("sofa", &["couch"]).await;
    app.synonym("settee", &["sofa", "couch"]).await;
    app.synonym("cell phone", &["iphone", "galaxy s24"]).await;
    app
}

fn id_of(categories: &[(&str, Uuid)], name: &str) -> Uuid {
    categories.iter().find(|(known, _)| *known == name).unwrap().1
}

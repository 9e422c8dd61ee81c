//! What the demo shop holds.

use entity::{
    order::{OrderPaymentStatus, OrderStatus},
    product::ProductStatus,
    user::UserRole,
};

/// Somebody who can sign in.
#[derive(Debug)]
pub struct Account {
    pub email: &'static str,
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    pub(super) role: UserRole,
}

pub(super) struct Category {
    pub(super) name: &'static str,
    pub(super) slug: &'static str,
    pub(super) parent: Option<&'static str>,
    pub(super) sort_order: i32,
    pub(super) description: &'static str,
}

pub(super) struct Product {
    pub(super) sku: &'static str,
    pub(super) name: &'static str,
    pub(super) slug: &'static str,
    pub(super) category: &'static str,
    pub(super) price: &'static str,
    pub(super) compare_at: Option<&'static str>,
    pub(super) stock: i32,
    pub(super) is_featured: bool,
    pub(super) status: ProductStatus,
    pub(super) description: &'static str,
    /// What can be chosen.
    pub(super) options: &'static [(&'static str, &'static [&'static str])],
    /// What the default variant has of each option.
    pub(super) default: &'static [&'static str],
    /// Where variants differ from the default one.
    pub(super) differences: &'static [Difference],
}

/// Variants with these values that cost more, or of which there is another number.
pub(super) struct Difference {
    pub(super) values: &'static [&'static str],
    /// In minor units.
    pub(super) surcharge: i64,
    pub(super) stock: i32,
}

pub(super) struct Order {
    pub(super) number: &'static str,
    pub(super) account: &'static str,
    pub(super) status: OrderStatus,
    pub(super) payment_status: OrderPaymentStatus,
    pub(super) lines: &'static [(&'static str, i32)],
    pub(super) shipping: i64,
    pub(super) placed: &'static str,
    pub(super) paid: Option<&'static str>,
    pub(super) shipped: Option<&'static str>,
    pub(super) delivered: Option<&'static str>,
    pub(super) address: [&'static str; 7],
}

/// Who can sign in, each with [`super::demo::PASSWORD`].
pub(super) const ACCOUNTS: &[Account] = &[
    Account { email: "admin@example.com", first_name: "Admin", last_name: "User", role: UserRole::Admin },
    Account { email: "john@example.com", first_name: "John", last_name: "Doe", role: UserRole::Customer },
    Account { email: "jane@example.com", first_name: "Jane", last_name: "Smith", role: UserRole::Customer },
];

const fn category(
    name: &'static str,
    slug: &'static str,
    parent: Option<&'static str>,
    sort_order: i32,
    description: &'static str,
) -> Category {
    Category { name, slug, parent, sort_order, description }
}

pub(super) const CATEGORIES: &[Category] = &[
    category("Electronics", "electronics", None, 1, "Phones, laptops and other things with a battery."),
    category("Clothing", "clothing", None, 2, "Made to be worn often, and to be repaired."),
    category("Home & Garden", "home-garden", None, 3, "Light, plants and calm for every room."),
    category("Sports & Outdoors", "sports-outdoors", None, 4, "For the body, the road and the hills."),
    category("Books", "books", None, 5, "What engineers lend each other and never get back."),
    category("Smartphones", "smartphones", Some("electronics"), 1, "The shop in your pocket."),
    category("Laptops", "laptops", Some("electronics"), 2, "From a light companion to a workstation."),
    category("Men's Clothing", "mens-clothing", Some("clothing"), 1, "Basics that fit."),
    category(
        "Women's Clothing",
        "womens-clothing",
        Some("clothing"),
        2,
        "For summer days and cool evenings.",
    ),
];

const PLAIN: Product = Product {
    sku: "",
    name: "",
    slug: "",
    category: "",
    price: "0",
    compare_at: None,
    stock: 0,
    is_featured: false,
    status: ProductStatus::Active,
    description: "",
    options: &[],
    default: &[],
    differences: &[],
};

const fn differs(values: &'static [&'static str], surcharge: i64, stock: i32) -> Difference {
    Difference { values, surcharge, stock }
}

/// In the order in which they came into the shop.
pub(super) const PRODUCTS: &[Product] = &[
    Product {
        sku: "IPHONE-15-PRO",
        name: "iPhone 15 Pro",
        slug: "iphone-15-pro",
        category: "smartphones",
        price: "999.99",
        compare_at: Some("1099.99"),
        stock: 50,
        is_featured: true,
        description: "A titanium phone with three cameras, a display that is easy on the eyes, and a button you can \
                      teach one trick.",
        options: &[("storage", &["128 GB", "256 GB", "512 GB"])],
        default: &["128 GB"],
        differences: &[differs(&["256 GB"], 10_000, 30), differs(&["512 GB"], 30_000, 0)],
        ..PLAIN
    },
    Product {
        sku: "SAMSUNG-S24-ULTRA",
        name: "Samsung Galaxy S24 Ultra",
        slug: "samsung-galaxy-s24-ultra",
        category: "smartphones",
        price: "1199.99",
        compare_at: Some("1299.99"),
        stock: 35,
        is_featured: true,
        description: "A large phone with a pen inside: for notes in meetings, sketches on trains and signatures in the rain.",
        ..PLAIN
    },
    Product {
        sku: "PIXEL-8-PRO",
        name: "Google Pixel 8 Pro",
        slug: "google-pixel-8-pro",
        category: "smartphones",
        price: "899.99",
        stock: 40,
        description: "A phone that takes photographs in the dark and gets seven years of updates.",
        ..PLAIN
    },
    Product {
        sku: "MACBOOK-PRO-16",
        name: "MacBook Pro 16\" M3 Max",
        slug: "macbook-pro-16-m3-max",
        category: "laptops",
        price: "3499.99",
        compare_at: Some("3699.99"),
        stock: 20,
        is_featured: true,
        description: "A workstation that runs all day on one charge and does not make a sound about it.",
        ..PLAIN
    },
    Product {
        sku: "DELL-XPS-15",
        name: "Dell XPS 15",
        slug: "dell-xps-15",
        category: "laptops",
        price: "1899.99",
        stock: 25,
        description: "Much display, little frame: fifteen inches in the body of fourteen.",
        ..PLAIN
    },
    Product {
        sku: "THINKPAD-X1-CARBON",
        name: "Lenovo ThinkPad X1 Carbon",
        slug: "lenovo-thinkpad-x1-carbon",
        category: "laptops",
        price: "1649.99",
        stock: 30,
        description: "The keyboard people buy a laptop for, in just over a kilogram.",
        ..PLAIN
    },
    Product {
        sku: "MENS-CLASSIC-TEE",
        name: "Classic Cotton T-Shirt",
        slug: "mens-classic-cotton-tshirt",
        category: "mens-clothing",
        price: "29.99",
        compare_at: Some("39.99"),
        stock: 200,
        description: "Heavy organic cotton that keeps its shape, wash after wash.",
        options: &[("size", &["S", "M", "L", "XL"]), ("colour", &["Navy", "White"])],
        default: &["M", "Navy"],
        differences: &[
            differs(&["XL"], 200, 12),
            differs(&["S"], 0, 60),
            differs(&["S", "White"], 0, 0),
            differs(&["XL", "White"], 0, 0),
        ],
        ..PLAIN
    },
    Product {
        sku: "MENS-SLIM-JEANS",
        name: "Slim Fit Denim Jeans",
        slug: "mens-slim-fit-denim-jeans",
        category: "mens-clothing",
        price: "79.99",
        stock: 150,
        is_featured: true,
        description: "Raw denim with a little stretch; slim from the knee down.",
        options: &[("waist", &["30", "32", "34", "36"])],
        default: &["32"],
        differences: &[differs(&["30"], 0, 40), differs(&["36"], 0, 0)],
        ..PLAIN
    },
    Product {
        sku: "WOMENS-SUMMER-DRESS",
        name: "Floral Summer Dress",
        slug: "womens-floral-summer-dress",
        category: "womens-clothing",
        price: "89.99",
        compare_at: Some("119.99"),
        stock: 75,
        is_featured: true,
        description: "Light viscose with a print of meadow flowers, and pockets.",
        options: &[("size", &["S", "M", "L"])],
        default: &["M"],
        differences: &[differs(&["S"], 0, 20)],
        ..PLAIN
    },
    Product {
        sku: "WOMENS-LEATHER-JACKET",
        name: "Classic Leather Jacket",
        slug: "womens-classic-leather-jacket",
        category: "womens-clothing",
        price: "299.99",
        stock: 40,
        description: "Lamb leather, lined with cotton: softer every year.",
        ..PLAIN
    },
    Product {
        sku: "MODERN-TABLE-LAMP",
        name: "Modern LED Table Lamp",
        slug: "modern-led-table-lamp",
        category: "home-garden",
        price: "79.99",
        stock: 60,
        description: "Warm light for reading, cool light for work, and a dimmer in its foot.",
        ..PLAIN
    },
    Product {
        sku: "INDOOR-PLANT-SET",
        name: "Indoor Plant Collection",
        slug: "indoor-plant-collection",
        category: "home-garden",
        price: "49.99",
        stock: 45,
        is_featured: true,
        description: "Three plants that forgive those who forget to water them, in pots of fired clay.",
        ..PLAIN
    },
    Product {
        sku: "YOGA-MAT-PRO",
        name: "Professional Yoga Mat",
        slug: "professional-yoga-mat",
        category: "sports-outdoors",
        price: "59.99",
        stock: 100,
        description: "Six millimetres of natural rubber that hold on to the floor and to you.",
        ..PLAIN
    },
    Product {
        sku: "RUNNING-SHOES-AIR",
        name: "Air Cushion Running Shoes",
        slug: "air-cushion-running-shoes",
        category: "sports-outdoors",
        price: "129.99",
        compare_at: Some("159.99"),
        stock: 80,
        is_featured: true,
        description: "Cushioned for long roads, light enough for fast ones.",
        options: &[("size", &["40", "41", "42", "43", "44", "45"])],
        default: &["42"],
        differences: &[differs(&["45"], 0, 0), differs(&["40"], 0, 8)],
        ..PLAIN
    },
    Product {
        sku: "BOOK-CLEAN-CODE",
        name: "Clean Code: A Handbook",
        slug: "clean-code-handbook",
        category: "books",
        price: "44.99",
        stock: 120,
        description: "How to write programs that the next person can read.",
        ..PLAIN
    },
    Product {
        sku: "BOOK-SYSTEM-DESIGN",
        name: "System Design Interview",
        slug: "system-design-interview",
        category: "books",
        price: "39.99",
        stock: 90,
        is_featured: true,
        description: "Boxes, arrows, and the questions to ask before drawing either.",
        ..PLAIN
    },
    Product {
        sku: "UNRELEASED-GADGET",
        name: "Mystery Gadget 2025",
        slug: "mystery-gadget-2025",
        category: "electronics",
        price: "599.99",
        status: ProductStatus::Draft,
        description: "Nobody may know yet.",
        ..PLAIN
    },
    Product {
        sku: "OLD-PHONE-MODEL",
        name: "Discontinued Phone Model",
        slug: "discontinued-phone-model",
        category: "electronics",
        price: "299.99",
        status: ProductStatus::Archived,
        description: "It folded, it rang, it is gone.",
        ..PLAIN
    },
];

const JOHNS: [&str; 7] = ["John", "Doe", "123 Main Street", "New York", "NY", "10001", "US"];
const JANES: [&str; 7] = ["Jane", "Smith", "456 Oak Avenue", "Los Angeles", "CA", "90001", "US"];

pub(super) const ORDERS: &[Order] = &[
    Order {
        number: "ORD-2024-0001",
        account: "john@example.com",
        status: OrderStatus::Delivered,
        payment_status: OrderPaymentStatus::Paid,
        lines: &[("IPHONE-15-PRO", 1)],
        shipping: 0,
        placed: "2024-12-20T09:45:00Z",
        paid: Some("2024-12-20T10:00:00Z"),
        shipped: Some("2024-12-21T14:00:00Z"),
        delivered: Some("2024-12-23T16:00:00Z"),
        address: JOHNS,
    },
    Order {
        number: "ORD-2024-0002",
        account: "jane@example.com",
        status: OrderStatus::Processing,
        payment_status: OrderPaymentStatus::Paid,
        lines: &[("MACBOOK-PRO-16", 1), ("MENS-CLASSIC-TEE", 1)],
        shipping: 0,
        placed: "2024-12-24T08:30:00Z",
        paid: Some("2024-12-24T09:00:00Z"),
        shipped: None,
        delivered: None,
        address: JANES,
    },
    Order {
        number: "ORD-2024-0003",
        account: "john@example.com",
        status: OrderStatus::Pending,
        payment_status: OrderPaymentStatus::Unpaid,
        lines: &[("MENS-CLASSIC-TEE", 2)],
        shipping: 599,
        placed: "2024-12-26T18:20:00Z",
        paid: None,
        shipped: None,
        delivered: None,
        address: JOHNS,
    },
];

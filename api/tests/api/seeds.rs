//! The demo shop and the synthetic one: what is loaded, that it holds together, and that nothing is loaded twice.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write,
    path::Path,
};

use api::{
    clock::IdSource,
    seed::{
        Seeder,
        demo::{self, Added},
        synthetic::{self, Stocked},
    },
};
use argon2::{Argon2, PasswordHash, PasswordVerifier};
use entity::{
    category,
    order::{self, OrderStatus},
    order_event, order_line,
    product::{self, ProductStatus},
    product_option, product_variant, stock_movement, user,
};
use openapi::{Page, catalog::ProductSummary};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

use crate::support::TestApp;

const FULL: Added = Added { users: 3, categories: 9, products: 18, orders: 3 };

async fn load_demo(app: &TestApp) -> Added {
    let clock = app.clock.shared();
    let ids = IdSource::new(clock.clone());
    demo::load(&Seeder::new(&app.db, &clock, &ids)).await.unwrap()
}

async fn stock_up(app: &TestApp, products: u32) -> Stocked {
    let clock = app.clock.shared();
    let ids = IdSource::new(clock.clone());
    synthetic::load(&Seeder::new(&app.db, &clock, &ids), products).await.unwrap()
}

async fn all<E: EntityTrait>(app: &TestApp) -> Vec<E::Model> {
    E::find().all(app.db.reader()).await.unwrap()
}

/// The synthetic products in the order in which they were made: SKU, name, price.
async fn synthetic_products(app: &TestApp) -> Vec<(String, String, i64)> {
    product_variant::Entity::find()
        .filter(product_variant::Column::IsDefault.eq(true))
        .find_also_related(product::Entity)
        .order_by_asc(product_variant::Column::Sku)
        .all(app.db.reader())
        .await
        .unwrap()
        .into_iter()
        .map(|(variant, product)| (variant.sku, product.unwrap().name, variant.price))
        .collect()
}

/// Everything said twice is said alike: stock and its ledger, a product and its variants, options and what is chosen.
async fn assert_consistent(app: &TestApp) {
    let mut ledger: HashMap<Uuid, i32> = HashMap::new();
    for movement in all::<stock_movement::Entity>(app).await {
        let stock = ledger.entry(movement.variant_id).or_default();
        *stock += movement.delta;
        assert_eq!(*stock, movement.stock_after);
    }
    let mut variants: HashMap<Uuid, Vec<product_variant::Model>> = HashMap::new();
    for variant in all::<product_variant::Entity>(app).await {
        assert_eq!(ledger.get(&variant.id).copied().unwrap_or_default(), variant.stock, "{}", variant.sku);
        variants.entry(variant.product_id).or_default().push(variant);
    }
    let mut options: HashMap<Uuid, Vec<product_option::Model>> = HashMap::new();
    for option in all::<product_option::Entity>(app).await {
        options.entry(option.product_id).or_default().push(option);
    }
    for product in all::<product::Entity>(app).await {
        let variants = &variants[&product.id];
        let slug = &product.slug;
        assert_eq!(variants.iter().filter(|variant| variant.is_default).count(), 1, "{slug}");
        assert_eq!(Some(product.price_from), variants.iter().map(|variant| variant.price).min(), "{slug}");
        assert_eq!(Some(product.price_to), variants.iter().map(|variant| variant.price).max(), "{slug}");
        assert_eq!(product.in_stock, variants.iter().any(|variant| variant.stock > 0), "{slug}");
        let on_sale =
            variants.iter().any(|variant| variant.compare_at.is_some_and(|was| was > variant.price));
        assert_eq!(product.on_sale, on_sale, "{slug}");
        assert_eq!(product.name_folded, api::search::fold(&product.name), "{slug}");

        let options = options.get(&product.id).map_or(&[][..], Vec::as_slice);
        let mut chosen = BTreeSet::new();
        for variant in variants {
            let values = variant.option_values.as_object().unwrap();
            assert_eq!(values.len(), options.len(), "{}", variant.sku);
            for option in options {
                let offered = option.values.as_array().unwrap();
                assert!(offered.contains(&values[&option.name]), "{}: {}", variant.sku, option.name);
            }
            assert!(chosen.insert(variant.option_values.to_string()), "{} twice", variant.sku);
        }
    }
}

/// Whatever picture a row names is among the storefront's.
fn assert_drawn(image_url: Option<&str>, whose: &str) {
    let url = image_url.unwrap_or_else(|| panic!("{whose} has no picture"));
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/assets");
    assert!(url.starts_with("/illustrations/"), "{url}");
    assert!(assets.join(url.trim_start_matches('/')).is_file(), "{url} of {whose} is not drawn");
}

#[tokio::test]
async fn the_demo_is_the_shop_it_always_was() {
    let app = TestApp::start().await;
    assert_eq!(load_demo(&app).await, FULL);

    let mut users: Vec<_> = all::<user::Entity>(&app)
        .await
        .into_iter()
        .map(|user| {
            let name = [user.first_name, user.last_name].map(Option::unwrap).join(" ");
            format!("{} {name} {:?}", user.email, user.role)
        })
        .collect();
    users.sort();
    assert_eq!(
        users,
        [
            "admin@example.com Admin User Admin",
            "jane@example.com Jane Smith Customer",
            "john@example.com John Doe Customer"
        ]
    );

    let categories = all::<category::Entity>(&app).await;
    let slugs: HashMap<Uuid, &str> =
        categories.iter().map(|category| (category.id, category.slug.as_str())).collect();
    let mut tree: Vec<_> = categories
        .iter()
        .map(|category| {
            let parent = category.parent_id.map_or("", |id| slugs[&id]);
            (parent, category.sort_order, category.slug.as_str(), category.name.as_str())
        })
        .collect();
    tree.sort_unstable();
    assert_eq!(
        tree,
        [
            ("", 1, "electronics", "Electronics"),
            ("", 2, "clothing", "Clothing"),
            ("", 3, "home-garden", "Home & Garden"),
            ("", 4, "sports-outdoors", "Sports & Outdoors"),
            ("", 5, "books", "Books"),
            ("clothing", 1, "mens-clothing", "Men's Clothing"),
            ("clothing", 2, "womens-clothing", "Women's Clothing"),
            ("electronics", 1, "smartphones", "Smartphones"),
            ("electronics", 2, "laptops", "Laptops"),
        ]
    );
}

#[tokio::test]
async fn the_demo_sells_what_it_always_sold() {
    let app = TestApp::start().await;
    load_demo(&app).await;
    let slugs: HashMap<Uuid, String> = all::<category::Entity>(&app)
        .await
        .into_iter()
        .map(|category| (category.id, category.slug))
        .collect();
    let rows = product_variant::Entity::find()
        .filter(product_variant::Column::IsDefault.eq(true))
        .find_also_related(product::Entity)
        .order_by_asc(product_variant::Column::Sku)
        .all(app.db.reader())
        .await
        .unwrap();
    let mut table = String::new();
    for (variant, product) in rows {
        let product = product.unwrap();
        let category = &slugs[&product.category_id];
        let featured = if product.is_featured { 'Y' } else { 'N' };
        let compare_at = variant.compare_at.map_or("–".to_owned(), |minor| minor.to_string());
        writeln!(
            table,
            "{}|{}|{}|{category}|{}|{compare_at}|{}|{featured}|{:?}",
            variant.sku, product.name, product.slug, variant.price, variant.stock, product.status
        )
        .unwrap();
    }
    insta::assert_snapshot!(table, @r#"
    BOOK-CLEAN-CODE|Clean Code: A Handbook|clean-code-handbook|books|4499|–|120|N|Active
    BOOK-SYSTEM-DESIGN|System Design Interview|system-design-interview|books|3999|–|90|Y|Active
    DELL-XPS-15|Dell XPS 15|dell-xps-15|laptops|189999|–|25|N|Active
    INDOOR-PLANT-SET|Indoor Plant Collection|indoor-plant-collection|home-garden|4999|–|45|Y|Active
    IPHONE-15-PRO|iPhone 15 Pro|iphone-15-pro|smartphones|99999|109999|50|Y|Active
    MACBOOK-PRO-16|MacBook Pro 16" M3 Max|macbook-pro-16-m3-max|laptops|349999|369999|20|Y|Active
    MENS-CLASSIC-TEE|Classic Cotton T-Shirt|mens-classic-cotton-tshirt|mens-clothing|2999|3999|200|N|Active
    MENS-SLIM-JEANS|Slim Fit Denim Jeans|mens-slim-fit-denim-jeans|mens-clothing|7999|–|150|Y|Active
    MODERN-TABLE-LAMP|Modern LED Table Lamp|modern-led-table-lamp|home-garden|7999|–|60|N|Active
    OLD-PHONE-MODEL|Discontinued Phone Model|discontinued-phone-model|electronics|29999|–|0|N|Archived
    PIXEL-8-PRO|Google Pixel 8 Pro|google-pixel-8-pro|smartphones|89999|–|40|N|Active
    RUNNING-SHOES-AIR|Air Cushion Running Shoes|air-cushion-running-shoes|sports-outdoors|12999|15999|80|Y|Active
    SAMSUNG-S24-ULTRA|Samsung Galaxy S24 Ultra|samsung-galaxy-s24-ultra|smartphones|119999|129999|35|Y|Active
    THINKPAD-X1-CARBON|Lenovo ThinkPad X1 Carbon|lenovo-thinkpad-x1-carbon|laptops|164999|–|30|N|Active
    UNRELEASED-GADGET|Mystery Gadget 2025|mystery-gadget-2025|electronics|59999|–|0|N|Draft
    WOMENS-LEATHER-JACKET|Classic Leather Jacket|womens-classic-leather-jacket|womens-clothing|29999|–|40|N|Active
    WOMENS-SUMMER-DRESS|Floral Summer Dress|womens-floral-summer-dress|womens-clothing|8999|11999|75|Y|Active
    YOGA-MAT-PRO|Professional Yoga Mat|professional-yoga-mat|sports-outdoors|5999|–|100|N|Active
    "#);
    let with_options: BTreeSet<Uuid> =
        all::<product_option::Entity>(&app).await.into_iter().map(|option| option.product_id).collect();
    assert!(with_options.len() >= 2);
    assert_consistent(&app).await;
}

#[tokio::test]
async fn shoppers_see_the_demo() {
    let app = TestApp::start().await;
    load_demo(&app).await;
    for (query, count) in [("", 16), ("&featured=true", 8), ("&onSale=true", 6), ("&category=electronics", 6)]
    {
        let page: Page<ProductSummary> =
            app.get(&format!("/api/catalog/products?limit=100{query}")).await.ok();
        assert_eq!(page.data.len(), count, "{query}");
    }
}

#[tokio::test]
async fn the_demo_accounts_have_the_password_everybody_knows() {
    let app = TestApp::start().await;
    load_demo(&app).await;
    for user in all::<user::Entity>(&app).await {
        assert!(user.password_hash.starts_with("$argon2id$"), "{}", user.password_hash);
        let hash = PasswordHash::new(&user.password_hash).unwrap();
        let verify = |password: &str| Argon2::default().verify_password(password.as_bytes(), &hash);
        assert!(verify("password123").is_ok(), "{}", user.email);
        assert!(verify("password124").is_err(), "{}", user.email);
        assert!(user.is_active && user.email_verified_at.is_some(), "{}", user.email);
    }
}

#[tokio::test]
async fn the_demo_orders_add_up() {
    let app = TestApp::start().await;
    load_demo(&app).await;
    let orders =
        order::Entity::find().order_by_asc(order::Column::Number).all(app.db.reader()).await.unwrap();
    let lines = all::<order_line::Entity>(&app).await;
    let mut table = String::new();
    for order in &orders {
        let of_it: Vec<_> = lines.iter().filter(|line| line.order_id == order.id).collect();
        for line in &of_it {
            assert_eq!(line.subtotal, line.unit_price * i64::from(line.quantity), "{}", order.number);
            // Ten percent, half a cent up.
            assert_eq!(line.tax, (line.subtotal + 5) / 10, "{}", order.number);
        }
        assert_eq!(order.subtotal, of_it.iter().map(|line| line.subtotal).sum::<i64>());
        assert_eq!(order.tax, of_it.iter().map(|line| line.tax).sum::<i64>());
        assert_eq!(
            order.total_amount,
            order.subtotal + order.tax + order.shipping_amount - order.discount_amount
        );
        assert_eq!(order.billing_address, order.shipping_address);
        assert!(order.user_id.is_some());
        writeln!(
            table,
            "{} {} {:?} {:?}: {} + {} + {} = {} {}",
            order.number,
            order.email,
            order.status,
            order.payment_status,
            order.subtotal,
            order.tax,
            order.shipping_amount,
            order.total_amount,
            order.currency
        )
        .unwrap();
    }
    insta::assert_snapshot!(table, @r"
    ORD-2024-0001 john@example.com Delivered Paid: 99999 + 10000 + 0 = 109999 USD
    ORD-2024-0002 jane@example.com Processing Paid: 352998 + 35300 + 0 = 388298 USD
    ORD-2024-0003 john@example.com Pending Unpaid: 5998 + 600 + 599 = 7197 USD
    ");
}

#[tokio::test]
async fn the_demo_orders_came_where_they_are_step_by_step() {
    let app = TestApp::start().await;
    load_demo(&app).await;
    let mut events = all::<order_event::Entity>(&app).await;
    events.sort_by_key(|event| (event.created_at, event.id));
    for order in all::<order::Entity>(&app).await {
        let mut status: Option<OrderStatus> = None;
        for event in events.iter().filter(|event| event.order_id == order.id) {
            assert_eq!(event.from_status, status, "{}", order.number);
            status = event.to_status;
        }
        assert_eq!(status, Some(order.status), "{}", order.number);
        assert_eq!(order.paid_at.is_some(), order.status != OrderStatus::Pending, "{}", order.number);
        assert!(order.created_at <= order.updated_at);
    }
}

#[tokio::test]
async fn loading_the_demo_again_changes_nothing() {
    let app = TestApp::start().await;
    load_demo(&app).await;
    let mut renamed = product::Entity::find()
        .filter(product::Column::Slug.eq("professional-yoga-mat"))
        .one(app.db.reader())
        .await
        .unwrap()
        .unwrap()
        .into_active_model();
    renamed.name = Set("Mat of our own".to_owned());
    renamed.update(app.db.for_migrations()).await.unwrap();
    let before = (all::<product::Entity>(&app).await, all::<stock_movement::Entity>(&app).await);

    assert_eq!(load_demo(&app).await, Added::default());
    assert_eq!((all::<product::Entity>(&app).await, all::<stock_movement::Entity>(&app).await), before);
    assert_eq!(all::<order_line::Entity>(&app).await.len(), 4);
}

#[tokio::test]
async fn half_a_demo_is_completed() {
    let app = TestApp::start().await;
    load_demo(&app).await;
    let db = app.db.for_migrations();
    for slug in ["professional-yoga-mat", "clean-code-handbook", "system-design-interview"] {
        product::Entity::delete_many().filter(product::Column::Slug.eq(slug)).exec(db).await.unwrap();
    }
    category::Entity::delete_many().filter(category::Column::Slug.eq("books")).exec(db).await.unwrap();
    user::Entity::delete_many().filter(user::Column::Email.eq("jane@example.com")).exec(db).await.unwrap();
    order::Entity::delete_many().filter(order::Column::Number.eq("ORD-2024-0003")).exec(db).await.unwrap();

    assert_eq!(load_demo(&app).await, Added { users: 1, categories: 1, products: 3, orders: 1 });
    assert_eq!(load_demo(&app).await, Added::default());
    assert_consistent(&app).await;
}

#[tokio::test]
async fn every_picture_the_demo_names_is_drawn() {
    let app = TestApp::start().await;
    load_demo(&app).await;
    stock_up(&app, 20).await;
    for product in all::<product::Entity>(&app).await {
        assert_drawn(product.image_url.as_deref(), &product.slug);
    }
    for category in all::<category::Entity>(&app).await {
        // The departments of the synthetic shop are told by their names.
        if category.image_url.is_some() {
            assert_drawn(category.image_url.as_deref(), &category.slug);
        }
    }
    for line in all::<order_line::Entity>(&app).await {
        assert_drawn(line.image_url.as_deref(), &line.sku);
    }
}

#[tokio::test]
async fn a_synthetic_shop_is_the_same_on_every_machine() {
    let app = TestApp::start().await;
    assert_eq!(stock_up(&app, 300).await, Stocked { total: 300, added: 300 });
    let products = synthetic_products(&app).await;
    let first: Vec<_> =
        products.iter().take(5).map(|(sku, name, price)| format!("{sku} {name} {price}\n")).collect();
    insta::assert_snapshot!(first.concat(), @r"
    SYN-0000000 Saltmarsh Lightweight Canvas Earbuds 0 17099
    SYN-0000001 Ironvale Handmade Linen Jacket 1 23699
    SYN-0000002 Dovetail Waterproof Linen Subwoofer 2 21499
    SYN-0000003 Harbourlight Sturdy Bamboo Trackball 3 3999
    SYN-0000004 Brightwater Compact Linen Wrist Rest 4 3899
    ");
    assert_consistent(&app).await;

    let statuses: BTreeSet<String> =
        all::<product::Entity>(&app).await.iter().map(|product| format!("{:?}", product.status)).collect();
    assert!(statuses.contains(&format!("{:?}", ProductStatus::Active)));
    assert!(!all::<product_option::Entity>(&app).await.is_empty(), "some come in sizes");
}

#[tokio::test]
async fn a_synthetic_shop_is_topped_up_to_what_is_asked_for() {
    let app = TestApp::start().await;
    stock_up(&app, 200).await;
    assert_eq!(stock_up(&app, 200).await, Stocked { total: 200, added: 0 });
    assert_eq!(stock_up(&app, 300).await, Stocked { total: 300, added: 100 });
    assert_eq!(stock_up(&app, 50).await, Stocked { total: 300, added: 0 });
    let in_steps = synthetic_products(&app).await;

    let other = TestApp::start().await;
    stock_up(&other, 300).await;
    assert_eq!(synthetic_products(&other).await, in_steps);
}

#[tokio::test]
async fn a_synthetic_shop_that_lost_a_product_is_topped_up_as_well() {
    let app = TestApp::start().await;
    stock_up(&app, 50).await;
    let lost = synthetic_products(&app).await[10].1.clone();
    product::Entity::delete_many()
        .filter(product::Column::Name.eq(&lost))
        .exec(app.db.for_migrations())
        .await
        .unwrap();
    assert_eq!(stock_up(&app, 60).await, Stocked { total: 60, added: 11 });
    assert_eq!(synthetic_products(&app).await.len(), 60);
    assert_consistent(&app).await;
}

#[tokio::test]
async fn both_shops_stand_beside_each_other() {
    let app = TestApp::start().await;
    stock_up(&app, 100).await;
    assert_eq!(load_demo(&app).await, FULL);
    assert_eq!(stock_up(&app, 150).await, Stocked { total: 150, added: 50 });
    assert_eq!(all::<product::Entity>(&app).await.len(), 168);
    assert_consistent(&app).await;
}

//! `/api/cart`.

use std::time::Duration;

use entity::{cart, product::ProductStatus};
use futures_util::future::join_all;
use openapi::{
    Data,
    cart::{
        Cart,
        CartNoticeCode::{self, NoLongerSold, PriceChanged, QuantityReduced, SoldOut},
    },
};
use reqwest::Method;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, PaginatorTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, NewProduct, PATIENCE, Person, TestApp, within};

const CART: &str = "/api/cart";
const ITEMS: &str = "/api/cart/items";

/// A guest's browser.
struct Guest<'a> {
    app: &'a TestApp,
    token: String,
}

impl Guest<'_> {
    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let cookie = format!("bottega_cart={}", self.token);
        self.app.request(method, path, &[("cookie", cookie.as_str())], body).await
    }

    async fn add(&self, product: Uuid, quantity: u32) -> Cart {
        cart(&self.send(Method::POST, ITEMS, Some(json!({"productId": product, "quantity": quantity}))).await)
    }

    async fn cart(&self) -> Cart {
        cart(&self.send(Method::GET, CART, None).await)
    }
}

fn cart(answer: &Answer) -> Cart {
    answer.ok::<Data<Cart>>().data
}

/// Somebody who puts something into their first cart.
async fn guest(app: &TestApp, product: Uuid, quantity: u32) -> (Guest<'_>, Cart) {
    let answer = app.post(ITEMS, json!({"productId": product, "quantity": quantity})).await;
    let token = answer.header("x-cart-token").to_owned();
    (Guest { app, token }, cart(&answer))
}

async fn product(app: &TestApp, name: &str, price: i64, stock: i32) -> Uuid {
    let category = app.category(&format!("For {name}"), None).await;
    app.product(NewProduct::new(name, category).priced(price).stocked(stock)).await
}

/// Changes the default variant of a product behind everybody's back.
async fn change(
    app: &TestApp,
    product: Uuid,
    change: impl FnOnce(&mut entity::product_variant::ActiveModel),
) {
    let mut variant = app.variants(product).await.remove(0).into_active_model();
    change(&mut variant);
    variant.update(app.db.for_migrations()).await.unwrap();
}

fn codes(cart: &Cart) -> Vec<CartNoticeCode> {
    cart.notices.iter().map(|notice| notice.code).collect()
}

async fn add_as(app: &TestApp, who: &Person, product: Uuid, quantity: u32) -> Cart {
    let body = json!({"productId": product, "quantity": quantity});
    cart(&app.by(who, Method::POST, ITEMS, Some(body)).await)
}

#[tokio::test]
async fn a_guest_fills_a_cart_that_outlives_the_server() {
    let mut app = TestApp::start().await;
    let empty = app.get(CART).await;
    assert!(cart(&empty).items.is_empty());
    assert_eq!((empty.header("set-cookie"), empty.header("cache-control")), ("", "no-store"));

    let (lamp, chair) = (product(&app, "Lamp", 1_999, 10).await, product(&app, "Chair", 2_002, 10).await);
    let first = app.post(ITEMS, json!({"productId": lamp, "quantity": 1})).await;
    let token = first.header("x-cart-token").to_owned();
    let cookie = first.header("set-cookie");
    for part in
        [&format!("bottega_cart={token}"), "HttpOnly", "SameSite=Strict", "Path=/api", "Max-Age=2592000"]
    {
        assert!(cookie.contains(part), "{cookie}");
    }
    let guest = Guest { app: &app, token: token.clone() };
    let chair_id = app.variants(chair).await[0].id;
    guest.send(Method::POST, ITEMS, Some(json!({"variantId": chair_id, "quantity": 1}))).await.ok::<Value>();
    let full = guest.add(lamp, 1).await;
    let shown = |cart: &Cart| {
        let items =
            cart.items.iter().map(|item| (item.name.clone(), item.quantity, item.subtotal.to_string()));
        items.collect::<Vec<_>>()
    };
    assert_eq!(shown(&full), [("Lamp".into(), 2, "39.98".into()), ("Chair".into(), 1, "20.02".into())]);
    let sums = [&full.subtotal, &full.tax, &full.shipping_amount, &full.discount_amount, &full.total_amount];
    assert_eq!(sums.map(ToString::to_string), ["60.00", "6.00", "0.00", "0.00", "66.00"]);
    assert_eq!((full.item_count, full.currency.as_str()), (3, "USD"));
    assert_eq!(full.free_shipping_from.unwrap().to_string(), "50.00");

    app.stop().await;
    let next = app.another().start().await;
    let by_header = next.send(Method::GET, CART, &[("x-cart-token", &token)]).await;
    assert_eq!(cart(&by_header), full);
}

#[tokio::test]
async fn quantities_are_changed_and_things_taken_out() {
    let app = TestApp::start().await;
    let (lamp, chair) = (product(&app, "Lamp", 1_000, 10).await, product(&app, "Chair", 2_000, 10).await);
    let (guest, _) = guest(&app, lamp, 1).await;
    let two = guest.add(chair, 2).await;
    let path = |item: usize| format!("{ITEMS}/{}", two.items[item].id);

    let changed = cart(&guest.send(Method::PATCH, &path(1), Some(json!({"quantity": 5}))).await);
    assert_eq!((changed.items[1].quantity, changed.subtotal.to_string()), (5, "110.00".into()));
    let removed = cart(&guest.send(Method::DELETE, &path(0), None).await);
    assert_eq!((removed.items.len(), removed.items[0].name.as_str()), (1, "Chair"));
    guest.send(Method::DELETE, &path(0), None).await.problem(404, "NOT_FOUND");
    guest.send(Method::PATCH, &path(0), Some(json!({"quantity": 1}))).await.problem(404, "NOT_FOUND");
    let cleared = cart(&guest.send(Method::DELETE, CART, None).await);
    assert!(cleared.items.is_empty());
    assert_eq!(
        (cleared.shipping_amount.to_string(), cleared.total_amount.to_string()),
        ("0.00".into(), "0.00".into())
    );
    assert_eq!(guest.cart().await, cleared);
}

#[tokio::test]
async fn there_are_never_more_than_there_can_be() {
    let app = TestApp::start().await;
    let (few, many) = (product(&app, "Few", 1_000, 3).await, product(&app, "Many", 1_000, 500).await);
    let (guest, three) = guest(&app, few, 5).await;
    assert_eq!((three.items[0].quantity, three.items[0].max_quantity), (3, 3));
    assert_eq!((codes(&three), three.notices[0].wanted), (vec![QuantityReduced], Some(5)));
    assert_eq!(codes(&guest.cart().await), [], "it was said once");
    assert_eq!(guest.add(few, 1).await.notices[0].wanted, Some(4));

    guest.add(many, 60).await;
    let most = guest.add(many, 60).await;
    assert_eq!((most.items[1].quantity, most.notices[0].wanted), (99, Some(120)));
    for wrong in [json!({"quantity": 0}), json!({"quantity": 100}), json!({"quantity": "1"}), json!({})] {
        let path = format!("{ITEMS}/{}", most.items[0].id);
        guest.send(Method::PATCH, &path, Some(wrong)).await.problem(422, "VALIDATION_ERROR");
    }
    change(&app, few, |variant| variant.stock = Set(0)).await;
    let again = json!({"productId": few, "quantity": 1});
    guest.send(Method::POST, ITEMS, Some(again)).await.problem(409, "CONFLICT");
}

#[tokio::test]
async fn what_is_not_sold_is_not_put_in() {
    let app = TestApp::start().await;
    let category = app.category("Secrets", None).await;
    let draft =
        app.product(NewProduct { status: ProductStatus::Draft, ..NewProduct::new("Draft", category) }).await;
    let variant = app.variants(draft).await[0].id;
    for (body, pointer) in [
        (json!({"productId": draft, "quantity": 1}), "/productId"),
        (json!({"variantId": variant, "quantity": 1}), "/variantId"),
        (json!({"variantId": Uuid::now_v7(), "quantity": 1}), "/variantId"),
        (json!({"quantity": 1}), ""),
        (json!({"productId": draft, "variantId": variant, "quantity": 1}), ""),
    ] {
        let problem = app.post(ITEMS, body.clone()).await.problem(422, "VALIDATION_ERROR");
        assert_eq!(problem.errors[0].pointer.as_deref(), Some(pointer), "{body}");
    }
    assert_eq!(cart::Entity::find().count(app.db.reader()).await.unwrap(), 0, "nothing is left of it");
}

#[tokio::test]
async fn an_owner_is_told_what_has_become_of_things() {
    let app = TestApp::start().await;
    let names = ["Dearer", "Fewer", "Gone", "Archived"];
    let mut products = vec![];
    for name in names {
        products.push(product(&app, name, 1_000, 10).await);
    }
    let (guest, _) = guest(&app, products[0], 5).await;
    for &other in &products[1..] {
        guest.add(other, 5).await;
    }
    change(&app, products[0], |variant| variant.price = Set(1_500)).await;
    change(&app, products[1], |variant| variant.stock = Set(2)).await;
    change(&app, products[2], |variant| variant.stock = Set(0)).await;
    let admin = app.admin().await;
    let archived = json!({"status": "ARCHIVED"});
    let path = format!("/api/admin/products/{}", products[3]);
    app.by(&admin, Method::PATCH, &path, Some(archived)).await.ok::<Value>();

    let told = [PriceChanged, QuantityReduced, SoldOut, NoLongerSold];
    for _ in 0..2 {
        let cart = guest.cart().await;
        assert_eq!(codes(&cart), told);
        assert_eq!(cart.notices[0].previous_price.unwrap().to_string(), "10.00");
        assert_eq!(cart.notices[1].wanted, Some(5));
        let of = cart.items.iter().map(|item| (item.is_available, item.quantity, item.subtotal.to_string()));
        let expected = [(true, 5, "75.00"), (true, 2, "20.00"), (false, 5, "0.00"), (false, 5, "0.00")];
        assert_eq!(of.collect::<Vec<_>>(), expected.map(|(is, many, sum)| (is, many, sum.to_owned())));
        assert_eq!((cart.subtotal.to_string(), cart.item_count), ("95.00".into(), 7));
    }
    // Whoever changes something else was shown the new price.
    let fewer = guest.cart().await.items[1].id;
    guest.send(Method::PATCH, &format!("{ITEMS}/{fewer}"), Some(json!({"quantity": 1}))).await.ok::<Value>();
    assert_eq!(codes(&guest.cart().await), [SoldOut, NoLongerSold]);
}

#[tokio::test]
async fn a_customer_has_one_cart_wherever_they_are() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 99).await;
    let ada = app.customer().await;
    let elsewhere = app.sign_in(&ada.email).await;
    let at_once = join_all((0..20).map(|number| {
        let who = if number % 2 == 0 { &ada } else { &elsewhere };
        add_as(&app, who, lamp, 1)
    }));
    let most = at_once.await.iter().map(|cart| cart.items[0].quantity).max();
    assert_eq!(most, Some(20), "everybody waited for everybody");
    let answer = app.by(&ada, Method::GET, CART, None).await;
    assert_eq!((cart(&answer).items.len(), cart(&answer).items[0].quantity), (1, 20));
    assert_eq!((answer.header("set-cookie"), answer.header("x-cart-token")), ("", ""), "it is not a guest's");
    assert_eq!(cart::Entity::find().count(app.db.reader()).await.unwrap(), 1);

    let bob = app.customer().await;
    let path = format!("{ITEMS}/{}", cart(&answer).items[0].id);
    app.by(&bob, Method::DELETE, &path, None).await.problem(404, "NOT_FOUND");
    app.send(Method::GET, CART, &[("authorization", "Bearer garbage")]).await.problem(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_token_is_nobodys_until_it_was_handed_out() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let made_up = "A".repeat(43);
    let guest = Guest { app: &app, token: made_up.clone() };
    assert!(guest.cart().await.items.is_empty());
    let answer = guest.send(Method::POST, ITEMS, Some(json!({"productId": lamp, "quantity": 1}))).await;
    assert_ne!(answer.header("x-cart-token"), made_up);
    assert!(guest.cart().await.items.is_empty());
    let kept = cart::Entity::find().one(app.db.reader()).await.unwrap().unwrap();
    assert!(!answer.header("x-cart-token").contains(&kept.token_hash.unwrap()), "a hash of it is kept");
}

#[tokio::test]
async fn pages_of_other_sites_change_no_cart() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let body = json!({"productId": lamp, "quantity": 1});
    let foreign = [("origin", "https://evil.example")];
    app.request(Method::POST, ITEMS, &foreign, Some(body)).await.problem(403, "FORBIDDEN");
    app.request(Method::DELETE, CART, &foreign, None).await.problem(403, "FORBIDDEN");
}

#[tokio::test]
async fn a_guests_cart_is_kept_for_thirty_days_after_its_last_change() {
    let mut app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let (guest, _) = guest(&app, lamp, 1).await;
    let token = guest.token.clone();
    app.clock.advance(Duration::from_hours(29 * 24));
    assert_eq!(guest.add(lamp, 1).await.items[0].quantity, 2);
    app.clock.advance(Duration::from_hours(29 * 24));
    assert_eq!(guest.cart().await.items[0].quantity, 2);
    app.clock.advance(Duration::from_hours(2 * 24));
    assert!(guest.cart().await.items.is_empty());

    app.stop().await;
    let next = app.another().start().await;
    let is_gone = async || {
        let left = cart::Entity::find().count(next.db.reader()).await.unwrap();
        (left == 0).then_some(())
    };
    within(PATIENCE, "the cart is swept away", is_gone).await;
    assert!(cart(&next.send(Method::GET, CART, &[("x-cart-token", &token)]).await).items.is_empty());
}

#[tokio::test]
async fn a_cart_costs_the_same_however_full_it_is() {
    let app = TestApp::start().await;
    let category = app.category("Things", None).await;
    let mut things = vec![];
    for number in 0..101 {
        things.push(app.product(NewProduct::new(&format!("Thing {number}"), category).stocked(99)).await);
    }
    let (guest, _) = guest(&app, things[0], 1).await;
    let mut counts = vec![];
    for &thing in &things[1..100] {
        let body = json!({"productId": thing, "quantity": 1});
        let added = guest.send(Method::POST, ITEMS, Some(body)).await;
        let read = guest.send(Method::GET, CART, None).await;
        counts.push((added.statements(), read.statements()));
    }
    counts.dedup();
    assert_eq!(counts, [(4, 1)]);
    // Whoever is shown another price has one statement more.
    change(&app, things[3], |variant| variant.price = Set(5)).await;
    let body = json!({"productId": things[5], "quantity": 1});
    assert_eq!(guest.send(Method::POST, ITEMS, Some(body)).await.statements(), 5);

    let one_more = json!({"productId": things[100], "quantity": 1});
    guest.send(Method::POST, ITEMS, Some(one_more)).await.problem(409, "CONFLICT");
}

#[tokio::test]
async fn a_guest_who_signs_in_brings_the_cart_along() {
    let app = TestApp::start().await;
    let (lamp, chair) = (product(&app, "Lamp", 1_000, 5).await, product(&app, "Chair", 2_000, 50).await);
    let ada = app.customer().await;
    add_as(&app, &ada, lamp, 3).await;
    let (guest, _) = guest(&app, lamp, 4).await;
    guest.add(chair, 2).await;

    let body = json!({"email": ada.email, "password": crate::support::PASSWORD});
    let signed_in = guest.send(Method::POST, "/api/auth/login", Some(body.clone())).await;
    let notices = signed_in.ok::<Value>()["data"]["cartNotices"].clone();
    let of = |name: &str| notices[0][name].clone();
    assert_eq!(notices.as_array().unwrap().len(), 1);
    assert_eq!((of("code"), of("name"), of("wanted")), (json!("QUANTITY_REDUCED"), json!("Lamp"), json!(7)));

    let merged = cart(&app.by(&ada, Method::GET, CART, None).await);
    let items: Vec<_> = merged.items.iter().map(|item| (item.name.as_str(), item.quantity)).collect();
    assert_eq!(items, [("Lamp", 5), ("Chair", 2)]);
    assert!(guest.cart().await.items.is_empty(), "it is the customer's now");
    let again = guest.send(Method::POST, "/api/auth/login", Some(body)).await;
    assert_eq!(again.ok::<Value>()["data"]["cartNotices"], json!([]));
    assert_eq!(cart(&app.by(&ada, Method::GET, CART, None).await), merged, "nothing is brought twice");
}

#[tokio::test]
async fn a_guest_who_registers_brings_the_cart_along() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 5).await;
    let (guest, _) = guest(&app, lamp, 2).await;
    let body = json!({"email": crate::support::new_email("guest"), "password": crate::support::PASSWORD});
    let registered = guest.send(Method::POST, "/api/auth/register", Some(body)).await;
    let bob = Person::of(&registered);
    assert_eq!(cart(&app.by(&bob, Method::GET, CART, None).await).items[0].quantity, 2);
}

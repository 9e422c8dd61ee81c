//! Placing orders.

use entity::{
    order,
    stock_movement::{self, StockReason},
};
use openapi::orders::{CheckoutProblem, OrderEventKind, OrderStatus, PaymentStatus};
use reqwest::Method;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, PaginatorTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Books, KEY, ORDERS, address, body, detail, keyed, order, placed, product, stock};
use crate::support::{NewProduct, NewVariant, Person, TestApp};

const ITEMS: &str = "/api/cart/items";

async fn put(app: &TestApp, who: &Person, product: Uuid, quantity: u32) -> Value {
    let item = json!({"productId": product, "quantity": quantity});
    app.by(who, Method::POST, ITEMS, Some(item)).await.ok::<Value>()["data"].clone()
}

async fn checkout(app: &TestApp, who: &Person, extra: Value) -> crate::support::Answer {
    let mut body = json!({"shippingAddress": address()});
    body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    keyed(app, who, ORDERS, &Uuid::now_v7().to_string(), body).await
}

async fn reprice(app: &TestApp, product: Uuid, price: i64) {
    let mut variant = app.variants(product).await.remove(0).into_active_model();
    variant.price = Set(price);
    variant.update(app.db.for_migrations()).await.unwrap();
}

#[tokio::test]
async fn what_is_ordered_is_kept_as_it_was_sold() {
    let app = TestApp::start().await;
    let category = app.category("Shirts", None).await;
    let size =
        |size: &str, price| NewVariant { values: json!({"size": size}), price, ..NewVariant::default() };
    let shirt = app
        .product(NewProduct {
            options: vec![("size", vec!["S", "M"])],
            variants: vec![size("S", 1_999), size("M", 2_099)],
            ..NewProduct::new("Shirt", category)
        })
        .await;
    let medium = app.variants(shirt).await[1].clone();
    let lamp = product(&app, "Lamp", 1_005, 10).await;
    let (books, ada) = (Books::open(&app).await, app.customer().await);
    let wanted = json!({
        "items": [
            {"variantId": medium.id, "quantity": 1}, {"productId": lamp, "quantity": 1}, {"variantId": medium.id, "quantity": 1},
        ],
        "shippingAddress": address(), "notes": " Ring twice\nplease ",
    });
    let answer = keyed(&app, &ada, ORDERS, "first", wanted).await;
    let order = placed(&answer);
    assert_eq!(answer.header("location"), format!("/api/orders/{}", order.order.id));
    assert_eq!((answer.header("cache-control"), answer.header("idempotent-replayed")), ("no-store", ""));
    let shown = &order.order;
    assert_eq!((shown.status, shown.payment_status), (OrderStatus::Pending, PaymentStatus::Unpaid));
    assert_eq!((&shown.email, shown.user_id), (&ada.email, Some(ada.id)));
    let year = app.clock.now().format("%Y").to_string();
    assert!(shown.order_number.starts_with(&format!("ORD-{year}-0")), "{}", shown.order_number);
    let sums =
        [&shown.subtotal, &shown.tax, &shown.shipping_amount, &shown.discount_amount, &shown.total_amount];
    assert_eq!(sums.map(ToString::to_string), ["52.03", "5.21", "0.00", "0.00", "57.24"]);
    let lines: Vec<_> = shown
        .items
        .iter()
        .map(|item| (item.sku.as_str(), item.quantity, item.unit_price.to_string(), item.tax.to_string()))
        .collect();
    assert_eq!(lines[0], (medium.sku.as_str(), 2, "20.99".to_owned(), "4.20".to_owned()));
    assert_eq!((lines.len(), shown.items[0].options["size"].as_str()), (2, "M"));
    assert_eq!(
        (shown.items[1].tax.to_string().as_str(), shown.items[1].tax_rate.as_str()),
        ("1.01", "10.00")
    );
    assert_eq!(shown.billing_address, shown.shipping_address);
    assert_eq!(shown.notes.as_deref(), Some("Ring twice\nplease"));
    assert_eq!(order.timeline.len(), 1);
    assert_eq!(
        (order.timeline[0].kind, order.timeline[0].to),
        (OrderEventKind::Placed, Some(OrderStatus::Pending))
    );
    assert_eq!(order.can_become, [OrderStatus::Cancelled]);

    // What becomes of the shop's things afterwards is not the order's business.
    reprice(&app, lamp, 9).await;
    for name in [shown.id.to_string(), shown.order_number.clone(), shown.order_number.to_lowercase()] {
        let read = detail(&app.by(&ada, Method::GET, &format!("{ORDERS}/{name}"), None).await);
        assert_eq!(read, order, "{name}");
    }
    assert_eq!((app.variants(shirt).await[1].stock, stock(&app, lamp).await), (3, 9));
    let ledger = stock_movement::Entity::find().all(app.db.reader()).await.unwrap();
    assert!(ledger.iter().all(|line| {
        (line.reason, line.order_id, line.actor_id) == (StockReason::Sale, Some(shown.id), Some(ada.id))
    }));
    books.balance(&app).await;
}

#[tokio::test]
async fn nobody_else_finds_an_order() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let (ada, bob, admin) = (app.customer().await, app.customer().await, app.admin().await);
    let order = placed(&order(&app, &ada, &[(lamp, 1)]).await).order;
    for who in [&bob, &admin] {
        for name in [order.id.to_string(), order.order_number.clone()] {
            app.by(who, Method::GET, &format!("{ORDERS}/{name}"), None).await.problem(404, "NOT_FOUND");
        }
        super::cancel(&app, who, order.id).await.problem(404, "NOT_FOUND");
    }
    let read = detail(&app.by(&admin, Method::GET, &format!("/api/admin/orders/{}", order.id), None).await);
    assert_eq!(read.order, order);
}

#[tokio::test]
async fn the_cart_is_ordered_and_then_empty() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let ada = app.customer().await;
    checkout(&app, &ada, json!({})).await.problem(409, "CONFLICT");
    let cart = put(&app, &ada, lamp, 3).await;
    let order = placed(&checkout(&app, &ada, json!({"expectedTotal": cart["totalAmount"]})).await);
    assert_eq!(order.order.total_amount.to_string(), cart["totalAmount"]);
    assert_eq!(app.by(&ada, Method::GET, "/api/cart", None).await.ok::<Value>()["data"]["items"], json!([]));
    checkout(&app, &ada, json!({})).await.problem(409, "CONFLICT");
    assert_eq!(stock(&app, lamp).await, 7);
}

#[tokio::test]
async fn nobody_pays_another_price_than_they_were_shown() {
    let app = TestApp::start().await;
    let (lamp, few) = (product(&app, "Lamp", 1_000, 10).await, product(&app, "Few", 500, 10).await);
    let ada = app.customer().await;
    put(&app, &ada, lamp, 1).await;
    let shown = put(&app, &ada, few, 4).await;
    reprice(&app, lamp, 1_200).await;

    let told = |answer: &crate::support::Answer| {
        answer.problem(409, "TOTAL_CHANGED");
        serde_json::from_slice::<CheckoutProblem>(&answer.body).unwrap().totals.unwrap()
    };
    // Who does not say what they expect has not seen it.
    let now = told(&checkout(&app, &ada, json!({})).await);
    assert_eq!(told(&checkout(&app, &ada, json!({"expectedTotal": shown["totalAmount"]})).await), now);
    assert_eq!((now.subtotal.to_string(), now.total_amount.to_string()), ("32.00".into(), "45.19".into()));
    let items = body(&[(lamp, 1)]);
    let mut named = items.clone();
    named["expectedTotal"] = json!("20.99");
    told(&keyed(&app, &ada, ORDERS, "named", named).await);
    assert_eq!(order::Entity::find().count(app.db.reader()).await.unwrap(), 0);
    assert_eq!((stock(&app, lamp).await, stock(&app, few).await), (10, 10));

    let order = placed(&checkout(&app, &ada, json!({"expectedTotal": "45.19"})).await);
    assert_eq!(order.order.total_amount.to_string(), "45.19");
}

#[tokio::test]
async fn what_is_not_there_is_not_sold() {
    let app = TestApp::start().await;
    let (lamp, few) = (product(&app, "Lamp", 1_000, 10).await, product(&app, "Few", 500, 2).await);
    let ada = app.customer().await;
    let problem = order(&app, &ada, &[(lamp, 1), (few, 3)]).await.problem(409, "OUT_OF_STOCK");
    assert_eq!(problem.errors[0].pointer.as_deref(), Some("/items/1/quantity"));
    assert!(problem.detail.contains("Few") && problem.detail.contains('2'), "{}", problem.detail);
    // Twice the same is one wish.
    order(&app, &ada, &[(few, 1), (few, 2)]).await.problem(409, "OUT_OF_STOCK");
    let unknown = order(&app, &ada, &[(lamp, 1), (Uuid::now_v7(), 1)]).await.problem(422, "VALIDATION_ERROR");
    assert_eq!(unknown.errors[0].pointer.as_deref(), Some("/items/1/productId"));
    order(&app, &ada, &[(lamp, 50), (lamp, 50)]).await.problem(422, "VALIDATION_ERROR");

    put(&app, &ada, few, 2).await;
    placed(&order(&app, &ada, &[(few, 2)]).await);
    let gone = checkout(&app, &ada, json!({"expectedTotal": "0.00"})).await.problem(409, "OUT_OF_STOCK");
    assert!(gone.detail.contains("Few"), "{}", gone.detail);
    assert_eq!((stock(&app, lamp).await, stock(&app, few).await), (10, 0));
}

#[tokio::test]
async fn addresses_are_those_of_their_country() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let ada = app.customer().await;
    for (country, code) in
        [("US", "9410"), ("IT", "184"), ("DE", "1011"), ("FR", "7500A"), ("GB", "12345"), ("ES", "2800")]
    {
        let mut wanted = body(&[(lamp, 1)]);
        wanted["billingAddress"] = address();
        wanted["billingAddress"]["country"] = json!(country);
        wanted["billingAddress"]["postalCode"] = json!(code);
        let problem = keyed(&app, &ada, ORDERS, "address", wanted).await.problem(422, "VALIDATION_ERROR");
        assert_eq!(problem.errors[0].pointer.as_deref(), Some("/billingAddress/postalCode"), "{country}");
    }
    let mut wanted = body(&[(lamp, 1)]);
    wanted["shippingAddress"].as_object_mut().unwrap().remove("city");
    wanted["shippingAddress"]["firstName"] = json!("");
    let problem = keyed(&app, &ada, ORDERS, "address", wanted).await.problem(422, "VALIDATION_ERROR");
    let pointers: Vec<_> = problem.errors.iter().filter_map(|error| error.pointer.as_deref()).collect();
    assert_eq!(pointers, ["/shippingAddress/city", "/shippingAddress/firstName"]);
    for wrong in
        [json!({"items": []}), json!({"expectedTotal": "-1"}), json!({"notes": ""}), json!({"coupon": "X"})]
    {
        let mut wanted = body(&[(lamp, 1)]);
        wanted.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
        keyed(&app, &ada, ORDERS, "wrong", wanted).await.problem(422, "VALIDATION_ERROR");
    }
}

#[tokio::test]
async fn an_order_of_nothing_but_what_is_free_is_confirmed_at_once() {
    let app = TestApp::builder().with("SHIPPING_AMOUNT", "0").start().await;
    let sample = product(&app, "Sample", 0, 10).await;
    let ada = app.customer().await;
    let order = placed(&order(&app, &ada, &[(sample, 1)]).await).order;
    assert_eq!((order.status, order.payment_status), (OrderStatus::Confirmed, PaymentStatus::Paid));
    assert_eq!((order.total_amount.to_string().as_str(), order.expires_at), ("0.00", None));
}

#[tokio::test]
async fn lists_and_searches_say_at_once_what_is_sold_out_and_back() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 2).await;
    let ada = app.customer().await;
    let shown = async || {
        let list =
            app.get("/api/catalog/products?inStock=true").await.json()["data"].as_array().unwrap().len();
        let found = app.get("/api/search?q=lamp&inStock=true").await.json()["data"]["products"].clone();
        let page = app.get(&format!("/api/catalog/products/{lamp}")).await.json()["data"]["stock"].clone();
        (list, found.as_array().unwrap().len(), page.as_i64().unwrap())
    };
    assert_eq!(shown().await, (1, 1, 2));
    placed(&order(&app, &ada, &[(lamp, 1)]).await);
    assert_eq!(shown().await, (1, 1, 1));
    let last = placed(&order(&app, &ada, &[(lamp, 1)]).await).order.id;
    assert_eq!(shown().await, (0, 0, 0));
    detail(&super::cancel(&app, &ada, last).await);
    assert_eq!(shown().await, (1, 1, 1));
}

#[tokio::test]
async fn a_key_is_needed_and_must_be_one() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let ada = app.customer().await;
    let without = app.by(&ada, Method::POST, ORDERS, Some(body(&[(lamp, 1)]))).await;
    let problem = without.problem(400, "INVALID_PARAMETER");
    assert_eq!(problem.errors[0].parameter.as_deref(), Some("Idempotency-Key"));
    for wrong in ["", " ", "two words", &"k".repeat(256)] {
        let bearer = ada.bearer();
        let headers = [("authorization", bearer.as_str()), (KEY, wrong)];
        let answer = app.request(Method::POST, ORDERS, &headers, Some(body(&[(lamp, 1)]))).await;
        answer.problem(400, "INVALID_PARAMETER");
    }
    assert_eq!(stock(&app, lamp).await, 10);
}

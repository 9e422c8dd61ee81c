//! The mails orders cause.

use openapi::Locale;
use reqwest::Method;
use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::{cancel, detail, order, pay, placed, product, refund, step};
use crate::support::TestApp;

#[tokio::test]
async fn customers_are_written_to_as_their_order_goes_on() {
    let app = TestApp::builder().with("PAYMENT_INSTRUCTIONS", "Transfer it to IT60 X054.").start().await;
    let lamp = product(&app, "Lamp <3", 1_000, 10).await;
    let (ada, admin) = (app.customer().await, app.admin().await);
    let order = placed(&order(&app, &ada, &[(lamp, 2)]).await).order;
    pay(&app, &admin, order.id).await.ok::<serde_json::Value>();
    step(&app, &admin, order.id, "PROCESSING").await.ok::<serde_json::Value>();
    let path = format!("/api/admin/orders/{}/status", order.id);
    let shipped = json!({"status": "SHIPPED", "trackingNumber": "1Z999"});
    detail(&app.by(&admin, Method::PATCH, &path, Some(shipped)).await);
    refund(&app, &admin, order.id, json!({})).await;

    // The first is that of the new account.
    let mails = app.mails_to(&ada.email, 4).await;
    let of = |subject: &str| {
        let found = mails.iter().find(|mail| mail.subject.starts_with(subject));
        found.unwrap_or_else(|| {
            panic!("{subject}: {:?}", mails.iter().map(|mail| &mail.subject).collect::<Vec<_>>())
        })
    };
    let placed = of(&format!("Your order {}", order.order_number));
    assert!(placed.subject.ends_with(&order.order_number), "{}", placed.subject);
    for told in ["2 × Lamp <3: 20.00 USD", "Shipping: 9.99 USD", "Tax: 2.00 USD", "Total: 31.99 USD"] {
        assert!(placed.text.contains(told), "{}", placed.text);
    }
    assert!(placed.html.contains("Lamp &lt;3"));
    for (path, many) in [("/orders", 1), ("/account/orders", 2)] {
        let page = format!("https://shop.test{path}/{}", order.order_number);
        assert_eq!(mails.iter().filter(|mail| mail.text.lines().any(|line| line == page)).count(), many);
    }
    assert!(of(&format!("Your order {} is on its way", order.order_number)).text.contains("1Z999"));
    assert!(of("A refund for your order").text.contains("31.99 USD"));

    let other = super::placed(&super::order(&app, &ada, &[(lamp, 1)]).await).order;
    let unpaid = app.mails_to(&ada.email, 5).await;
    assert!(unpaid.iter().any(|mail| mail.text.contains("Transfer it to IT60 X054.")));
    detail(&cancel(&app, &ada, other.id).await);
    let all = app.mails_to(&ada.email, 6).await;
    let off = all.iter().find(|mail| mail.subject.ends_with("was cancelled")).unwrap();
    assert!(off.text.contains("nothing will be charged"), "{}", off.text);
}

#[tokio::test]
async fn in_their_language() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let ada = app.customer().await;
    app.change_user(ada.id, |row| row.locale = Set(Some(Locale::It.as_str().to_owned()))).await;
    let id = placed(&order(&app, &ada, &[(lamp, 1)]).await).order.id;
    detail(&cancel(&app, &ada, id).await);
    let mails = app.mails_to(&ada.email, 3).await;
    for subject in ["Il tuo ordine ORD", "Il tuo ordine ORD"] {
        assert_eq!(mails.iter().filter(|mail| mail.subject.starts_with(subject)).count(), 2);
    }
    assert!(mails.iter().any(|mail| mail.text.contains("Spedizione: 9.99 USD")));
}

#[tokio::test]
async fn nobody_is_written_to_who_has_left() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let (ada, admin) = (app.customer().await, app.admin().await);
    let id = placed(&order(&app, &ada, &[(lamp, 1)]).await).order.id;
    app.mails_to(&ada.email, 2).await;
    let password = json!({"password": crate::support::PASSWORD});
    assert_eq!(app.by(&ada, Method::DELETE, "/api/auth/me", Some(password)).await.status.as_u16(), 204);
    let off = detail(&step(&app, &admin, id, "CANCELLED").await).order;
    assert_eq!((off.shipping_address.first_name.as_str(), off.shipping_address.country.as_str()), ("", "IT"));
    // The last one is the farewell.
    let mails = app.mails_to(&ada.email, 3).await;
    assert!(mails.iter().all(|mail| !mail.subject.contains("cancelled")));
}

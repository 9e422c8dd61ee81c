//! Who may do what: every operation of the spec, asked for by everybody there is.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{
    TestApp,
    requests::{Cast, furnish, operations},
    tokens::{Parts, SECRET, with_claim},
};

/// What each identity is answered.
type Answers = [u16; 7];

/// The owner comes last: what is deleted by then nobody else was refused for that reason.
const IDENTITIES: [&str; 7] =
    ["no token", "garbage", "expired", "other audience", "other customer", "admin", "owner"];

/// The same for everybody, who they are or say they are.
const fn everybody(status: u16) -> Answers {
    [status; 7]
}

/// Anybody, but not with a token that is no good.
const fn guest_or(status: u16) -> Answers {
    [status, 401, 401, 401, status, status, status]
}

/// Everybody who is signed in does this to what is their own.
const fn signed_in(status: u16) -> Answers {
    [401, 401, 401, 401, status, status, status]
}

/// Only the owner finds it.
const fn owner(status: u16) -> Answers {
    [401, 401, 401, 401, 404, 404, status]
}

const fn admin(status: u16) -> Answers {
    [401, 401, 401, 401, 403, status, 403]
}

/// What is to be answered. An operation without an entry here fails the test.
const DECLARED: &[(&str, Answers)] = &[
    ("health", everybody(200)),
    ("apiHealth", everybody(200)),
    ("ready", everybody(200)),
    ("metrics", everybody(200)),
    ("cacheMetrics", everybody(200)),
    ("openapi", everybody(200)),
    ("problems", everybody(200)),
    ("listCategories", everybody(200)),
    ("getCategory", everybody(200)),
    ("getCategoryTree", everybody(200)),
    ("listProducts", everybody(200)),
    ("getProduct", everybody(200)),
    ("listRelatedProducts", everybody(200)),
    ("search", everybody(200)),
    ("suggest", everybody(200)),
    ("listPopular", everybody(200)),
    ("getCart", guest_or(200)),
    ("addCartItem", guest_or(200)),
    ("changeCartItem", [404, 401, 401, 401, 404, 404, 200]),
    ("removeCartItem", [404, 401, 401, 401, 404, 404, 200]),
    ("clearCart", guest_or(200)),
    ("placeOrder", signed_in(201)),
    ("listOrders", signed_in(200)),
    ("getOrder", owner(200)),
    ("payOrder", owner(201)),
    ("cancelOrder", owner(200)),
    ("listAllOrders", admin(200)),
    ("readOrder", admin(200)),
    ("changeOrder", admin(200)),
    ("changeOrderStatus", admin(200)),
    ("refundOrder", admin(201)),
    ("register", everybody(201)),
    ("login", everybody(200)),
    // The cookie says who it is; here it is always the owner's.
    ("refresh", everybody(200)),
    ("forgotPassword", everybody(204)),
    // The link decides, not who follows it; this one leads nowhere.
    ("resetPassword", everybody(422)),
    ("verifyEmail", everybody(422)),
    ("resendVerification", signed_in(204)),
    ("logout", signed_in(204)),
    ("logoutAll", signed_in(204)),
    ("getMe", signed_in(200)),
    ("changeMe", signed_in(200)),
    ("eraseMe", signed_in(204)),
    ("exportMe", signed_in(200)),
    ("changePassword", signed_in(204)),
    ("listSessions", signed_in(200)),
    ("deleteSession", owner(204)),
    ("listAddresses", signed_in(200)),
    ("addAddress", signed_in(201)),
    ("getAddress", owner(200)),
    ("changeAddress", owner(200)),
    ("deleteAddress", owner(204)),
    ("listCustomers", admin(200)),
    ("getCustomer", admin(200)),
    ("changeCustomer", admin(200)),
    ("listAuditEntries", admin(200)),
    ("getStats", admin(200)),
    ("listAllCategories", admin(200)),
    ("createCategory", admin(201)),
    ("readCategory", admin(200)),
    ("changeCategory", admin(200)),
    ("deleteCategory", admin(204)),
    ("listSynonyms", admin(200)),
    ("createSynonym", admin(201)),
    ("readSynonym", admin(200)),
    ("changeSynonym", admin(200)),
    ("deleteSynonym", admin(204)),
    ("listAllProducts", admin(200)),
    ("createProduct", admin(201)),
    ("readProduct", admin(200)),
    ("changeProduct", admin(200)),
    ("deleteProduct", admin(204)),
    ("addVariant", admin(201)),
    ("changeVariant", admin(200)),
    ("deleteVariant", admin(204)),
    ("listStockMovements", admin(200)),
    ("adjustStock", admin(200)),
];

#[tokio::test]
async fn every_operation_answers_everybody_as_declared() {
    let app = TestApp::start().await;
    furnish(&app).await;
    // Somebody stays, whoever is erased below.
    app.admin().await;
    let spec: Value = app.get("/api/docs/openapi.json").await.ok();
    let declared: BTreeMap<_, _> = DECLARED.iter().copied().collect();
    let mut wrong = vec![];
    let mut cells = 0;
    for operation in operations(&spec) {
        let Some(expected) = declared.get(operation.id) else {
            panic!("say in DECLARED who may use {}", operation.id);
        };
        let (other, administrator) = (app.customer().await, app.admin().await);
        let cast = Cast::of(&app).await;
        for (identity, expected) in IDENTITIES.into_iter().zip(expected) {
            let now = app.clock.now().timestamp();
            let bearer = match identity {
                "no token" => None,
                "garbage" => Some("garbage".to_owned()),
                "expired" => Some(with_claim(&cast.owner.token, "exp", now)),
                "other audience" => Some(with_claim(&cast.owner.token, "aud", "another-api")),
                "owner" => Some(cast.owner.token.clone()),
                "other customer" => Some(other.token.clone()),
                _ => Some(administrator.token.clone()),
            };
            let answer = cast.make(&app, &cast.call(&operation), bearer.as_deref()).await;
            let status = answer.status.as_u16();
            if status != *expected {
                wrong.push(format!("{} by {identity}: {status} instead of {expected}", operation.id));
            }
            if status == 401 {
                assert!(answer.header("www-authenticate").starts_with("Bearer"), "{}", operation.id);
            }
            cells += 1;
        }
        let says_so = operation.spec["security"].is_array();
        assert_eq!(says_so, expected[1] == 401 || operation.id == "refresh", "{}", operation.id);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(cells, DECLARED.len() * IDENTITIES.len(), "an operation in DECLARED is gone");
}

#[tokio::test]
async fn forged_tokens_are_nobodys() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let me = async |token: String| {
        let headers = [("authorization", format!("Bearer {token}"))];
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        app.send(reqwest::Method::GET, "/api/auth/me", &headers).await
    };
    assert_eq!(me(Parts::of(&ada.token).sign(SECRET)).await.status.as_u16(), 200, "the forger's tools work");

    let mut none = Parts::of(&ada.token);
    none.header["alg"] = "none".into();
    let mut confused = Parts::of(&ada.token);
    confused.header["alg"] = "RS256".into();
    let mut stranger = Parts::of(&ada.token);
    stranger.header["kid"] = "ffffffffffff".into();
    let mut headless = Parts::of(&ada.token);
    headless.header.as_object_mut().unwrap().remove("kid");
    let now = app.clock.now().timestamp();
    for forged in [
        none.unsigned(),
        format!("{}.", none.unsigned()),
        none.sign(SECRET),
        confused.sign(SECRET),
        stranger.sign(SECRET),
        headless.sign(SECRET),
        Parts::of(&ada.token).sign("another secret altogether, 0123456"),
        with_claim(&ada.token, "aud", "another-api"),
        with_claim(&ada.token, "iss", "another shop"),
        with_claim(&ada.token, "nbf", now + 60),
        with_claim(&ada.token, "sid", uuid::Uuid::now_v7().to_string()),
        with_claim(&ada.token, "sub", uuid::Uuid::now_v7().to_string()),
    ] {
        let refused = me(forged.clone()).await;
        refused.problem(401, "UNAUTHORIZED");
        assert!(refused.header("www-authenticate").contains("invalid_token"), "{forged}");
    }
}

#[tokio::test]
async fn a_role_in_a_token_is_not_believed() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let promoted = with_claim(&ada.token, "role", "ADMIN");
    let headers = [("authorization", format!("Bearer {promoted}"))];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    app.send(reqwest::Method::GET, "/api/admin/customers", &headers).await.problem(403, "FORBIDDEN");
}

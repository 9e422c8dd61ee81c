//! A product in 2,000 variants takes as many statements as one in two.

use openapi::{Data, assortment::AdminProduct};
use reqwest::Method;
use serde_json::{Value, json};

use super::shop::{ALL, Shop, variant, wrong};
use crate::support::{Answer, sql};

const SIZES: usize = 20;
const COLOURS: usize = 100;

/// A product in so many sizes and colours.
fn fabric(shop: &Shop, name: &str, sizes: usize, colours: usize) -> Value {
    let (sizes, colours): (Vec<_>, Vec<_>) =
        ((0..sizes).map(|n| format!("S{n}")).collect(), (0..colours).map(|n| format!("C{n}")).collect());
    let mut variants = vec![];
    for size in &sizes {
        for colour in &colours {
            variants.push(json!({
                "sku": format!("{name}-{size}-{colour}"), "price": "19.90", "stock": 1,
                "options": {"size": size, "colour": colour},
            }));
        }
    }
    json!({
        "name": name, "categoryId": shop.shelf, "status": "ACTIVE", "variants": variants,
        "options": [{"name": "size", "values": sizes}, {"name": "colour", "values": colours}],
    })
}

/// How many statements it takes to make a product, read it, change a variant, remove it, add one, and give all
/// of them one more option.
async fn life(shop: &Shop, body: Value) -> Vec<usize> {
    let name = body["name"].as_str().unwrap().to_owned();
    let made = shop.try_make(body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let product = serde_json::from_slice::<Data<AdminProduct>>(&made.body).unwrap().data;
    let id = product.product.summary.id;
    let one = variant(&product, &format!("{name}-S1-C1")).id;
    let whole = shop.ask(Method::GET, &format!("{ALL}/{id}"), None).await;
    let changed = shop
        .change_variant(id, one, json!({"price": "5", "sku": format!("{name}-ONE"), "isDefault": true}))
        .await;
    let removed = shop.remove_variant(id, one).await;
    let added = shop
        .add(id, json!({"sku": format!("{name}-TWO"), "price": "1", "stock": 1, "options": {"size": "S1", "colour": "C1"}}))
        .await;
    let renamed = shop.change(id, json!({"name": format!("{name} again")})).await;
    let mut options = json!(product.product.summary.options);
    options.as_array_mut().unwrap().push(json!({"name": "cloth", "values": ["linen"]}));
    let chosen = shop.change(id, json!({"options": options})).await;
    let listed = shop.ask(Method::GET, ALL, None).await;
    let gone = shop.remove(id).await;
    [made, whole, changed, removed, added, renamed, chosen, listed, gone].iter().map(count).collect()
}

/// But for those by which search keeps its words, which depend on the words.
fn count(answer: &Answer) -> usize {
    assert!(answer.status.is_success(), "{}", answer.text());
    let all = sql::but_for_access(answer);
    assert!(all.len() <= 32, "{all:#?}");
    all.iter().filter(|statement| !statement.contains("\"search_")).count()
}

#[tokio::test]
async fn many_variants_take_no_more_statements_than_few() {
    let shop = Shop::open().await;
    let few = life(&shop, fabric(&shop, "FEW", 2, 2)).await;
    let many = life(&shop, fabric(&shop, "MANY", SIZES, COLOURS)).await;
    assert_eq!(many, few);
}

#[tokio::test]
async fn there_are_no_more_than_two_thousand() {
    let shop = Shop::open().await;
    let mut body = fabric(&shop, "MANY", SIZES, COLOURS);
    body["options"][0]["values"].as_array_mut().unwrap().push(json!("XXL"));
    let one_more = json!({"sku": "MORE", "price": "1", "options": {"size": "XXL", "colour": "C1"}});
    let made = shop.make(body.clone()).await;
    assert_eq!(made.product.variants.len(), 2_000);
    shop.add(made.product.summary.id, one_more.clone()).await.problem(409, "CONFLICT");
    assert_eq!(shop.read(made.product.summary.id).await, made);
    body["variants"].as_array_mut().unwrap().push(one_more);
    assert_eq!(wrong(&shop.try_make(body).await, 422, "VALIDATION_ERROR")[0].0, "/variants");
}

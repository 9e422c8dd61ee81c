//! Which answers each write makes out of date: exactly those it changes.

use api::{
    clock::IdSource,
    seed::{Seeder, demo},
};
use openapi::{Data, catalog::ProductDetail};
use serde_json::json;

use super::shop::{Shop, variant};

#[tokio::test]
async fn a_draft_is_nobodys_business() {
    let shop = Shop::open().await;
    let body = shop.lamp(json!({"options": [{"name": "size", "values": ["S", "M"]}],
        "variants": [{"sku": "S", "price": "1", "options": {"size": "S"}}]}));
    shop.outdated().await;
    let made = shop.make(body).await;
    let id = made.product.summary.id;
    let own = vec![format!("product:{id}")];
    assert_eq!(shop.outdated().await, own);
    for body in [json!({"name": "Other"}), json!({"slug": "other"}), json!({"status": "ARCHIVED"})] {
        assert_eq!(shop.change(id, body.clone()).await.status, 200);
        assert_eq!(shop.outdated().await, own, "{body}");
    }
    let medium = json!({"sku": "M", "price": "2", "options": {"size": "M"}});
    assert_eq!(shop.add(id, medium).await.status, 201);
    assert_eq!(shop.outdated().await, own);
    assert_eq!(shop.change(id, json!({"status": "ARCHIVED"})).await.status, 200);
    assert_eq!(shop.outdated().await, Vec::<String>::new(), "nothing changed");
    assert_eq!(shop.remove(id).await.status, 204);
    assert_eq!(shop.outdated().await, own);
}

#[tokio::test]
async fn what_shoppers_see_is_forgotten_where_they_see_it() {
    let shop = Shop::open().await;
    let above = shop.app.category("Above", None).await;
    let below = shop.app.category("Below", Some(above)).await;
    shop.outdated().await;
    let shirt = shop.shirt(&["S", "M"], &["red"]).await;
    let id = shirt.product.summary.id;
    let (own, shelf) = (format!("product:{id}"), format!("category:{}", shop.shelf));
    let mut lists = vec!["catalog".to_owned(), shelf.clone(), own.clone()];
    let mut all = vec!["assortment".to_owned(), "catalog".into(), shelf.clone(), own.clone()];
    lists.sort();
    all.sort();
    assert_eq!(shop.outdated().await, all, "made");

    let small = variant(&shirt, "SHIRT-S-RED").id;
    for (body, expected) in [
        (json!({"name": "Blouse"}), &lists),
        (json!({"isFeatured": true}), &lists),
        (json!({"slug": "blouse"}), &all),
        (
            json!({"options": [{"name": "size", "values": ["S", "M", "L"]}, {"name": "colour", "values": ["red"]}]}),
            &lists,
        ),
    ] {
        assert_eq!(shop.change(id, body.clone()).await.status, 200);
        assert_eq!(&shop.outdated().await, expected, "{body}");
    }
    for (body, expected) in
        [(json!({"price": "21"}), &lists), (json!({"isDefault": true}), &lists), (json!({"sku": "S"}), &all)]
    {
        // The first is the default already.
        let same = body.get("isDefault").is_some();
        assert_eq!(shop.change_variant(id, small, body.clone()).await.status, 200);
        let expected = if same { vec![] } else { expected.clone() };
        assert_eq!(shop.outdated().await, expected, "{body}");
    }
    let large = json!({"sku": "L", "price": "20", "options": {"size": "L", "colour": "red"}});
    assert_eq!(shop.add(id, large).await.status, 201);
    assert_eq!(shop.outdated().await, all, "added");
    let large = variant(&shop.read(id).await, "L").id;
    assert_eq!(shop.remove_variant(id, large).await.status, 204);
    assert_eq!(shop.outdated().await, all, "taken out");

    assert_eq!(shop.change(id, json!({"categoryId": below})).await.status, 200);
    let mut moved = all.clone();
    moved.extend([above, below].map(|category| format!("category:{category}")));
    moved.sort();
    assert_eq!(shop.outdated().await, moved, "where it was, and where it is");
    let mut gone: Vec<String> = moved.into_iter().filter(|tag| *tag != shelf).collect();
    gone.sort();
    assert_eq!(shop.change(id, json!({"status": "DRAFT"})).await.status, 200);
    assert_eq!(shop.outdated().await, gone, "hidden");
    assert_eq!(shop.change(id, json!({"status": "ACTIVE"})).await.status, 200);
    assert_eq!(shop.outdated().await, gone, "shown again");
    assert_eq!(shop.remove(id).await.status, 204);
    assert_eq!(shop.outdated().await, gone, "removed");
}

#[tokio::test]
async fn what_is_archived_leaves_the_lists() {
    let shop = Shop::open().await;
    let clock = shop.app.clock.shared();
    let ids = IdSource::new(clock.clone());
    demo::load(&Seeder::new(&shop.app.db, &clock, &ids)).await.unwrap();
    let sold: Data<ProductDetail> = shop.app.get("/api/catalog/products/iphone-15-pro").await.ok();
    shop.outdated().await;
    assert_eq!(shop.remove(sold.data.summary.id).await.status, 200);
    let mut expected: Vec<String> =
        sold.data.breadcrumbs.iter().map(|category| format!("category:{}", category.id)).collect();
    expected.extend(["assortment".into(), "catalog".into(), format!("product:{}", sold.data.summary.id)]);
    expected.sort();
    assert_eq!(shop.outdated().await, expected);
}

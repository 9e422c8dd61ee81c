//! The numbers of products that can be bought, which the database keeps: always those that counting would give.

use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::databases::{on_each_engine, rows};
use crate::shop::{expand, open};

/// Changes of products, each by itself.
const CHANGES: &[&str] = &[
    "UPDATE products SET status = 'ARCHIVED' WHERE id = #0211",
    "UPDATE products SET name = 'Old lamp' WHERE id = #0211",
    "UPDATE products SET status = 'ACTIVE' WHERE id = #0211",
    "UPDATE products SET category_id = #0201 WHERE id = #0211",
    "UPDATE products SET category_id = #0202, status = 'DRAFT' WHERE id = #0211",
    "UPDATE products SET category_id = #0201",
    "UPDATE products SET status = 'ACTIVE'",
    "INSERT INTO products (id, category_id, name, name_folded, slug, images, status, is_featured, price_from, \
     price_to, in_stock, on_sale, created_at, updated_at) VALUES \
     (#0213, #0201, 'Sofa', 'sofa', 'sofa', '[]', 'ACTIVE', FALSE, 1, 1, TRUE, FALSE, @, @), \
     (#0214, #0202, 'Rug', 'rug', 'rug', '[]', 'ACTIVE', FALSE, 1, 1, TRUE, FALSE, @, @), \
     (#0215, #0202, 'Vase', 'vase', 'vase', '[]', 'DRAFT', FALSE, 1, 1, TRUE, FALSE, @, @)",
    "UPDATE products SET category_id = (SELECT id FROM categories AS other WHERE other.id <> products.category_id)",
    "DELETE FROM products WHERE id IN (#0213, #0215)",
    "DELETE FROM products",
];

async fn kept(db: &DatabaseConnection) -> Vec<Vec<String>> {
    let counts = "SELECT CAST(slug AS TEXT), CAST(active AS TEXT) FROM product_counts \
         JOIN categories ON categories.id = category_id WHERE active > 0 ORDER BY slug";
    rows(db, counts, 2).await
}

async fn counted(db: &DatabaseConnection) -> Vec<Vec<String>> {
    let counts = "SELECT CAST(categories.slug AS TEXT), CAST(count(*) AS TEXT) FROM products \
         JOIN categories ON categories.id = category_id WHERE status = 'ACTIVE' \
         GROUP BY categories.slug ORDER BY categories.slug";
    rows(db, counts, 2).await
}

#[tokio::test]
async fn the_counts_are_those_that_counting_gives() {
    on_each_engine(async |db| {
        open(&db).await;
        assert_eq!(kept(&db).await, [["lamps", "2"]]);
        for change in CHANGES {
            db.execute_unprepared(&expand(change)).await.unwrap();
            assert_eq!(kept(&db).await, counted(&db).await, "after {change}");
        }
        assert!(kept(&db).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_change_that_is_taken_back_was_never_counted() {
    use sea_orm::TransactionTrait;
    on_each_engine(async |db| {
        open(&db).await;
        let transaction = db.begin().await.unwrap();
        transaction.execute_unprepared("UPDATE products SET status = 'ARCHIVED'").await.unwrap();
        transaction.rollback().await.unwrap();
        assert_eq!(kept(&db).await, [["lamps", "2"]]);
    })
    .await;
}

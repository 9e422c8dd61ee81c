//! What the application writes through the entities is what it reads, and what lists and cursors are ordered by.

use entity::{audit_log, category, idempotency_key, product, search_vocabulary};
use migration::{Migrator, MigratorTrait};
use sea_orm::prelude::*;
use sea_orm::{ActiveModelTrait, DatabaseConnection, ExprTrait, IntoActiveModel, QueryOrder};

use crate::databases::{is_postgres, on_each_engine, rows};

fn moment(text: &str) -> ChronoDateTimeUtc {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_row_comes_back_as_it_was_written() {
    on_each_engine(async |db| {
        Migrator::up(&db, None).await.unwrap();
        let now = moment("2026-11-20T12:00:00.123Z");
        let category = category::Model {
            id: Uuid::from_u128(1),
            parent_id: None,
            name: "Lámparas".to_owned(),
            name_folded: "lamparas".to_owned(),
            slug: "lamparas".to_owned(),
            description: None,
            image_url: None,
            is_active: true,
            sort_order: -1,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        write::<category::Entity>(&db, category.clone()).await;
        assert_eq!(only::<category::Entity>(&db).await, category);

        let product = product::Model {
            id: Uuid::from_u128(2),
            category_id: category.id,
            name: "Lamp".to_owned(),
            name_folded: "lamp".to_owned(),
            slug: "lamp".to_owned(),
            description: Some("It \"shines\"\n".to_owned()),
            image_url: None,
            images: Json::from(vec!["/a.svg", "/b.svg"]),
            status: product::ProductStatus::Active,
            is_featured: false,
            metadata: None,
            price_from: 1990,
            price_to: 9_007_199_254_740_993,
            in_stock: true,
            on_sale: false,
            version: 7,
            created_at: now,
            updated_at: moment("2026-11-20T12:00:01Z"),
        };
        write::<product::Entity>(&db, product.clone()).await;
        assert_eq!(only::<product::Entity>(&db).await, product);

        let answer = idempotency_key::Model {
            caller: "user:1".to_owned(),
            operation: "place_order".to_owned(),
            key: "k".to_owned(),
            request_hash: "h".to_owned(),
            status_code: 201,
            headers: Json::from(vec!["location", "/api/orders/1"]),
            body: vec![0, 159, 146, 150],
            created_at: now,
            expires_at: now,
        };
        write::<idempotency_key::Entity>(&db, answer.clone()).await;
        assert_eq!(only::<idempotency_key::Entity>(&db).await, answer);
    })
    .await;
}

async fn write<E>(db: &DatabaseConnection, row: E::Model)
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    E::insert(row.into_active_model().reset_all()).exec(db).await.unwrap();
}

async fn only<E: EntityTrait>(db: &DatabaseConnection) -> E::Model {
    let mut rows = E::find().all(db).await.unwrap();
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

#[tokio::test]
async fn a_cursor_walks_a_list_in_the_same_order_everywhere() {
    on_each_engine(async |db| {
        Migrator::up(&db, None).await.unwrap();
        // Whole seconds and fractions of them, equal moments, and ids against their order.
        let moments = ["12:00:01", "12:00:00.500", "12:00:00.500001", "12:00:00", "12:00:00.500"];
        for (n, time) in moments.into_iter().enumerate() {
            let id = Uuid::from_u128(n as u128);
            write::<audit_log::Entity>(&db, entry(id, moment(&format!("2026-11-20T{time}Z")))).await;
        }
        let mut cursor = (moment("2027-01-01T00:00:00Z"), Uuid::max());
        let mut walked = Vec::new();
        while let Some(next) = audit_log::Entity::find()
            .filter(
                Expr::tuple([Expr::col(audit_log::Column::CreatedAt), Expr::col(audit_log::Column::Id)])
                    .lt(Expr::tuple([Expr::val(cursor.0), Expr::val(cursor.1)])),
            )
            .order_by_desc(audit_log::COLUMN.created_at)
            .order_by_desc(audit_log::COLUMN.id)
            .one(&db)
            .await
            .unwrap()
        {
            cursor = (next.created_at, next.id);
            walked.push(next.id.as_u128());
        }
        assert_eq!(walked, [0, 2, 4, 1, 3]);
    })
    .await;
}

fn entry(id: Uuid, created_at: ChronoDateTimeUtc) -> audit_log::Model {
    audit_log::Model {
        id,
        actor_id: None,
        actor_email: None,
        action: "test".to_owned(),
        entity_type: "test".to_owned(),
        entity_id: None,
        before: None,
        after: None,
        request_id: None,
        ip: None,
        created_at,
    }
}

#[tokio::test]
async fn folded_columns_are_compared_by_their_bytes() {
    on_each_engine(async |db| {
        Migrator::up(&db, None).await.unwrap();
        if is_postgres(&db) {
            let sql =
                "SELECT table_name::text || '.' || column_name, coalesce(collation_name::text, 'default')
                FROM information_schema.columns WHERE table_schema = 'public'
                AND (column_name LIKE '%\\_folded' OR column_name = 'word'
                    OR table_name || '.' || column_name IN
                        ('search_documents.name', 'search_spellings.variant', 'search_tallies.query'))";
            let columns = rows(&db, sql, 2).await;
            assert_eq!(columns.len(), 12);
            for column in columns {
                assert_eq!(column[1], "C", "{}", column[0]);
            }
        }
        // A linguistic order would ignore the hyphen, the space and the case.
        for (n, word) in ["b", "a-c", "ab", "B", "a c", "é"].into_iter().enumerate() {
            let row =
                search_vocabulary::Model { word: word.to_owned(), frequency: i64::try_from(n).unwrap() };
            write::<search_vocabulary::Entity>(&db, row).await;
        }
        let sorted = search_vocabulary::Entity::find().order_by_asc(search_vocabulary::COLUMN.word);
        let words: Vec<String> = sorted.all(&db).await.unwrap().into_iter().map(|row| row.word).collect();
        assert_eq!(words, ["B", "a c", "a-c", "ab", "b", "é"]);
    })
    .await;
}

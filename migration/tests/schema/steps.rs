//! Up, down, and up again.

use migration::{Migrator, MigratorTrait, status};
use sea_orm::ConnectionTrait;

use crate::databases::{is_postgres, number, on_each_engine};
use crate::dump::dump;

#[tokio::test]
async fn up_twice_changes_nothing() {
    on_each_engine(async |db| {
        Migrator::up(&db, None).await.unwrap();
        let once = dump(&db).await;
        Migrator::up(&db, None).await.unwrap();
        assert_eq!(dump(&db).await, once);
        if !is_postgres(&db) {
            assert_eq!(number(&db, "SELECT count(*) FROM order_number_seq").await, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn down_leaves_nothing_and_up_again_gives_the_same() {
    on_each_engine(async |db| {
        Migrator::up(&db, None).await.unwrap();
        let first = dump(&db).await;
        assert!(first.len() > 70, "the dump sees only {} objects", first.len());
        Migrator::down(&db, None).await.unwrap();
        assert_eq!(dump(&db).await.into_keys().collect::<Vec<_>>(), Vec::<String>::new());
        Migrator::up(&db, None).await.unwrap();
        assert_eq!(dump(&db).await, first);
    })
    .await;
}

#[tokio::test]
async fn each_step_takes_back_exactly_what_it_made() {
    on_each_engine(async |db| {
        let mut before = Vec::new();
        for _ in Migrator::migrations() {
            Migrator::install(&db).await.unwrap();
            before.push(dump(&db).await);
            Migrator::up(&db, Some(1)).await.unwrap();
        }
        for expected in before.into_iter().rev() {
            Migrator::down(&db, Some(1)).await.unwrap();
            assert_eq!(dump(&db).await, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn the_status_names_what_is_applied_and_what_is_pending() {
    on_each_engine(async |db| {
        let fresh = status(&db).await.unwrap();
        assert_eq!((fresh.applied.len(), fresh.pending.len()), (0, Migrator::migrations().len()));
        Migrator::up(&db, Some(1)).await.unwrap();
        let one = status(&db).await.unwrap();
        assert_eq!(one.applied, ["m20261120_000001_accounts"]);
        assert_eq!(one.pending, fresh.pending[1..]);
        assert!(one.newer.is_empty());
        db.execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m2999_hats', 0)")
            .await
            .unwrap();
        let ahead = status(&db).await.unwrap();
        assert_eq!((ahead.applied, ahead.newer), (one.applied, vec!["m2999_hats".to_owned()]));
    })
    .await;
}

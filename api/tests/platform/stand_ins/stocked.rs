//! A shop full of goods, whose books are kept.

use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, PaginatorTrait};

use super::load::Tally;
use crate::{
    books::Books,
    program::Shop,
    support::{TestDatabase, connect, postgres_url},
};

/// More than anybody buys here.
const PIECES: u32 = 100_000;

/// A database of PostgreSQL, and the shop that made it.
pub struct Stocked {
    pub shop: Shop,
    pub database: TestDatabase,
    pub connection: DatabaseConnection,
    pub books: Books,
}

impl Stocked {
    /// Made by this shop; none where the tests run without PostgreSQL.
    pub async fn by(shop: impl FnOnce(&str) -> Shop) -> Option<Self> {
        postgres_url()?;
        let database = TestDatabase::empty().await;
        let shop = shop(&database.url);
        shop.run(&["migrate", "up"]).await.said();
        shop.run(&["seed", "--products", "60"]).await.said();
        let connection = connect(&database.url).await;
        for statement in [
            format!("UPDATE product_variants SET stock = {PIECES}"),
            "UPDATE products SET in_stock = true".to_owned(),
        ] {
            connection.execute_unprepared(&statement).await.unwrap();
        }
        let books = Books::of(&connection).await;
        Some(Self { shop, database, connection, books })
    }

    /// Fails unless nothing failed under this load, each order is there once, and the books are right.
    pub async fn suffered_nothing(self, what: &str, tally: &Tally) {
        #[expect(clippy::print_stdout, reason = "the numbers are what a rehearsal is for")]
        {
            println!("{what}: {tally}");
        }
        let first = tally.failures.iter().take(5).collect::<Vec<_>>();
        assert!(first.is_empty(), "{tally}: {first:#?}");
        let orders = entity::order::Entity::find().count(&self.connection).await.unwrap();
        assert_eq!(orders, tally.orders.len() as u64, "each order once");
        self.books.agree(&self.connection).await;
        self.connection.close().await.unwrap();
        self.database.drop().await;
    }
}

//! Keeping what products are found by as the products are.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use entity::{
    product::{self, ProductStatus},
    product_variant, search_document,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    engine::{self, Indexed},
    vocabulary,
    words::{ROOT, findable, words},
};
use crate::db::hold;

/// What documents are made of. Raise it when they are made of something else, or otherwise: then every server that starts
/// makes those anew that are of an older version.
pub(super) const VERSION: i32 = 1;
/// How many products are indexed at once.
pub(super) const BATCH: usize = 500;
/// The milliseconds of a date until the year 2109.
const MILLIS: i64 = (1 << 42) - 1;
/// How many bits of an id tell products apart that came at the same moment.
const TIE: u32 = 20;

/// Brings what these products are found by up to date. Whoever adds, changes or removes products (or their SKUs and prices)
/// calls this in the same transaction, after the change; those that are gone, or cannot be bought, are found no more. Where
/// only their availability has changed, [`note_availability`] does.
pub async fn reindex(transaction: &DatabaseTransaction, products: &[Uuid]) -> Result<(), DbErr> {
    let sorted: Vec<Uuid> = products.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    for batch in sorted.chunks(BATCH) {
        reindex_batch(transaction, batch).await?;
    }
    Ok(())
}

/// Writes down of products whose availability has changed, and nothing else, whether there are any.
pub(crate) async fn note_availability(
    transaction: &DatabaseTransaction,
    products: &[Uuid],
    is_in_stock: bool,
) -> Result<(), DbErr> {
    search_document::Entity::update_many()
        .col_expr(search_document::Column::InStock, Expr::value(is_in_stock))
        .filter(search_document::Column::ProductId.is_in(products.iter().copied()))
        .exec(transaction)
        .await
        .map(drop)
}

async fn reindex_batch(db: &DatabaseTransaction, products: &[Uuid]) -> Result<(), DbErr> {
    // Held until the transaction ends: whoever reindexes one of them at the same time sees what this one did.
    let held = hold(product::Entity::find())
        .filter(product::Column::Id.is_in(products.iter().copied()))
        .order_by_asc(product::Column::Id)
        .all(db)
        .await?;
    let mut skus = skus_of(db, products).await?;
    let before = engine::kept(db, products).await?;
    let numbers: Vec<i64> = before.values().map(|(number, _)| *number).collect();
    engine::remove(db, &numbers).await?;

    let active: Vec<product::Model> =
        held.into_iter().filter(|product| product.status == ProductStatus::Active).collect();
    let mut numbers = free_numbers(db, &active).await?;
    let documents: Vec<Indexed> = active
        .into_iter()
        .filter_map(|product| {
            let number = numbers.remove(&product.id)?;
            let skus = skus.remove(&product.id).unwrap_or_default();
            Some(indexed(product, number, &skus))
        })
        .collect();
    let mut changes = BTreeMap::new();
    count(&mut changes, before.values().map(|(_, words)| words.as_str()), -1);
    count(&mut changes, documents.iter().map(|indexed| indexed.words.as_str()), 1);
    engine::put(db, documents).await?;
    vocabulary::shift(db, changes).await
}

async fn skus_of(db: &impl ConnectionTrait, products: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>, DbErr> {
    let rows = product_variant::Entity::find()
        .select_only()
        .columns([product_variant::Column::ProductId, product_variant::Column::Sku])
        .filter(product_variant::Column::ProductId.is_in(products.iter().copied()))
        .into_tuple::<(Uuid, String)>()
        .all(db)
        .await?;
    let mut skus: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (product, sku) in rows {
        skus.entry(product).or_default().push(sku);
    }
    Ok(skus)
}

/// The numbers of documents to be: the further in front a product stands, the higher. Where two came at the same
/// moment their ids decide, and where those are alike, too, another part of them.
async fn free_numbers(
    db: &impl ConnectionTrait,
    products: &[product::Model],
) -> Result<HashMap<Uuid, i64>, DbErr> {
    let mut free = HashMap::new();
    let mut given = HashSet::new();
    let mut waiting: Vec<&product::Model> = products.iter().collect();
    // Hardly ever more than once.
    for attempt in 0.. {
        if waiting.is_empty() {
            break;
        }
        let taken: Vec<i64> = search_document::Entity::find()
            .select_only()
            .column(search_document::Column::Number)
            .filter(
                search_document::Column::Number.is_in(waiting.iter().map(|product| number(product, attempt))),
            )
            .into_tuple()
            .all(db)
            .await?;
        given.extend(taken);
        waiting.retain(|product| {
            let number = number(product, attempt);
            let is_free = given.insert(number);
            if is_free {
                free.insert(product.id, number);
            }
            !is_free
        });
    }
    Ok(free)
}

/// Featured before others, then the newest first.
fn number(product: &product::Model, attempt: u32) -> i64 {
    let millis = product.created_at.timestamp_millis().clamp(0, MILLIS);
    let part = product.id.as_u128().rotate_right(attempt * TIE) & ((1 << TIE) - 1);
    let tie = i64::try_from(part).unwrap_or_default();
    (i64::from(product.is_featured) << 62) | (millis << TIE) | tie
}

fn indexed(product: product::Model, number: i64, skus: &[String]) -> Indexed {
    let name_words = findable(&product.name);
    let mut all = name_words.clone();
    let others = skus.iter().map(String::as_str).chain(product.description.as_deref());
    all.extend(others.flat_map(findable));
    let joined = |words: BTreeSet<String>| words.into_iter().collect::<Vec<_>>().join(" ");
    Indexed {
        name_words: joined(name_words),
        words: joined(all),
        document: search_document::Model {
            number,
            product_id: product.id,
            version: VERSION,
            category_id: product.category_id,
            name: words(&product.name).join(" "),
            name_folded: product.name_folded,
            price_from: product.price_from,
            price_to: product.price_to,
            in_stock: product.in_stock,
            on_sale: product.on_sale,
            created_at: product.created_at,
        },
    }
}

/// Counts each word of each document once; roots are no words.
fn count<'a>(changes: &mut BTreeMap<String, i64>, documents: impl Iterator<Item = &'a str>, by: i64) {
    for word in documents.flat_map(|words| words.split(' ')) {
        if !word.is_empty() && !word.starts_with(ROOT) {
            *changes.entry(word.to_owned()).or_default() += by;
        }
    }
}

//! As many products as a measurement needs: realistic names, a few popular categories and many quiet ones, prices and
//! stock as in a real shop. The same on every machine: all that looks random comes from the product's number.

use std::{collections::HashMap, fmt};

use chrono::{DateTime, Duration, Utc};
use entity::{category, product::ProductStatus, product_variant};
use indicatif::{ProgressBar, ProgressStyle};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    SeedError, Seeder,
    words::{ADJECTIVES, DEPARTMENTS, MAKERS, MATERIALS, Shelf},
};
use crate::{
    assortment::{Arrival, ProductDraft, ProductRows, VariantDraft, slug_of},
    db::insert,
    search::{fold, reindex},
};

/// Products written in one transaction: long enough to be fast, short enough to let other writers in.
const BATCH: u32 = 2_000;
/// How the SKUs of synthetic products begin.
const SKU_PREFIX: &str = "SYN-";
/// When the first synthetic product came into the shop.
const EPOCH: DateTime<Utc> = DateTime::from_timestamp_nanos(1_672_531_200_000_000_000);

/// How many synthetic products there are, and how many of them are new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stocked {
    pub total: u64,
    pub added: u32,
}

impl fmt::Display for Stocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "added {} synthetic products, there are {} now", self.added, self.total)
    }
}

/// Tops the shop up to this many synthetic products.
pub async fn load(seeder: &Seeder<'_>, wanted: u32) -> Result<Stocked, SeedError> {
    let synthetic = product_variant::Entity::find()
        .filter(product_variant::Column::Sku.starts_with(SKU_PREFIX))
        .filter(product_variant::Column::IsDefault.eq(true));
    let present = synthetic.clone().count(seeder.db.reader()).await?;
    let missing = wanted.saturating_sub(u32::try_from(present).unwrap_or(u32::MAX));
    if missing == 0 {
        return Ok(Stocked { total: present, added: 0 });
    }
    // Some may have been taken out again: what is new follows the last one there is.
    let last = synthetic.order_by_desc(product_variant::Column::Sku).one(seeder.db.reader()).await?;
    let first = last.and_then(|last| number_in(&last.sku)).map_or(0, |number| number + 1);
    let shelves = shelves(seeder).await?;
    let progress = ProgressBar::new(u64::from(missing)).with_style(
        ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} products, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let (mut next, end) = (first, first + missing);
    while next < end {
        let batch_end = end.min(next + BATCH);
        let mut rows = ProductRows::default();
        for number in next..batch_end {
            add(&mut rows, seeder, &shelves, number);
        }
        let transaction = seeder.db.begin().await?;
        reindex(&transaction, &rows.insert(&transaction).await?).await?;
        transaction.commit().await?;
        progress.inc(u64::from(batch_end - next));
        next = batch_end;
    }
    seeder.db.analyze().await?;
    progress.finish_and_clear();
    Ok(Stocked { total: wanted.into(), added: missing })
}

/// The number of the product with this SKU.
fn number_in(sku: &str) -> Option<u32> {
    sku.strip_prefix(SKU_PREFIX)?.parse().ok()
}

/// The categories products are put into, made where they are missing.
async fn shelves(seeder: &Seeder<'_>) -> Result<Vec<(Uuid, &'static Shelf)>, SeedError> {
    let transaction = seeder.db.begin().await?;
    let mut known: HashMap<String, Uuid> = category::Entity::find()
        .all(&transaction)
        .await?
        .into_iter()
        .map(|category| (category.slug, category.id))
        .collect();
    let mut shelves = Vec::new();
    for (place, department) in (10..).zip(DEPARTMENTS) {
        let above = category_named(seeder, &transaction, &mut known, department.name, None, place).await?;
        for (place, shelf) in (1..).zip(department.shelves) {
            let id = category_named(seeder, &transaction, &mut known, shelf.name, Some(above), place).await?;
            shelves.push((id, shelf));
        }
    }
    transaction.commit().await?;
    Ok(shelves)
}

async fn category_named(
    seeder: &Seeder<'_>,
    db: &DatabaseTransaction,
    known: &mut HashMap<String, Uuid>,
    name: &str,
    parent_id: Option<Uuid>,
    sort_order: i32,
) -> Result<Uuid, SeedError> {
    let slug = slug(name);
    if let Some(id) = known.get(&slug) {
        return Ok(*id);
    }
    let row = category::Model {
        id: seeder.ids.at(EPOCH),
        parent_id,
        name: name.to_owned(),
        name_folded: fold(name),
        slug: slug.clone(),
        description: None,
        image_url: None,
        is_active: true,
        sort_order,
        version: 1,
        created_at: EPOCH,
        updated_at: EPOCH,
    };
    let id = row.id;
    insert::all::<category::Entity>(db, vec![row]).await?;
    known.insert(slug, id);
    Ok(id)
}

fn add(rows: &mut ProductRows, seeder: &Seeder<'_>, shelves: &[(Uuid, &'static Shelf)], number: u32) {
    let mut dice = Dice::of(number);
    // A few shelves hold most of the shop: the lower of two throws, twice.
    let shelf = dice.below(shelves.len()).min(dice.below(shelves.len())).min(dice.below(shelves.len()));
    let (category_id, shelf) = shelves[shelf];
    let (adjective, material, maker) = (dice.pick(ADJECTIVES), dice.pick(MATERIALS), dice.pick(MAKERS));
    let thing = dice.pick(shelf.things);
    let name = format!("{maker} {adjective} {material} {thing} {number}");
    let price = price(shelf, &mut dice);
    let compare_at = (dice.percent() < 15).then(|| price + price / 4);
    let description =
        format!("{adjective} {} by {maker}, made of {}.", thing.to_lowercase(), material.to_lowercase());
    // Now and then several come in at the same moment, as in an import.
    let moment = if number % 50 < 3 { number - number % 50 } else { number };
    let created_at = EPOCH + Duration::minutes(i64::from(moment) * 10);

    let has_sizes = !shelf.sizes.is_empty() && dice.percent() < 40;
    let sizes: Vec<&str> = if has_sizes { shelf.sizes.to_vec() } else { vec![""] };
    let variants = (0..)
        .zip(&sizes)
        .map(|(place, size)| VariantDraft {
            sku: if place == 0 {
                format!("{SKU_PREFIX}{number:07}")
            } else {
                format!("{SKU_PREFIX}{number:07}-{size}")
            },
            price,
            compare_at,
            stock: if dice.percent() < 10 {
                0
            } else {
                i32::try_from(dice.below(500)).unwrap_or_default() + 1
            },
            chosen: has_sizes.then(|| ("size".to_owned(), (*size).to_owned())).into_iter().collect(),
            is_default: place == 0,
        })
        .collect();
    let draft = ProductDraft {
        category_id,
        slug: slug(&name),
        name,
        description: Some(description),
        image_url: Some(format!("/illustrations/generic/{}.svg", number % 8 + 1)),
        images: vec![],
        status: if dice.percent() < 2 { ProductStatus::Archived } else { ProductStatus::Active },
        is_featured: dice.percent() < 1,
        metadata: None,
        options: if has_sizes {
            vec![("size".to_owned(), sizes.iter().map(ToString::to_string).collect())]
        } else {
            vec![]
        },
    };
    rows.add(seeder.ids, Arrival { at: created_at, by: None }, draft, variants);
}

/// Cheap things are many, dear ones few; every price ends in 9.
fn price(shelf: &Shelf, dice: &mut Dice) -> i64 {
    let (cheapest, dearest) = shelf.prices;
    let span = usize::try_from((dearest - cheapest) / 100).unwrap_or_default() + 1;
    let steps = dice.below(span).min(dice.below(span));
    cheapest + i64::try_from(steps).unwrap_or_default() * 100 + 99
}

/// Every synthetic name makes one.
fn slug(name: &str) -> String {
    slug_of(name).map(String::from).unwrap_or_default()
}

/// Numbers that look random and are the same every time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn of(number: u32) -> Self {
        Self(u64::from(number))
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or_default()
    }

    fn percent(&mut self) -> usize {
        self.below(100)
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_synthetic_name_makes_a_slug() {
        for name in
            DEPARTMENTS.iter().flat_map(|department| department.shelves.iter().map(|shelf| shelf.name))
        {
            assert!(openapi::Slug::try_from(slug(name).as_str()).is_ok(), "{name}");
        }
    }
}

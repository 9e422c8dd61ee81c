//! What is asked: of both shops the same, or what is found in each of them.

use openapi::{
    Data, Meta, Page,
    catalog::{ProductDetail, ProductSummary},
    search::SearchPage,
};

use crate::{failure::Failure, shop::Server};

/// Products on a page.
const LIMIT: usize = 20;
/// Products on a page when a whole list is walked through: as many as the API hands out.
const STRIDE: usize = 100;
/// How many products and pages of a shop are asked for, evenly spread over all of it.
const SPREAD: u32 = 200;

/// What somebody has typed who is typing a word.
const BEGUN: [&str; 12] =
    ["he", "ste", "wal", "key", "mo", "pu", "chess", "alderb", "bri", "linen la", "oak ta", "compact cam"];
/// Words that stand in the names of about a hundred products of 100,000 at most.
const RARE: [&str; 10] = [
    "puzzle",
    "chess",
    "sketchbook",
    "planner",
    "journal",
    "fountain",
    "pencil",
    "kettlebell",
    "pannier",
    "dumbbell",
];
/// How they are misspelt: a letter too many, too few, another one, or two swapped.
const RARE_MISSPELT: [&str; 10] = [
    "puzzel",
    "chesss",
    "skechbook",
    "plannner",
    "jurnal",
    "fountian",
    "pensil",
    "ketlebell",
    "panier",
    "dumbell",
];
/// How words are misspelt that stand in the names of hundreds or thousands.
const FREQUENT_MISSPELT: [&str; 10] = [
    "headpones",
    "keybaord",
    "camrea",
    "montior",
    "alumnium",
    "walnutt",
    "ergonomik",
    "waterprof",
    "alderbrok",
    "kestral",
];

/// The product list as everybody sees it first.
pub(super) fn list() -> String {
    format!("/api/catalog/products?limit={LIMIT}")
}

pub(super) fn begun() -> Vec<String> {
    BEGUN.map(suggestions_for).into()
}

pub(super) fn misspelt_rare() -> Vec<String> {
    RARE_MISSPELT.map(search_for).into()
}

pub(super) fn misspelt_frequent() -> Vec<String> {
    FREQUENT_MISSPELT.map(search_for).into()
}

/// Rare words; and the numbers at the end of some products' names, where nothing else in a shop of this size begins so.
pub(super) fn rare(slugs: &[String], products: u32) -> Vec<String> {
    let is_long = |number: &&str| number.parse().is_ok_and(|number: u32| number >= products.div_ceil(10));
    let numbers: Vec<_> = slugs.iter().filter_map(|slug| slug.rsplit('-').next()).filter(is_long).collect();
    let some = numbers.iter().copied().step_by(numbers.len().div_ceil(RARE.len()).max(1));
    RARE.into_iter().chain(some).map(search_for).collect()
}

pub(super) fn search_for(words: &str) -> String {
    format!("/api/search?q={}", words.replace(' ', "+"))
}

pub(super) fn suggestions_for(words: &str) -> String {
    format!("/api/search/suggest?q={}", words.replace(' ', "+"))
}

pub(super) fn product_page(slug: &str) -> String {
    format!("/api/catalog/products/{slug}")
}

/// The slugs of products from all over a shop of this size.
pub(super) fn slugs(server: &Server, products: u32) -> Result<Vec<String>, Failure> {
    let client = server.client().past_limits();
    let mut slugs = vec![];
    for place in 0..SPREAD.min(products) {
        let number = u64::from(place) * u64::from(products) / u64::from(SPREAD.min(products));
        let reply = client.get(&product_page(&format!("SYN-{number:07}")))?;
        // A few have been archived.
        if reply.status != 404 {
            slugs.push(reply.expect(200)?.json::<Data<ProductDetail>>()?.data.summary.slug);
        }
    }
    Ok(slugs)
}

/// Pages of the list from all over it, reached by cursor.
pub(super) fn pages(server: &Server) -> Result<Vec<String>, Failure> {
    let mut cursors = vec![String::new()];
    while let Some(cursor) = next(server, cursors.last().map_or("", |cursor| cursor))? {
        cursors.push(cursor);
    }
    let kept = cursors.iter().step_by(cursors.len().div_ceil(SPREAD as usize).max(1));
    Ok(kept.map(|cursor| format!("{}&cursor={cursor}", list())).collect())
}

fn next(server: &Server, cursor: &str) -> Result<Option<String>, Failure> {
    let path = format!("/api/catalog/products?limit={STRIDE}&cursor={cursor}");
    let page: Page<ProductSummary> = server.get(&path)?.json()?;
    Ok(match page.meta {
        Meta::Cursor(meta) => meta.next_cursor,
        Meta::Numbered(_) => None,
    })
}

/// How many products a search finds, and whether it took a word for another.
pub(super) fn found(server: &Server, path: &str) -> Result<(u64, bool), Failure> {
    let page: SearchPage = server.get(path)?.json()?;
    let total = match page.meta {
        Meta::Numbered(meta) => meta.total,
        Meta::Cursor(_) => 0,
    };
    Ok((total, page.data.corrected_query.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_are_words_and_some_products_own_numbers() {
        let slugs: Vec<String> = (0..200).map(|number| format!("fjordline-oak-tote-bag-{number}")).collect();
        let paths = rare(&slugs, 200);
        assert_eq!(paths[..2], ["/api/search?q=puzzle", "/api/search?q=chess"]);
        assert_eq!(paths[10..12], ["/api/search?q=20", "/api/search?q=38"], "2 is the beginning of 20");
        assert_eq!(paths.len(), 20);
        assert_eq!(rare(&[], 200).len(), 10);
    }

    #[test]
    fn words_are_asked_for_as_a_form_does() {
        assert_eq!(suggestions_for("oak ta"), "/api/search/suggest?q=oak+ta");
    }
}

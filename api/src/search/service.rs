//! The rules of searching and suggesting.

use entity::category;
use openapi::{
    Currency, Meta, Money,
    catalog::Category,
    paging::{DEFAULT_LIMIT, NumberedMeta},
    search::{
        Facets, MAX_CATEGORIES_BESIDE_PRODUCTS, SearchFindings, SearchKind, SearchPage, SearchQuery,
        SearchSort, SuggestQuery, SuggestedCategory, SuggestedProduct, Suggestions,
    },
};
use sea_orm::DbErr;
use uuid::Uuid;

use super::{
    bands::{Bands, Counts},
    categories,
    engine::Among,
    found::{self, Filter, Slice},
    question::Question,
};
use crate::{
    catalog::{CategoryTree, PriceRange, present_category, summaries_of},
    state::AppState,
};

/// How many products are suggested unless told otherwise.
const SUGGESTED: u32 = 5;
/// How many categories are suggested.
const SUGGESTED_CATEGORIES: usize = 3;
/// Where more is found than this, suggestions are made among those that stand furthest in front: so that they come as fast
/// in a large shop as in a small one.
const FURTHEST_IN_FRONT: u64 = 1_000;

/// One page of what is found. Eight statements at most, however much that is: the categories, synonyms, known words
/// (twice where one is unknown), the counts, the page, its products and their options.
pub(super) async fn search(
    state: &AppState,
    query: &SearchQuery,
    prices: PriceRange,
) -> Result<SearchPage, DbErr> {
    let db = state.db.reader();
    let tree = CategoryTree::load(db).await?;
    let (page, limit) = (query.page.unwrap_or(1), query.limit.unwrap_or(DEFAULT_LIMIT));
    let text = query.q.trim();
    let Some(question) = Question::understand(db, text, &tree).await? else {
        return Ok(nothing(text, page, limit));
    };
    let filter = Filter {
        scope: tree.scope(query.category_id, query.category.as_deref()),
        prices,
        in_stock: query.in_stock,
        on_sale: query.on_sale,
    };
    let slice = Slice {
        sort: query.sort.unwrap_or_default(),
        offset: u64::from(page - 1) * u64::from(limit),
        limit: limit.into(),
    };
    let kind = query.kind.unwrap_or_default();
    let (mut total, mut products, mut facets) = (0, Vec::new(), Facets::default());
    if kind != SearchKind::Categories {
        let counts = counts(state, &question, &filter, &tree).await?;
        (total, facets) = (counts.total, counts.facets);
        if slice.offset < total {
            let ids = found::page(db, &question, &filter, &slice, Among::All).await?;
            products = summaries_of(state, &ids, &tree).await?;
        }
    }
    let named = match kind {
        SearchKind::Products => Vec::new(),
        SearchKind::All | SearchKind::Categories => categories::matching(&tree, &question),
    };
    let categories = if kind == SearchKind::Categories {
        total = u64::try_from(named.len()).unwrap_or_default();
        let offset = usize::try_from(slice.offset).unwrap_or(usize::MAX);
        named.into_iter().skip(offset).take(limit as usize).collect()
    } else {
        named.into_iter().take(MAX_CATEGORIES_BESIDE_PRODUCTS).collect::<Vec<_>>()
    };
    Ok(SearchPage {
        data: SearchFindings {
            query: question.text,
            corrected_query: question.corrected,
            products,
            categories: presented(&tree, categories),
            facets,
        },
        meta: Meta::Numbered(NumberedMeta::new(page, limit, total)),
    })
}

/// What is found by nothing but blanks and signs.
fn nothing(text: &str, page: u32, limit: u32) -> SearchPage {
    SearchPage {
        data: SearchFindings {
            query: text.to_owned(),
            corrected_query: None,
            products: Vec::new(),
            categories: Vec::new(),
            facets: Facets::default(),
        },
        meta: Meta::Numbered(NumberedMeta::new(page, limit, 0)),
    }
}

async fn counts(
    state: &AppState,
    question: &Question,
    filter: &Filter,
    tree: &CategoryTree,
) -> Result<Counts, DbErr> {
    let bands = Bands::of(state.config.shop.currency);
    let groups = found::groups(state.db.reader(), question, filter, &bands).await?;
    Ok(bands.count(&groups, filter.scope.as_deref(), tree))
}

/// Categories with how full they are.
fn presented(tree: &CategoryTree, categories: Vec<&category::Model>) -> Vec<Category> {
    let counts = tree.counts();
    categories.into_iter().map(|category| present_category(category, &counts)).collect()
}

/// What somebody who has typed this far may mean. Five statements, and one more each for a word nobody knows, and for a
/// word that is all over the shop and not among what stands furthest in front.
pub(super) async fn suggest(state: &AppState, query: &SuggestQuery) -> Result<Suggestions, DbErr> {
    let db = state.db.reader();
    let tree = CategoryTree::load(db).await?;
    let Some(question) = Question::understand(db, &query.q, &tree).await? else {
        return Ok(Suggestions::default());
    };
    let limit = u64::from(query.limit.unwrap_or(SUGGESTED));
    let ids = best(state, &question, limit).await?;
    let products = found::products(db, &ids).await?;
    let named = categories::matching(&tree, &question).into_iter().take(SUGGESTED_CATEGORIES);
    Ok(Suggestions {
        products: products.iter().map(|row| card(row, state.config.shop.currency)).collect(),
        categories: named
            .map(|row| SuggestedCategory { id: row.id, name: row.name.clone(), slug: row.slug.clone() })
            .collect(),
        corrected_query: question.corrected,
    })
}

async fn best(state: &AppState, question: &Question, limit: u64) -> Result<Vec<Uuid>, DbErr> {
    let db = state.db.reader();
    let filter = Filter::default();
    let slice = Slice { sort: SearchSort::Relevance, offset: 0, limit };
    if question.expected > i64::try_from(FURTHEST_IN_FRONT).unwrap_or(i64::MAX) {
        let first = found::page(db, question, &filter, &slice, Among::First(FURTHEST_IN_FRONT)).await?;
        if u64::try_from(first.len()).unwrap_or_default() == limit {
            return Ok(first);
        }
    }
    found::page(db, question, &filter, &slice, Among::All).await
}

/// Just enough of a product to choose it.
pub(super) fn card(row: &entity::product::Model, currency: Currency) -> SuggestedProduct {
    SuggestedProduct {
        id: row.id,
        name: row.name.clone(),
        slug: row.slug.clone(),
        image_url: row.image_url.clone(),
        price: Money::from_minor(row.price_from, currency),
        currency: currency.code().to_owned(),
    }
}

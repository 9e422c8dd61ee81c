//! The rules of the catalogue: what is visible, how the pieces make an answer, and what that depends on.

use entity::product;
use openapi::{
    Currency, Meta, Page, Sku, Slug,
    catalog::{Category, CategoryDetail, CategoryNode, ProductDetail, ProductListQuery, ProductSummary},
};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{
    listing::Listing,
    present,
    queries::{self, ProductRow},
    tags,
    tree::CategoryTree,
};
use crate::{cache::Loaded, db::paging::PageRequest, state::AppState};

/// How many related products are listed unless told otherwise.
const RELATED: u32 = 4;

/// All visible categories, siblings in their order.
pub(super) async fn categories(state: &AppState) -> Result<Vec<Category>, DbErr> {
    let tree = CategoryTree::load(state.db.reader()).await?;
    let counts = tree.counts();
    Ok(tree.visible().map(|category| present::category(category, &counts)).collect())
}

/// All visible categories, as the tree they are.
pub(super) async fn category_tree(state: &AppState) -> Result<Vec<CategoryNode>, DbErr> {
    Ok(present::forest(categories(state).await?))
}

/// One visible category.
pub(super) async fn category(state: &AppState, key: &str) -> Result<Option<CategoryDetail>, DbErr> {
    let tree = CategoryTree::load(state.db.reader()).await?;
    let Some(category) = tree.find_visible(key) else {
        return Ok(None);
    };
    let counts = tree.counts();
    Ok(Some(CategoryDetail {
        category: present::category(category, &counts),
        parent: tree.parent(category).map(present::category_ref),
        children: tree.visible_children(category.id).map(|child| present::category(child, &counts)).collect(),
        breadcrumbs: present::breadcrumbs(&tree.way_to(category.id)),
    }))
}

/// One page of the products that can be bought. Three statements: the categories with how many products there are, the
/// page, and its options; one more to count the pages where only some products of a category are wanted.
pub(super) async fn products(
    state: &AppState,
    query: &ProductListQuery,
    listing: &Listing,
) -> Result<(Page<ProductSummary>, Vec<String>), DbErr> {
    let db = state.db.reader();
    let tree = CategoryTree::load(db).await?;
    let scope = tree.scope(query.category_id, query.category.as_deref());
    let (rows, meta) = page(db, listing, scope.as_deref(), &tree).await?;
    let page = Page { data: summaries(state, rows, &tree).await?, meta };
    Ok((page, tree.list_depends_on(query.category_id, query.category.as_deref())))
}

/// One page of a list, within these categories if any are named, and where it lies.
pub(crate) async fn page(
    db: &impl ConnectionTrait,
    listing: &Listing,
    categories: Option<&[Uuid]>,
    tree: &CategoryTree,
) -> Result<(Vec<ProductRow>, Meta), DbErr> {
    let mut rows = queries::list(db, listing, categories).await?;
    let total = match listing.page {
        PageRequest::Numbered { .. } if listing.is_all_there_is() => Some(tree.count_in(categories)),
        PageRequest::Numbered { .. } => Some(queries::count(db, listing, categories).await?),
        PageRequest::After { .. } => None,
    };
    let meta = listing.page.finish(&mut rows, total, |row| listing.cursor_after(&row.product));
    Ok((rows, meta))
}

/// What a list shows of these products.
pub(crate) async fn summaries(
    state: &AppState,
    rows: Vec<ProductRow>,
    tree: &CategoryTree,
) -> Result<Vec<ProductSummary>, DbErr> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.product.id).collect();
    let mut options = queries::options_of(state.db.reader(), &ids).await?;
    let summary = |row: ProductRow| {
        let options = options.remove(&row.product.id).unwrap_or_default();
        present::summary(row, options, tree, state.config.shop.currency)
    };
    Ok(rows.into_iter().map(summary).collect())
}

/// What a list shows of these products, in this order. Two statements, none for no products.
pub(crate) async fn summaries_of(
    state: &AppState,
    ids: &[Uuid],
    tree: &CategoryTree,
) -> Result<Vec<ProductSummary>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = queries::with_ids(state.db.reader(), ids).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.product.id));
    summaries(state, rows, tree).await
}

/// What stands near a product: in its own category, then in everything below the same parent. Five statements at most.
pub(super) async fn related(
    state: &AppState,
    id: Uuid,
    limit: Option<u32>,
) -> Result<Loaded<Vec<ProductSummary>>, DbErr> {
    let db = state.db.reader();
    let limit = limit.unwrap_or(RELATED);
    let Some(product) = queries::find_active(db, id).await? else {
        return Ok(absent());
    };
    let tree = CategoryTree::load(db).await?;
    let mut rows = queries::newest_in(db, &[product.category_id], id, limit).await?;
    let parent = tree.get(product.category_id).and_then(|category| category.parent_id);
    let around = parent.and_then(|parent| tree.scope(Some(parent), None)).unwrap_or_default();
    let missing = limit.saturating_sub(u32::try_from(rows.len()).unwrap_or(limit));
    if missing > 0 && !around.is_empty() {
        let others: Vec<Uuid> = around.into_iter().filter(|other| *other != product.category_id).collect();
        rows.extend(queries::newest_in(db, &others, id, missing).await?);
    }
    // A product that leaves its category, or the shop, changes the lists of everything above it too.
    let tags = vec![tags::category(parent.unwrap_or(product.category_id)), tags::CATEGORIES.to_owned()];
    Ok(Loaded { value: Some(summaries(state, rows, &tree).await?), tags })
}

/// One product that can be bought, found by id, else by slug, else by SKU.
pub(super) async fn product(state: &AppState, key: &str) -> Result<Loaded<ProductDetail>, DbErr> {
    let db = state.db.reader();
    let (slug, sku) = (Slug::try_from(key).ok(), Sku::try_from(key).ok());
    let mut found = match (Uuid::try_parse(key), &slug) {
        (Ok(id), _) => queries::find_active(db, id).await?,
        (Err(_), Some(slug)) => queries::find_active_by_slug(db, slug.as_str()).await?,
        (Err(_), None) => None,
    };
    let mut tags = vec![tags::CATEGORIES.to_owned()];
    if let (None, Some(sku)) = (&found, &sku) {
        found = queries::find_active_by_sku(db, sku.as_str()).await?;
        // Another product may come to have this as its slug.
        tags.push(tags::ASSORTMENT.to_owned());
    }
    let Some(product) = found else {
        return Ok(absent());
    };
    tags.push(tags::product(product.id));
    Ok(Loaded { value: detail(db, state.config.shop.currency, product).await?, tags })
}

/// There is no such product, until what can be bought changes.
fn absent<T>() -> Loaded<T> {
    Loaded { value: None, tags: vec![tags::ASSORTMENT.to_owned()] }
}

/// All there is to show of a product.
pub(crate) async fn detail(
    db: &impl ConnectionTrait,
    currency: Currency,
    product: product::Model,
) -> Result<Option<ProductDetail>, DbErr> {
    let variants = queries::variants_of(db, product.id).await?;
    // Only a product that was taken away in this moment has none.
    let Some(default) = variants.first() else {
        return Ok(None);
    };
    let stock = default.stock.into();
    let options = queries::options_of(db, &[product.id]).await?.remove(&product.id).unwrap_or_default();
    let tree = CategoryTree::load(db).await?;
    let breadcrumbs = present::breadcrumbs(&tree.way_to(product.category_id));
    let row = ProductRow {
        sku: default.sku.clone(),
        price: default.price,
        compare_at: default.compare_at,
        product,
    };
    Ok(Some(ProductDetail {
        stock,
        summary: present::summary(row, options, &tree, currency),
        variants: variants.into_iter().map(|variant| present::variant(variant, currency)).collect(),
        breadcrumbs,
    }))
}

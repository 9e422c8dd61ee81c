//! Lists of products, whatever their status.

use entity::product::{self, Column};
use openapi::{
    Page, Sku,
    assortment::{AdminProductListQuery, AdminProductSummary},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, UnionType},
};

use super::{AssortmentError, products::status};
use crate::{
    catalog::{self, CategoryTree, Listing, flag, product_with_sku},
    search::fold,
    state::AppState,
};

/// One page of the products there are. Four statements at most, three by cursor.
pub(super) async fn list(
    state: &AppState,
    query: &AdminProductListQuery,
) -> Result<Page<AdminProductSummary>, AssortmentError> {
    let db = state.db.reader();
    let sort = query.sort.unwrap_or_default();
    let listing = Listing::new(query.page, query.cursor.as_deref(), query.limit, sort, filter(query))?;
    let tree = CategoryTree::load(db).await?;
    let scope: Option<Vec<_>> = query.category_id.map(|id| tree.at_and_below(id).into_iter().collect());
    let (rows, meta) = catalog::page(db, &listing, scope.as_deref(), &tree).await?;
    let versions: Vec<i64> = rows.iter().map(|row| row.product.version).collect();
    let summaries = catalog::summaries(state, rows, &tree).await?;
    let row = |(product, version)| AdminProductSummary { product, version };
    Ok(Page { data: summaries.into_iter().zip(versions).map(row).collect(), meta })
}

fn filter(query: &AdminProductListQuery) -> Condition {
    Condition::all()
        .add_option(query.status.map(|wanted| Column::Status.eq(status(wanted))))
        .add_option(query.in_stock.map(|wanted| flag(Column::InStock, wanted)))
        .add_option(query.q.as_deref().map(is_called))
}

/// Has a name that begins like this, or a variant with this SKU. A range and a value, each of which an index serves.
fn is_called(text: &str) -> Condition {
    let begins = fold(text);
    let mut ids = product::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::NameFolded.gte(begins.as_str()))
        .filter(Column::NameFolded.lt(format!("{begins}{}", char::MAX)))
        .into_query();
    if let Ok(sku) = Sku::try_from(text.trim()) {
        let id = Expr::col((product::Entity, Column::Id));
        let with_sku = product::Entity::find().select_only().column(Column::Id);
        ids.union(UnionType::Distinct, with_sku.filter(id.eq(product_with_sku(&sku))).into_query());
    }
    Condition::all().add(Expr::col((product::Entity, Column::Id)).in_subquery(ids))
}

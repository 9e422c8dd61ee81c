//! What a list of products was asked for, in terms of the database: conditions, an order, a page.

use entity::product::{self, Column};
use openapi::{
    Currency, Sku,
    catalog::{ProductListQuery, ProductSort},
};
use sea_orm::{
    ColumnTrait, Condition, Order,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use uuid::Uuid;

use super::{CatalogError, prices::PriceRange, queries::product_with_sku};
use crate::db::paging::{Cursor, CursorError, PageRequest, Sort, SortKey};

/// What a list of products was asked for.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(super) page: PageRequest,
    pub(super) sort: Sort,
    column: Column,
    sort_name: String,
    filter: Condition,
    is_filtered: bool,
}

impl Listing {
    /// What shoppers ask for: only what can be bought.
    pub(super) fn of_shoppers(query: &ProductListQuery, currency: Currency) -> Result<Self, CatalogError> {
        let filter = filter(query, currency)?;
        let sort = query.sort.unwrap_or_default();
        let listing = Self::new(query.page, query.cursor.as_deref(), query.limit, sort, filter)?;
        Ok(Self { is_filtered: is_filtered(query), ..listing })
    }

    /// A page of the products for which a condition holds, in this order.
    pub(crate) fn new(
        page: Option<u32>,
        cursor: Option<&str>,
        limit: Option<u32>,
        sort: ProductSort,
        filter: Condition,
    ) -> Result<Self, CursorError> {
        let (column, order) = match sort {
            ProductSort::NameAscending => (Column::NameFolded, Order::Asc),
            ProductSort::NameDescending => (Column::NameFolded, Order::Desc),
            ProductSort::PriceAscending => (Column::PriceFrom, Order::Asc),
            ProductSort::PriceDescending => (Column::PriceFrom, Order::Desc),
            ProductSort::Oldest => (Column::CreatedAt, Order::Asc),
            ProductSort::Newest => (Column::CreatedAt, Order::Desc),
        };
        // The name a cursor carries: any text that tells the orders apart.
        let sort_name = format!("{sort:?}");
        Ok(Self {
            page: PageRequest::new(page, cursor, limit, &sort_name)?,
            sort: Sort::by((product::Entity, column), (product::Entity, Column::Id), order),
            column,
            sort_name,
            filter,
            is_filtered: true,
        })
    }

    /// Whether nothing but their category narrows down the products that can be bought: then the tree of categories knows how many there are.
    pub(super) fn is_all_there_is(&self) -> bool {
        !self.is_filtered
    }

    /// The condition on products, within these categories if any are named.
    pub(super) fn condition(&self, categories: Option<&[Uuid]>) -> Condition {
        self.filter.clone().add_option(categories.map(|ids| Column::CategoryId.is_in(ids.iter().copied())))
    }

    pub(super) fn cursor_after(&self, last: &product::Model) -> Cursor {
        let key = match self.column {
            Column::NameFolded => SortKey::Text(last.name_folded.clone()),
            Column::PriceFrom => SortKey::Number(last.price_from),
            _ => SortKey::Time(last.created_at),
        };
        Cursor::after(&self.sort_name, key, last.id)
    }
}

fn is_filtered(query: &ProductListQuery) -> bool {
    let ProductListQuery {
        page: _,
        cursor: _,
        limit: _,
        sort: _,
        category_id: _,
        category: _,
        min_price,
        max_price,
        featured,
        in_stock,
        on_sale,
        sku,
    } = query;
    [min_price, max_price, sku].iter().any(|text| text.is_some())
        || [featured, in_stock, on_sale].iter().any(|flag| flag.is_some())
}

fn filter(query: &ProductListQuery, currency: Currency) -> Result<Condition, CatalogError> {
    let prices = PriceRange::parse(query.min_price.as_deref(), query.max_price.as_deref(), currency)?;
    let id = Expr::col((product::Entity, Column::Id));
    let sku = query.sku.as_deref().and_then(|text| Sku::try_from(text).ok());
    Ok(Condition::all()
        .add(Column::Status.eq(product::ProductStatus::Active))
        // A product is in the range when it can be bought for a price in it: from its cheapest to its dearest variant.
        .add_option(prices.min.map(|min| Column::PriceTo.gte(min)))
        .add_option(prices.max.map(|max| Column::PriceFrom.lte(max)))
        .add_option(query.featured.map(|wanted| flag(Column::IsFeatured, wanted)))
        .add_option(query.on_sale.map(|wanted| flag(Column::OnSale, wanted)))
        .add_option(query.in_stock.map(|wanted| flag(Column::InStock, wanted)))
        .add_option(sku.map(|sku| id.eq(product_with_sku(&sku)))))
}

/// `is_featured` rather than `is_featured = ?`: only then can the planner see that a partial index serves.
pub(crate) fn flag(column: Column, wanted: bool) -> SimpleExpr {
    let is_set = Expr::col((product::Entity, column));
    if wanted { is_set } else { is_set.not() }
}

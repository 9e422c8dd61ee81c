//! What can be read from the catalog.

use std::{any::Any, rc::Rc};

use openapi::{
    Data, Page,
    catalog::{Category, ProductDetail, ProductListQuery, ProductSummary},
};

use uuid::Uuid;

use super::{Resource, parts};
use crate::domain::address::encoded;

/// All categories, flat.
pub(crate) fn categories() -> Resource<Data<Vec<Category>>> {
    Resource::new("/api/catalog/categories")
}

/// One page of products.
pub(crate) fn products(query: &ProductListQuery) -> Resource<Page<ProductSummary>> {
    // A struct of plain fields always has a query form.
    let query = serde_urlencoded::to_string(query).unwrap_or_default();
    Resource::new(format!("/api/catalog/products?{query}"))
}

/// One product, by what its address calls it.
pub(crate) fn product(slug: &str) -> Resource<Data<ProductDetail>> {
    Resource::read_by(format!("/api/catalog/products/{}", encoded(slug)), |answer| {
        answer.read(parts::product).map(|product| Rc::new(product) as Rc<dyn Any>)
    })
}

/// What stands near a product.
pub(crate) fn related(product: Uuid) -> Resource<Data<Vec<ProductSummary>>> {
    Resource::new(format!("/api/catalog/products/{product}/related"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapi::catalog::ProductSort;

    #[test]
    fn a_query_is_written_as_the_contract_names_it() {
        let query = ProductListQuery {
            page: Some(2),
            limit: Some(12),
            sort: Some(ProductSort::PriceDescending),
            on_sale: Some(true),
            ..Default::default()
        };
        assert_eq!(
            products(&query).question().url(),
            "/api/catalog/products?page=2&limit=12&sort=-price&onSale=true"
        );
    }

    #[test]
    fn whatever_stands_in_the_address_bar_stays_one_path_segment() {
        assert_eq!(product("mug").question().url(), "/api/catalog/products/mug");
        assert_eq!(product("a/../b?c d").question().url(), "/api/catalog/products/a%2F..%2Fb%3Fc%20d");
    }
}

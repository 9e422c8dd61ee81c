//! The state of the product list, which is its URL.

use openapi::{
    Slug,
    catalog::{ProductListQuery, ProductSort},
    paging::MAX_PAGE,
};

/// How many products a page may have, smallest (and default) first.
pub(crate) const PAGE_SIZES: [u32; 3] = [12, 24, 48];

/// Every order, default first.
pub(crate) const SORTS: [ProductSort; 5] = [
    ProductSort::Newest,
    ProductSort::PriceAscending,
    ProductSort::PriceDescending,
    ProductSort::NameAscending,
    ProductSort::NameDescending,
];

/// What the list shows. Anything unknown or out of bounds in a URL is as if it were not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listing {
    pub(crate) page: u32,
    pub(crate) limit: u32,
    pub(crate) sort: ProductSort,
    /// The slug of a category.
    pub(crate) category: Option<String>,
    pub(crate) featured: bool,
    pub(crate) on_sale: bool,
    pub(crate) in_stock: bool,
}

/// Something that narrows the list down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filter {
    Category,
    Featured,
    OnSale,
    InStock,
}

impl Default for Listing {
    fn default() -> Self {
        Self {
            page: 1,
            limit: PAGE_SIZES[0],
            sort: SORTS[0],
            category: None,
            featured: false,
            on_sale: false,
            in_stock: false,
        }
    }
}

impl Listing {
    /// Reads a URL's query, with or without its question mark.
    pub(crate) fn from_query(query: &str) -> Self {
        let mut listing = Self::default();
        // Each pair is read on its own with the contract's own type, so that one bad pair spoils no other.
        for pair in query.trim_start_matches('?').split('&') {
            let Ok(asked) = serde_urlencoded::from_str::<ProductListQuery>(pair) else {
                continue;
            };
            if let Some(page) = asked.page.filter(|page| (1..=MAX_PAGE).contains(page)) {
                listing.page = page;
            }
            if let Some(limit) = asked.limit.filter(|limit| PAGE_SIZES.contains(limit)) {
                listing.limit = limit;
            }
            if let Some(sort) = asked.sort.filter(|sort| SORTS.contains(sort)) {
                listing.sort = sort;
            }
            if let Some(category) = asked.category.filter(|slug| Slug::try_from(slug.as_str()).is_ok()) {
                listing.category = Some(category);
            }
            listing.featured |= asked.featured == Some(true);
            listing.on_sale |= asked.on_sale == Some(true);
            listing.in_stock |= asked.in_stock == Some(true);
        }
        listing
    }

    /// The shortest query that says the same.
    pub(crate) fn to_query(&self) -> String {
        let default = Self::default();
        let asked = ProductListQuery {
            page: Some(self.page).filter(|page| *page != default.page),
            limit: Some(self.limit).filter(|limit| *limit != default.limit),
            sort: Some(self.sort).filter(|sort| *sort != default.sort),
            ..self.filters_only()
        };
        serde_urlencoded::to_string(asked).unwrap_or_default()
    }

    /// What the API is asked.
    pub(crate) fn to_api(&self) -> ProductListQuery {
        ProductListQuery {
            page: Some(self.page),
            limit: Some(self.limit),
            sort: Some(self.sort),
            ..self.filters_only()
        }
    }

    fn filters_only(&self) -> ProductListQuery {
        ProductListQuery {
            category: self.category.clone(),
            featured: self.featured.then_some(true),
            on_sale: self.on_sale.then_some(true),
            in_stock: self.in_stock.then_some(true),
            ..ProductListQuery::default()
        }
    }

    /// The query of a link to everything in a category.
    pub(crate) fn of_category(slug: &str) -> String {
        Self::default().in_category(Some(slug)).to_query()
    }

    /// The same list, another page of it.
    pub(crate) fn at_page(&self, page: u32) -> Self {
        Self { page, ..self.clone() }
    }

    /// The same products in another order, from the start.
    pub(crate) fn sorted(&self, sort: ProductSort) -> Self {
        Self { sort, ..self.at_page(1) }
    }

    /// The same products on longer or shorter pages, from the start.
    pub(crate) fn with_limit(&self, limit: u32) -> Self {
        Self { limit, ..self.at_page(1) }
    }

    /// Another category's products, from the start.
    pub(crate) fn in_category(&self, slug: Option<&str>) -> Self {
        Self { category: slug.map(ToOwned::to_owned), ..self.at_page(1) }
    }

    /// With a filter set or taken away, from the start. A category is only ever taken away here.
    pub(crate) fn with_filter(&self, filter: Filter, is_set: bool) -> Self {
        let mut next = self.at_page(1);
        match filter {
            Filter::Category => next.category = None,
            Filter::Featured => next.featured = is_set,
            Filter::OnSale => next.on_sale = is_set,
            Filter::InStock => next.in_stock = is_set,
        }
        next
    }

    /// Without any filter, from the start, in the same order.
    pub(crate) fn without_filters(&self) -> Self {
        Self { limit: self.limit, sort: self.sort, ..Self::default() }
    }

    /// Whether a filter is set.
    pub(crate) fn has(&self, filter: Filter) -> bool {
        match filter {
            Filter::Category => self.category.is_some(),
            Filter::Featured => self.featured,
            Filter::OnSale => self.on_sale,
            Filter::InStock => self.in_stock,
        }
    }

    /// The filters that are set.
    pub(crate) fn filters(&self) -> Vec<Filter> {
        [Filter::Category, Filter::InStock, Filter::OnSale, Filter::Featured]
            .into_iter()
            .filter(|filter| self.has(*filter))
            .collect()
    }
}

/// How the API and the URL write an order.
pub(crate) fn sort_code(sort: ProductSort) -> String {
    let query = ProductListQuery { sort: Some(sort), ..ProductListQuery::default() };
    let written = serde_urlencoded::to_string(query).unwrap_or_default();
    written.trim_start_matches("sort=").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everything() -> Listing {
        Listing {
            page: 3,
            limit: 24,
            sort: ProductSort::PriceDescending,
            category: Some("mens-clothing".into()),
            featured: true,
            on_sale: true,
            in_stock: true,
        }
    }

    #[test]
    fn a_shared_link_restores_everything() {
        let query = everything().to_query();
        assert_eq!(
            query,
            "page=3&limit=24&sort=-price&category=mens-clothing&featured=true&inStock=true&onSale=true"
        );
        assert_eq!(Listing::from_query(&query), everything());
        assert_eq!(Listing::from_query(&format!("?{query}")), everything());
    }

    #[test]
    fn defaults_do_not_clutter_the_address() {
        assert_eq!(Listing::default().to_query(), "");
        assert_eq!(Listing::from_query(""), Listing::default());
        assert_eq!(Listing::from_query("?page=1&limit=12&sort=-createdAt"), Listing::default());
    }

    #[test]
    fn nonsense_is_ignored_and_spoils_nothing_else() {
        let listing = Listing::from_query(
            "?page=0&page=x&limit=13&limit=&sort=colour&category=No+Slug&featured=yes&utm_source=x&&=&%FF&onSale=true&page=100001",
        );
        let expected = Listing { on_sale: true, ..Listing::default() };
        assert_eq!(listing, expected);
    }

    #[test]
    fn the_api_is_always_asked_for_a_numbered_page_of_a_known_length() {
        let asked = Listing::default().to_api();
        assert_eq!((asked.page, asked.limit), (Some(1), Some(12)));
        assert_eq!(asked.featured, None);
        assert_eq!(everything().to_api().category.as_deref(), Some("mens-clothing"));
    }

    #[test]
    fn whatever_changes_the_list_starts_at_its_first_page() {
        let listing = everything();
        assert_eq!(listing.sorted(ProductSort::Newest).page, 1);
        assert_eq!(listing.with_limit(48).page, 1);
        assert_eq!(listing.in_category(None).page, 1);
        assert_eq!(listing.with_filter(Filter::OnSale, false).page, 1);
        assert_eq!(listing.at_page(2).page, 2);
    }

    #[test]
    fn filters_come_and_go_one_by_one_or_all_at_once() {
        let listing = everything();
        assert_eq!(listing.filters().len(), 4);
        for filter in listing.filters() {
            let without = listing.with_filter(filter, false);
            assert!(!without.has(filter));
            assert_eq!(without.filters().len(), 3);
        }
        let cleared = listing.without_filters();
        assert_eq!(cleared.filters(), []);
        assert_eq!((cleared.limit, cleared.sort), (24, ProductSort::PriceDescending));
    }

    #[test]
    fn an_order_is_written_as_in_the_contract() {
        assert_eq!(sort_code(ProductSort::PriceDescending), "-price");
        assert_eq!(sort_code(ProductSort::Newest), "-createdAt");
    }
}

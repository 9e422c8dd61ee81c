//! The state of a list of products, which is its URL.

mod address;
mod amount;
mod order;

use openapi::search::SearchSort;

pub(crate) use address::words;
pub(crate) use amount::Amount;
pub(crate) use order::sort_code;

/// How many products a page may have, smallest (and default) first.
pub(crate) const PAGE_SIZES: [u32; 3] = [12, 24, 48];

/// What the list shows. Anything unknown or out of bounds in a URL is as if it were not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listing {
    pub(crate) place: Place,
    /// What is searched for.
    pub(crate) words: Option<String>,
    pub(crate) page: u32,
    pub(crate) limit: u32,
    /// Nothing where it is the usual order.
    sort: Option<SearchSort>,
    /// The slug of a category.
    pub(crate) category: Option<String>,
    pub(crate) min_price: Option<Amount>,
    pub(crate) max_price: Option<Amount>,
    pub(crate) featured: bool,
    pub(crate) on_sale: bool,
    pub(crate) in_stock: bool,
}

/// On which page a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// That of all products, where a category is one of the filters.
    Products,
    /// Its category's own.
    Category,
}

/// Something that narrows the list down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filter {
    Category,
    Price,
    Featured,
    OnSale,
    InStock,
}

impl Default for Listing {
    fn default() -> Self {
        Self {
            place: Place::Products,
            words: None,
            page: 1,
            limit: PAGE_SIZES[0],
            sort: None,
            category: None,
            min_price: None,
            max_price: None,
            featured: false,
            on_sale: false,
            in_stock: false,
        }
    }
}

impl Listing {
    /// Everything that is found by these words.
    pub(crate) fn searching(words: &str) -> Self {
        Self { words: Some(words.to_owned()), ..Self::default() }
    }

    /// Every order on offer, the usual one first.
    pub(crate) const fn sorts(&self) -> &'static [SearchSort] {
        order::sorts(self.words.is_some())
    }

    /// The order it stands in.
    pub(crate) fn sort(&self) -> SearchSort {
        self.sort.unwrap_or(self.sorts()[0])
    }

    /// The same list, another page of it.
    pub(crate) fn at_page(&self, page: u32) -> Self {
        Self { page, ..self.clone() }
    }

    /// The same products in another order, from the start.
    pub(crate) fn sorted(&self, sort: SearchSort) -> Self {
        let sort = Some(sort).filter(|sort| *sort != self.sorts()[0]);
        Self { sort, ..self.at_page(1) }
    }

    /// The same products on longer or shorter pages, from the start.
    pub(crate) fn with_limit(&self, limit: u32) -> Self {
        Self { limit, ..self.at_page(1) }
    }

    /// Another category's products, from the start; those of every category stand on no category's page.
    pub(crate) fn in_category(&self, slug: Option<&str>) -> Self {
        let place = if slug.is_some() { self.place } else { Place::Products };
        Self { place, category: slug.map(ToOwned::to_owned), ..self.at_page(1) }
    }

    /// What costs this much, from the start. Prices given the wrong way round are turned round.
    pub(crate) fn between(&self, min: Option<Amount>, max: Option<Amount>) -> Self {
        let is_wrong_way = min.as_ref().zip(max.as_ref()).is_some_and(|(min, max)| min.exceeds(max));
        let (min_price, max_price) = if is_wrong_way { (max, min) } else { (min, max) };
        Self { min_price, max_price, ..self.at_page(1) }
    }

    /// With a filter set or taken away, from the start. Category and price are only ever taken away here.
    pub(crate) fn with_filter(&self, filter: Filter, is_set: bool) -> Self {
        let mut next = self.at_page(1);
        match filter {
            Filter::Category => next.category = None,
            Filter::Price => (next.min_price, next.max_price) = (None, None),
            Filter::Featured => next.featured = is_set,
            Filter::OnSale => next.on_sale = is_set,
            Filter::InStock => next.in_stock = is_set,
        }
        next
    }

    /// Without any filter, from the start, in the same place and order.
    pub(crate) fn without_filters(&self) -> Self {
        self.filters().into_iter().fold(self.at_page(1), |listing, filter| listing.with_filter(filter, false))
    }

    /// Whether a filter is set.
    pub(crate) fn has(&self, filter: Filter) -> bool {
        match filter {
            Filter::Category => self.category.is_some() && self.place == Place::Products,
            Filter::Price => self.min_price.is_some() || self.max_price.is_some(),
            Filter::Featured => self.featured,
            Filter::OnSale => self.on_sale,
            Filter::InStock => self.in_stock,
        }
    }

    /// The filters that are set.
    pub(crate) fn filters(&self) -> Vec<Filter> {
        [Filter::Category, Filter::Price, Filter::InStock, Filter::OnSale, Filter::Featured]
            .into_iter()
            .filter(|filter| self.has(*filter))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn everything() -> Listing {
        Listing {
            page: 3,
            limit: 24,
            sort: Some(SearchSort::PriceDescending),
            category: Some("mens-clothing".into()),
            min_price: Amount::parse("9.90"),
            max_price: Amount::parse("100"),
            featured: true,
            on_sale: true,
            in_stock: true,
            ..Listing::default()
        }
    }

    #[test]
    fn whatever_changes_the_list_starts_at_its_first_page() {
        let listing = everything();
        assert_eq!(listing.sorted(SearchSort::Newest).page, 1);
        assert_eq!(listing.with_limit(48).page, 1);
        assert_eq!(listing.in_category(None).page, 1);
        assert_eq!(listing.between(None, None).page, 1);
        assert_eq!(listing.with_filter(Filter::OnSale, false).page, 1);
        assert_eq!(listing.at_page(2).page, 2);
    }

    #[test]
    fn filters_come_and_go_one_by_one_or_all_at_once() {
        let listing = everything();
        assert_eq!(listing.filters().len(), 5);
        for filter in listing.filters() {
            let without = listing.with_filter(filter, false);
            assert!(!without.has(filter));
            assert_eq!(without.filters().len(), 4);
        }
        let cleared = listing.without_filters();
        assert_eq!(cleared.filters(), []);
        assert_eq!((cleared.limit, cleared.sort()), (24, SearchSort::PriceDescending));
    }

    #[test]
    fn a_categorys_own_page_keeps_its_category_whatever_is_taken_away() {
        let page = Listing { in_stock: true, ..Listing::on_page_of("books", "") };
        assert_eq!(page.filters(), [Filter::InStock]);
        assert_eq!(page.without_filters(), Listing::on_page_of("books", ""));
        assert_eq!(
            page.in_category(Some("toys")),
            Listing { in_stock: true, ..Listing::on_page_of("toys", "") }
        );
        assert_eq!(page.in_category(None), Listing { in_stock: true, ..Listing::default() });
    }

    #[test]
    fn the_usual_order_depends_on_whether_something_is_searched_for() {
        assert_eq!(Listing::default().sort(), SearchSort::Newest);
        assert_eq!(Listing::searching("mug").sort(), SearchSort::Relevance);
        let newest = Listing::searching("mug").sorted(SearchSort::Newest);
        assert_eq!(newest.sort(), SearchSort::Newest);
        assert_eq!(newest.sorted(SearchSort::Relevance), Listing::searching("mug"));
    }
}

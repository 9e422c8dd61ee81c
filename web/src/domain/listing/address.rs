//! A list's way into an address and out of it, and into what the API is asked.

use openapi::{Slug, catalog::ProductListQuery, paging::MAX_PAGE, search::SearchQuery};

use super::{Amount, Listing, PAGE_SIZES, Place, order::product_sort, sort_code};

/// The longest text that is searched for.
const MAX_WORDS: usize = 200;

impl Listing {
    /// Reads the query of the page of all products, with or without its question mark.
    pub(crate) fn from_query(query: &str) -> Self {
        Self::read(query, Self::default())
    }

    /// Reads the query of a category's own page.
    pub(crate) fn on_page_of(slug: &str, query: &str) -> Self {
        Self::read(query, Self { place: Place::Category, category: Some(slug.to_owned()), ..Self::default() })
    }

    fn read(query: &str, mut listing: Self) -> Self {
        let query = query.trim_start_matches('?');
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let is_fixed = listing.place == Place::Category;
        let mut sort = None;
        for (name, value) in pairs {
            let number = value.parse::<u32>().ok();
            let is_set = value == "true";
            match name.as_str() {
                "q" if !is_fixed => listing.words = words(&value),
                "page" => {
                    listing.page =
                        number.filter(|page| (1..=MAX_PAGE).contains(page)).unwrap_or(listing.page);
                }
                "limit" => {
                    listing.limit =
                        number.filter(|limit| PAGE_SIZES.contains(limit)).unwrap_or(listing.limit);
                }
                "sort" => sort = Some(value),
                "category" if !is_fixed && Slug::try_from(value.as_str()).is_ok() => {
                    listing.category = Some(value);
                }
                "minPrice" => listing.min_price = Amount::parse(&value).or(listing.min_price),
                "maxPrice" => listing.max_price = Amount::parse(&value).or(listing.max_price),
                "featured" => listing.featured |= is_set,
                "onSale" => listing.on_sale |= is_set,
                "inStock" => listing.in_stock |= is_set,
                _ => {}
            }
        }
        // What else was found is no matter of what the shop puts forward.
        listing.featured &= listing.words.is_none();
        let page = listing.page;
        let asked = listing.sorts().iter().find(|offered| sort.as_deref() == Some(sort_code(**offered)));
        let sort = asked.copied().unwrap_or_else(|| listing.sort());
        listing.sorted(sort).between(listing.min_price.clone(), listing.max_price.clone()).at_page(page)
    }

    /// The shortest query that says the same.
    pub(crate) fn to_query(&self) -> String {
        let default = Self::default();
        let number = |number: u32, usual: u32| (number != usual).then(|| number.to_string());
        let flag = |is_set: bool| is_set.then(|| "true".to_owned());
        let amount = |amount: &Option<Amount>| amount.as_ref().map(|amount| amount.as_str().to_owned());
        let pairs = [
            ("q", self.words.clone()),
            ("page", number(self.page, default.page)),
            ("limit", number(self.limit, default.limit)),
            ("sort", self.sort.map(|sort| sort_code(sort).to_owned())),
            ("category", self.category.clone().filter(|_| self.place == Place::Products)),
            ("minPrice", amount(&self.min_price)),
            ("maxPrice", amount(&self.max_price)),
            ("featured", flag(self.featured)),
            ("inStock", flag(self.in_stock)),
            ("onSale", flag(self.on_sale)),
        ];
        let pairs: Vec<_> = pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    }

    /// What the catalog is asked when nothing is searched for.
    pub(crate) fn to_catalog(&self) -> ProductListQuery {
        ProductListQuery {
            page: Some(self.page),
            limit: Some(self.limit),
            sort: Some(product_sort(self.sort())),
            category: self.category.clone(),
            min_price: self.min_price.as_ref().map(|amount| amount.as_str().to_owned()),
            max_price: self.max_price.as_ref().map(|amount| amount.as_str().to_owned()),
            featured: self.featured.then_some(true),
            in_stock: self.in_stock.then_some(true),
            on_sale: self.on_sale.then_some(true),
            ..ProductListQuery::default()
        }
    }

    /// What the search is asked, if something is searched for.
    pub(crate) fn to_search(&self) -> Option<SearchQuery> {
        Some(SearchQuery {
            q: self.words.clone()?,
            page: Some(self.page),
            limit: Some(self.limit),
            sort: Some(self.sort()),
            category: self.category.clone(),
            min_price: self.min_price.as_ref().map(|amount| amount.as_str().to_owned()),
            max_price: self.max_price.as_ref().map(|amount| amount.as_str().to_owned()),
            in_stock: self.in_stock.then_some(true),
            on_sale: self.on_sale.then_some(true),
            ..SearchQuery::default()
        })
    }
}

/// What somebody typed, as far as it can be searched for.
pub(crate) fn words(typed: &str) -> Option<String> {
    let spaced: String =
        typed.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(MAX_WORDS).collect();
    let words = spaced.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use openapi::{catalog::ProductSort, search::SearchSort};

    use super::*;
    use crate::domain::listing::tests::everything;

    #[test]
    fn a_shared_link_restores_everything() {
        let query = everything().to_query();
        assert_eq!(
            query,
            "page=3&limit=24&sort=-price&category=mens-clothing&minPrice=9.9&maxPrice=100&featured=true&inStock=true&onSale=true"
        );
        assert_eq!(Listing::from_query(&query), everything());
        assert_eq!(Listing::from_query(&format!("?{query}")), everything());
    }

    #[test]
    fn a_search_and_a_categorys_page_are_restored_as_well() {
        let search = Listing::searching("caffè & tè").sorted(SearchSort::Newest);
        assert_eq!(search.to_query(), "q=caff%C3%A8+%26+t%C3%A8&sort=-createdAt");
        assert_eq!(Listing::from_query(&search.to_query()), search);
        let page = Listing { in_stock: true, ..Listing::on_page_of("books", "") };
        assert_eq!(page.to_query(), "inStock=true");
        assert_eq!(Listing::on_page_of("books", "q=x&category=toys&inStock=true"), page);
    }

    #[test]
    fn defaults_do_not_clutter_the_address() {
        assert_eq!(Listing::default().to_query(), "");
        assert_eq!(Listing::from_query(""), Listing::default());
        assert_eq!(Listing::from_query("?page=1&limit=12&sort=-createdAt&q=+"), Listing::default());
        assert_eq!(Listing::from_query("q=mug&sort=relevance").to_query(), "q=mug");
    }

    #[test]
    fn nonsense_is_ignored_and_spoils_nothing_else() {
        let listing = Listing::from_query(
            "?page=0&page=x&limit=13&limit=&sort=colour&category=No+Slug&featured=yes&utm_source=x&&=&%FF&onSale=true&page=100001&minPrice=-1&sort=relevance",
        );
        let expected = Listing { on_sale: true, ..Listing::default() };
        assert_eq!(listing, expected);
    }

    #[test]
    fn prices_the_wrong_way_round_are_turned_round() {
        let listing = Listing::from_query("minPrice=100&maxPrice=20");
        assert_eq!(listing.to_query(), "minPrice=20&maxPrice=100");
    }

    #[test]
    fn the_api_is_always_asked_for_a_numbered_page_of_a_known_length() {
        let asked = Listing::default().to_catalog();
        assert_eq!((asked.page, asked.limit), (Some(1), Some(12)));
        assert_eq!(asked.featured, None);
        let asked = everything().to_catalog();
        assert_eq!(asked.sort, Some(ProductSort::PriceDescending));
        assert_eq!(asked.category.as_deref(), Some("mens-clothing"));
        assert_eq!((asked.min_price.as_deref(), asked.max_price.as_deref()), (Some("9.9"), Some("100")));
    }

    #[test]
    fn a_search_asks_for_the_best_match_first_unless_told_otherwise() {
        assert_eq!(everything().to_search(), None);
        let asked = Listing::from_query("q=mug&category=books&featured=true").to_search().unwrap();
        assert_eq!((asked.q.as_str(), asked.sort), ("mug", Some(SearchSort::Relevance)));
        assert_eq!(asked.category.as_deref(), Some("books"));
    }

    #[test]
    fn whatever_is_typed_can_be_asked_for() {
        assert_eq!(words("  mug\n "), Some("mug".to_owned()));
        assert_eq!(words("\u{7}"), None);
        assert_eq!(words(&"è".repeat(300)).map(|words| words.chars().count()), Some(MAX_WORDS));
    }
}

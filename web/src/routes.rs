//! Every address of the shop.

use crate::{
    domain::{
        address::{decoded, encoded},
        listing::{Listing, Place},
    },
    state::Navigator,
};

/// A screen. What it shows in detail stands in the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    Home,
    Products,
    Product {
        slug: String,
    },
    Categories,
    Category {
        slug: String,
    },
    Cart,
    Checkout,
    /// Leads to one's own.
    Orders,
    /// What was just ordered.
    Order {
        number: String,
    },
    SignIn,
    Register,
    ForgotPassword,
    ResetPassword,
    VerifyEmail,
    Account,
    AccountOrders,
    AccountOrder {
        number: String,
    },
    Addresses,
    Security,
    Privacy,
    NotFound,
}

/// The paths of the screens there is one of.
static SINGLE: [(&str, Route); 17] = [
    ("/", Route::Home),
    ("/products", Route::Products),
    ("/categories", Route::Categories),
    ("/cart", Route::Cart),
    ("/checkout", Route::Checkout),
    ("/orders", Route::Orders),
    ("/auth/login", Route::SignIn),
    ("/auth/register", Route::Register),
    ("/auth/forgot", Route::ForgotPassword),
    ("/auth/reset", Route::ResetPassword),
    ("/auth/verify", Route::VerifyEmail),
    ("/account", Route::Account),
    ("/account/orders", Route::AccountOrders),
    ("/account/addresses", Route::Addresses),
    ("/account/security", Route::Security),
    ("/account/privacy", Route::Privacy),
    ("/404", Route::NotFound),
];

impl Route {
    /// The page of one product.
    pub(crate) fn product(slug: &str) -> Self {
        Self::Product { slug: slug.to_owned() }
    }

    /// The page of one category.
    pub(crate) fn category(slug: &str) -> Self {
        Self::Category { slug: slug.to_owned() }
    }

    /// The page a list of products stands on.
    pub(crate) fn of(listing: &Listing) -> Self {
        match &listing.category {
            Some(slug) if listing.place == Place::Category => Self::category(slug),
            _ => Self::Products,
        }
    }

    /// What a path leads to.
    pub(crate) fn at(path: &str) -> Self {
        let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
        if let Some((_, single)) = SINGLE.iter().find(|(known, _)| *known == path) {
            return single.clone();
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or_default();
        match (folder, decoded(name)) {
            ("/products", Some(slug)) => Self::Product { slug },
            ("/categories", Some(slug)) => Self::Category { slug },
            ("/orders", Some(number)) => Self::Order { number },
            ("/account/orders", Some(number)) => Self::AccountOrder { number },
            _ => Self::NotFound,
        }
    }

    fn path(&self) -> String {
        let (folder, name) = match self {
            Self::Product { slug } => ("/products", slug),
            Self::Category { slug } => ("/categories", slug),
            Self::Order { number } => ("/orders", number),
            Self::AccountOrder { number } => ("/account/orders", number),
            single => {
                let known = SINGLE.iter().find(|(_, known)| known == single);
                return known.map_or("/404", |(path, _)| path).to_owned();
            }
        };
        format!("{folder}/{}", encoded(name))
    }

    /// The path and query of a link.
    pub(crate) fn href(&self, query: &str) -> String {
        let path = self.path();
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    /// Goes there instead of here: the way back does not lead here again.
    pub(crate) fn replace(&self, navigator: &Navigator, query: &str) {
        navigator.replace(&self.href(query));
    }

    /// Goes there, leaving an entry in the history.
    pub(crate) fn visit(&self, navigator: &Navigator, query: &str) {
        navigator.push(&self.href(query));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_carries_its_query_and_nothing_else() {
        assert_eq!(Route::Products.href(""), "/products");
        assert_eq!(Route::Products.href("page=2"), "/products?page=2");
        assert_eq!(Route::product("iphone-15-pro").href(""), "/products/iphone-15-pro");
    }

    #[test]
    fn a_list_leads_to_the_page_it_stands_on() {
        assert_eq!(Route::of(&Listing::from_query("category=books")), Route::Products);
        assert_eq!(Route::of(&Listing::on_page_of("books", "")).href(""), "/categories/books");
    }

    #[test]
    fn unknown_addresses_lead_to_the_page_that_helps() {
        for unknown in ["/nowhere/at/all", "/products/mug/handle", "/auth", "", "products", "/categories/%ff"]
        {
            assert_eq!(Route::at(unknown), Route::NotFound, "{unknown}");
        }
        assert_eq!(Route::at("/products/mug"), Route::product("mug"));
        assert_eq!(Route::at("/products/"), Route::Products);
        assert_eq!(Route::at("/account/addresses"), Route::Addresses);
    }

    #[test]
    fn the_way_there_and_back_is_the_same() {
        for (path, route) in &SINGLE {
            assert_eq!(route.href(""), *path);
            assert_eq!(Route::at(path), *route);
        }
        for name in ["mug", "caffè & tè", "100%", "a+b", "a/b"] {
            assert_eq!(Route::at(&Route::product(name).href("")), Route::product(name));
            assert_eq!(Route::at(&Route::category(name).href("")), Route::category(name));
        }
    }
}

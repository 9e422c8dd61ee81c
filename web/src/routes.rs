//! Every address of the shop.

use yew_router::{Routable, navigator::Navigator, query::Raw};

use crate::domain::listing::{Listing, Place};

/// A screen. What it shows in detail stands in the query.
#[derive(Debug, Clone, PartialEq, Eq, Routable)]
pub(crate) enum Route {
    #[at("/")]
    Home,
    #[at("/products")]
    Products,
    #[at("/products/:slug")]
    Product { slug: String },
    #[at("/categories")]
    Categories,
    #[at("/categories/:slug")]
    Category { slug: String },
    #[at("/auth/login")]
    SignIn,
    #[at("/auth/register")]
    Register,
    #[at("/auth/forgot")]
    ForgotPassword,
    #[at("/auth/reset")]
    ResetPassword,
    #[at("/auth/verify")]
    VerifyEmail,
    #[at("/account")]
    Account,
    #[at("/account/addresses")]
    Addresses,
    #[at("/account/security")]
    Security,
    #[at("/account/privacy")]
    Privacy,
    #[not_found]
    #[at("/404")]
    NotFound,
}

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

    /// The path and query of a link.
    pub(crate) fn href(&self, query: &str) -> String {
        let path = self.to_path();
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    /// Goes there instead of here: the way back does not lead here again.
    pub(crate) fn replace(&self, navigator: &Navigator, query: &str) {
        if query.is_empty() {
            navigator.replace(self);
        } else {
            // `Raw` passes the text through and cannot fail.
            let _ = navigator.replace_with_query(self, Raw(query));
        }
    }

    /// Goes there, leaving an entry in the history.
    pub(crate) fn visit(&self, navigator: &Navigator, query: &str) {
        if query.is_empty() {
            navigator.push(self);
        } else {
            // `Raw` passes the text through and cannot fail.
            let _ = navigator.push_with_query(self, Raw(query));
        }
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
        assert_eq!(Route::recognize("/nowhere/at/all"), Some(Route::NotFound));
        assert_eq!(Route::recognize("/products/mug"), Some(Route::product("mug")));
        assert_eq!(Route::recognize("/account/addresses"), Some(Route::Addresses));
    }
}

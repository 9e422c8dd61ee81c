//! Which of one's orders are shown: that stands in the address.

use openapi::{
    orders::{OrderListQuery, OrderStatus},
    paging::MAX_PAGE,
};

use super::return_path::parameter;

/// How many a page has.
const LIMIT: u32 = 10;

/// A page of one's orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct History {
    pub(crate) page: u32,
    pub(crate) status: Option<OrderStatus>,
}

impl History {
    /// Reads the query of the page. Whatever is unknown there is as if it were not there.
    pub(crate) fn from_query(query: &str) -> Self {
        let page = parameter(query, "page").and_then(|page| page.parse().ok());
        let page = page.filter(|page| (1..=MAX_PAGE).contains(page)).unwrap_or(1);
        Self { page, status: parameter(query, "status").as_deref().and_then(status_of) }
    }

    /// The shortest query that says the same.
    pub(crate) fn to_query(self) -> String {
        let page = (self.page > 1).then(|| ("page", self.page.to_string()));
        let status = self.status.map(|status| ("status", status.as_str().to_owned()));
        let pairs: Vec<_> = page.into_iter().chain(status).collect();
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    }

    pub(crate) fn at_page(self, page: u32) -> Self {
        Self { page, ..self }
    }

    /// Orders of a status, from the first page.
    pub(crate) fn of(status: Option<OrderStatus>) -> Self {
        Self { page: 1, status }
    }

    pub(crate) fn to_api(self) -> OrderListQuery {
        OrderListQuery {
            page: Some(self.page),
            limit: Some(LIMIT),
            status: self.status,
            ..Default::default()
        }
    }
}

/// A status by its word.
pub(crate) fn status_of(word: &str) -> Option<OrderStatus> {
    OrderStatus::ALL.into_iter().find(|status| status.as_str() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_address() {
        for (query, expected) in [
            ("", History::of(None)),
            ("page=3", History::of(None).at_page(3)),
            ("status=SHIPPED", History::of(Some(OrderStatus::Shipped))),
            ("page=2&status=CANCELLED", History::of(Some(OrderStatus::Cancelled)).at_page(2)),
        ] {
            assert_eq!(History::from_query(query), expected);
            assert_eq!(expected.to_query(), query);
        }
        for nonsense in ["page=0", "page=many", "page=100001", "status=LOST", "page=-1&status="] {
            assert_eq!(History::from_query(nonsense), History::of(None), "{nonsense}");
        }
    }

    #[test]
    fn the_api_is_asked_for_the_same_page() {
        let query =
            serde_urlencoded::to_string(History::from_query("page=2&status=SHIPPED").to_api()).unwrap();
        assert_eq!(query, "page=2&limit=10&status=SHIPPED");
    }
}

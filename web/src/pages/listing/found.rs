use std::rc::Rc;

use openapi::{
    Meta, Page,
    catalog::ProductSummary,
    paging::MAX_PAGE,
    search::{SearchFindings, SearchPage},
};
use yew::prelude::*;

use crate::{
    client::{catalog, search},
    components::Products,
    domain::listing::Listing,
    hooks::{Failure, Loaded, use_resource_if},
};

/// One page of a list: what the catalog lists, or what was found by words.
#[derive(Clone)]
pub(super) enum Found {
    Listed(Rc<Page<ProductSummary>>),
    Searched(Rc<SearchPage>),
}

impl Found {
    /// How many products there are, and the number of the last page.
    pub(super) fn extent(&self) -> (Option<u64>, u32) {
        let meta = match self {
            Self::Listed(page) => &page.meta,
            Self::Searched(page) => &page.meta,
        };
        match meta {
            Meta::Numbered(meta) => {
                let last = u32::try_from(meta.total_pages).map_or(MAX_PAGE, |last| last.min(MAX_PAGE));
                (Some(meta.total), last)
            }
            Meta::Cursor(_) => (None, 0),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        Products::from(self).as_slice().is_empty()
    }

    /// What was found besides products, if something was searched for.
    pub(super) fn findings(&self) -> Option<&SearchFindings> {
        match self {
            Self::Listed(_) => None,
            Self::Searched(page) => Some(&page.data),
        }
    }
}

impl From<&Found> for Products {
    fn from(found: &Found) -> Self {
        match found {
            Found::Listed(page) => Self::Page(Rc::clone(page)),
            Found::Searched(page) => Self::Found(Rc::clone(page)),
        }
    }
}

/// How far a list has come.
pub(super) struct Finding {
    pub(super) now: Option<Found>,
    /// The list before, until its successor is there.
    pub(super) before: Option<Found>,
    pub(super) failure: Option<Failure>,
    /// The newest findings, if something is searched for: those before stay until their successors are there.
    pub(super) searched: Option<Loaded<SearchPage>>,
    /// The currency of the shop's prices, once a product has told it.
    pub(super) currency: Option<AttrValue>,
}

/// Asks the search when there are words to search for, and the catalog when there are none.
#[hook]
pub(super) fn use_found(listing: &Listing) -> Finding {
    let query = listing.to_search();
    let asked = query.is_none().then(|| catalog::products(&listing.to_catalog()));
    let listed = use_resource_if(asked.as_ref());
    let asked = query.as_ref().map(search::find);
    let searched = use_resource_if(asked.as_ref());

    let before = use_mut_ref(|| None::<Found>);
    let currency = use_mut_ref(|| None::<AttrValue>);
    let now = match &query {
        None => listed.ready().map(|page| Found::Listed(Rc::clone(page))),
        Some(_) => searched.ready().map(|page| Found::Searched(Rc::clone(page))),
    };
    if let Some(now) = &now {
        before.replace(Some(now.clone()));
        if let Some(product) = Products::from(now).as_slice().first() {
            currency.replace(Some(AttrValue::from(product.currency.clone())));
        }
    }
    let searched = query.map(|query| match (searched, &*before.borrow()) {
        (Loaded::Loading, Some(Found::Searched(page))) if page.data.query == query.q => {
            Loaded::Ready(Rc::clone(page))
        }
        (searched, _) => searched,
    });
    let failure = listed.failure().or(searched.as_ref().and_then(Loaded::failure)).cloned();
    let (before, currency) = (before.borrow().clone(), currency.borrow().clone());
    Finding { now, before, failure, searched, currency }
}

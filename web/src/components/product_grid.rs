use std::rc::Rc;

use openapi::{Data, Page, catalog::ProductSummary, search::SearchPage};
use yew::prelude::*;

use super::product_card::{ProductCard, product_card_skeleton};
use crate::i18n::Language;

/// An answer with products in it: shared, so that a card costs no copy.
#[derive(Clone)]
pub(crate) enum Products {
    Page(Rc<Page<ProductSummary>>),
    All(Rc<Data<Vec<ProductSummary>>>),
    Found(Rc<SearchPage>),
}

impl Products {
    pub(crate) fn as_slice(&self) -> &[ProductSummary] {
        match self {
            Self::Page(page) => &page.data,
            Self::All(all) => &all.data,
            Self::Found(page) => &page.data.products,
        }
    }

    /// Whether this is the same answer, not an equal one.
    pub(super) fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self.as_slice(), other.as_slice())
    }
}

impl From<&Rc<Page<ProductSummary>>> for Products {
    fn from(page: &Rc<Page<ProductSummary>>) -> Self {
        Self::Page(Rc::clone(page))
    }
}

impl From<&Rc<Data<Vec<ProductSummary>>>> for Products {
    fn from(all: &Rc<Data<Vec<ProductSummary>>>) -> Self {
        Self::All(Rc::clone(all))
    }
}

/// Products side by side, with headings of this level. The first `urgent` of them are seen without scrolling.
pub(crate) fn product_grid(products: impl Into<Products>, level: u8, urgent: usize) -> Html {
    let products = products.into();
    html! {
        <ul class="product-grid" role="list">
            { for products.as_slice().iter().enumerate().map(|(index, product)| html! {
                <li key={product.id.to_string()}>
                    <ProductCard products={products.clone()} {index} is_urgent={index < urgent} {level} />
                </li>
            }) }
        </ul>
    }
}

/// The outline of a grid that is still on its way.
pub(crate) fn product_grid_skeleton(t: Language, count: u32) -> Html {
    html! {
        <div class="product-grid" aria-busy="true">
            <span class="sr-only">{ t.loading() }</span>
            { for (0..count).map(|_| product_card_skeleton()) }
        </div>
    }
}

use std::rc::Rc;

use openapi::{Page, catalog::ProductSummary};
use yew::prelude::*;

use super::product_card::{ProductCard, product_card_skeleton};
use crate::i18n::Language;

/// Products side by side, with headings of this level. The first `urgent` of them are seen without scrolling.
pub(crate) fn product_grid(page: &Rc<Page<ProductSummary>>, level: u8, urgent: usize) -> Html {
    html! {
        <ul class="product-grid" role="list">
            { for page.data.iter().enumerate().map(|(index, product)| html! {
                <li key={product.id.to_string()}>
                    <ProductCard page={Rc::clone(page)} {index} is_urgent={index < urgent} {level} />
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

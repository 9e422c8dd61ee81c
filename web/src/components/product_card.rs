use openapi::catalog::ProductSummary;
use yew::prelude::*;

use super::{Link, Picture, price_tag, product_grid::Products};
use crate::{
    client::{Store, catalog},
    domain::price::saving,
    hooks::use_language,
    routes::Route,
};

#[derive(Properties)]
pub(crate) struct Props {
    /// The answer the product stands in.
    pub products: Products,
    pub index: usize,
    #[prop_or_default]
    pub is_urgent: bool,
    /// The level of its heading: 2 under the page's, 3 under a section's.
    pub level: u8,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        let unchanged = self.products.is(&other.products) || self.product() == other.product();
        unchanged && (self.index, self.is_urgent, self.level) == (other.index, other.is_urgent, other.level)
    }
}

impl Props {
    fn product(&self) -> Option<&ProductSummary> {
        self.products.as_slice().get(self.index)
    }
}

/// A product in a grid. One link with the product's name; it reaches over the whole card.
#[component]
pub(crate) fn ProductCard(props: &Props) -> Html {
    let t = use_language();
    let store = use_context::<Store>();
    let Some(product) = props.product() else {
        return Html::default();
    };
    let onapproach = {
        let slug = product.slug.clone();
        Callback::from(move |()| {
            if let Some(store) = &store {
                store.load(catalog::product(&slug).question().clone());
            }
        })
    };
    let percent = saving(product.price, product.compare_at).map_or(0, |saving| saving.percent);
    let link = html! {
        <Link to={Route::product(&product.slug)} class="product-card__link" {onapproach}>{ &product.name }</Link>
    };
    let name = match props.level {
        2 => html! { <h2 class="product-card__name">{ link }</h2> },
        _ => html! { <h3 class="product-card__name">{ link }</h3> },
    };
    html! {
        <article class="product-card">
            <div class="product-card__picture">
                <Picture src={product.image_url.clone().map(AttrValue::from)} is_urgent={props.is_urgent} />
            </div>
            <div class="product-card__badges">
                if !product.in_stock {
                    <span class="badge">{ t.sold_out() }</span>
                } else if percent > 0 {
                    <span class="badge badge--sale" aria-hidden="true">{ format!("−{percent}%") }</span>
                } else if product.on_sale {
                    <span class="badge badge--sale">{ t.on_sale() }</span>
                }
            </div>
            <p class="product-card__category">{ &product.category.name }</p>
            { name }
            { price_tag(
                t,
                &product.currency,
                product.price_from,
                product.compare_at.filter(|_| product.price == product.price_from),
                product.price_from != product.price_to,
            ) }
        </article>
    }
}

/// The outline of a card that is still on its way: the same height to the pixel.
pub(crate) fn product_card_skeleton() -> Html {
    html! {
        <div class="product-card" aria-hidden="true">
            <div class="product-card__picture skeleton"></div>
            <p class="product-card__category"><span class="skeleton skeleton--text skeleton--short"></span></p>
            <p class="product-card__name"><span class="skeleton skeleton--text"></span></p>
            <p class="price"><span class="skeleton skeleton--text skeleton--short"></span></p>
        </div>
    }
}

use openapi::catalog::Category;
use yew::prelude::*;

use super::{Link, Picture};
use crate::{i18n::Language, routes::Route};

/// A category with its picture and how much there is in it; and what else belongs to it.
/// The level of its heading is 2 under the page's, 3 under a section's.
pub(crate) fn category_card(t: Language, category: &Category, level: u8, more: Html) -> Html {
    let link = html! {
        <Link to={Route::category(&category.slug)} class="category-card__link">{ &category.name }</Link>
    };
    html! {
        <article class="category-card" key={category.slug.clone()}>
            <div class="category-card__face">
                <div class="category-card__picture">
                    <Picture src={category.image_url.clone().map(AttrValue::from)} size={(800, 500)} />
                </div>
                if level == 2 {
                    <h2 class="category-card__name">{ link }</h2>
                } else {
                    <h3 class="category-card__name">{ link }</h3>
                }
                <p class="category-card__count">{ t.product_count(category.product_count) }</p>
            </div>
            { more }
        </article>
    }
}

/// The outline of a category that is still on its way.
pub(crate) fn category_card_skeleton() -> Html {
    html! {
        <div class="category-card" aria-hidden="true">
            <div class="category-card__picture skeleton"></div>
            <p class="category-card__name"><span class="skeleton skeleton--text"></span></p>
            <p class="category-card__count"><span class="skeleton skeleton--text skeleton--short"></span></p>
        </div>
    }
}

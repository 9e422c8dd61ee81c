use openapi::catalog::Category;
use yew::prelude::*;

use super::{Link, Picture};
use crate::{domain::listing::Listing, i18n::Language, routes::Route};

/// A category with its picture and how much there is in it.
pub(crate) fn category_card(t: Language, category: &Category) -> Html {
    html! {
        <article class="category-card" key={category.slug.clone()}>
            <div class="category-card__picture">
                <Picture src={category.image_url.clone().map(AttrValue::from)} size={(800, 500)} />
            </div>
            <h3 class="category-card__name">
                <Link to={Route::Products} query={Listing::of_category(&category.slug)} class="category-card__link">
                    { &category.name }
                </Link>
            </h3>
            <p class="category-card__count">{ t.product_count(category.product_count) }</p>
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

use openapi::catalog::Category;
use yew::prelude::*;

use crate::{
    client::catalog,
    components::{Glyph, Link, category_card, category_card_skeleton, error_panel, notice, page_title},
    domain::categories::below,
    hooks::{Loaded, PageInfo, use_language, use_page, use_resource},
    i18n::{Language, format},
    routes::Route,
};

/// Every category of the shop.
#[component]
pub(crate) fn Categories() -> Html {
    let t = use_language();
    let info = PageInfo { description: Some(t.categories_lead().into()), ..PageInfo::titled(t.categories()) };
    use_page(Some(info));
    let contents = match use_resource(&catalog::categories()) {
        Loaded::Loading => html! {
            <div class="category-index" aria-busy="true">
                <span class="sr-only">{ t.loading() }</span>
                { for (0..6).map(|_| category_card_skeleton()) }
            </div>
        },
        Loaded::Failed(failure) => error_panel(t, &failure),
        Loaded::Ready(answer) => index(t, &answer.data),
    };
    html! {
        <div class="container categories">
            { page_title(t, Some(t.categories()), Some(t.categories_lead())) }
            { contents }
        </div>
    }
}

fn index(t: Language, all: &[Category]) -> Html {
    let top = below(all, None);
    if top.is_empty() {
        return notice(Glyph::Shelf, t.empty_shop(), t.empty_shop_help(), Html::default());
    }
    html! {
        <div class="category-index">
            { for top.into_iter().map(|category| category_card(t, category, 2, branches(t, all, category))) }
        </div>
    }
}

/// Everything below a category, level by level indented.
fn branches(t: Language, all: &[Category], parent: &Category) -> Html {
    let children = below(all, Some(parent.id));
    if children.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="category-index__below" role="list">
            { for children.into_iter().map(|child| html! {
                <li key={child.slug.clone()}>
                    <Link to={Route::category(&child.slug)} class="category-index__link">
                        <span>{ &child.name }</span>
                        <span class="filters__count">
                            <span aria-hidden="true">{ format::integer(t, child.product_count) }</span>
                            <span class="sr-only">{ t.product_count(child.product_count) }</span>
                        </span>
                    </Link>
                    { branches(t, all, child) }
                </li>
            }) }
        </ul>
    }
}

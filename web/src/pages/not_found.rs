use yew::prelude::*;

use crate::{
    client::catalog,
    components::{Glyph, Link, icon},
    domain::{
        categories::below,
        listing::{Filter, Listing},
    },
    hooks::{PageInfo, use_language, use_page, use_resource},
    routes::Route,
};

/// What was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Missing {
    #[default]
    Page,
    Product,
    Category,
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    #[prop_or_default]
    pub(super) missing: Missing,
}

/// Nothing is here, but much is elsewhere.
#[component]
pub(crate) fn NotFound(props: &Props) -> Html {
    let t = use_language();
    let (title, help) = match props.missing {
        Missing::Page => (t.page_not_found(), t.page_not_found_help()),
        Missing::Product => (t.product_not_found(), t.product_not_found_help()),
        Missing::Category => (t.category_not_found(), t.category_not_found_help()),
    };
    use_page(Some(PageInfo { is_indexed: false, ..PageInfo::titled(title) }));
    let categories = use_resource(&catalog::categories());
    let categories = categories.ready().map(|answer| answer.data.as_slice()).unwrap_or_default();
    let on_sale = Listing::default().with_filter(Filter::OnSale, true).to_query();
    html! {
        <div class="container lost">
            <span class="notice__icon">{ icon(Glyph::Compass) }</span>
            <p class="lost__code">{ "404" }</p>
            <h1 class="page-title" tabindex="-1">{ title }</h1>
            <p class="lost__text">{ help }</p>
            <nav aria-label={t.helpful_links()}>
                <ul class="lost__links" role="list">
                    <li><Link to={Route::Home} class="btn btn--primary">{ t.home() }</Link></li>
                    <li><Link to={Route::Products} class="btn">{ t.all_products() }</Link></li>
                    <li><Link to={Route::Products} query={on_sale} class="btn">{ t.on_sale() }</Link></li>
                </ul>
                <ul class="lost__links lost__links--more" role="list">
                    { for below(categories, None).into_iter().map(|category| html! {
                        <li key={category.slug.clone()}>
                            <Link to={Route::category(&category.slug)} class="btn">{ &category.name }</Link>
                        </li>
                    }) }
                </ul>
            </nav>
        </div>
    }
}

use openapi::{
    Data,
    catalog::{Category, ProductListQuery},
};
use yew::prelude::*;

use crate::{
    client::catalog,
    components::{Shelf, category_card, category_card_skeleton, error_panel, hero},
    domain::{categories::below, listing::Filter},
    hooks::{Failure, Loaded, PageInfo, use_language, use_page, use_resource},
    i18n::Language,
};

/// How many products the shop puts forward here.
const FEATURED: u32 = 8;
/// How many offers.
const ON_SALE: u32 = 4;

/// The shop window.
#[component]
pub(crate) fn Home() -> Html {
    let t = use_language();
    use_page(Some(PageInfo::titled("")));
    let featured =
        use_resource(&catalog::products(&ProductListQuery { featured: Some(true), ..first(FEATURED) }));
    let on_sale =
        use_resource(&catalog::products(&ProductListQuery { on_sale: Some(true), ..first(ON_SALE) }));
    let categories = use_resource(&catalog::categories());
    let failures = [featured.failure(), categories.failure(), on_sale.failure()];
    let failure = together(failures.into_iter().flatten().cloned().collect());

    let featured_shelf = Shelf {
        title: t.featured_products(),
        more: t.see_all_featured(),
        filter: Filter::Featured,
        count: FEATURED,
    };
    let sale_shelf =
        Shelf { title: t.on_sale_now(), more: t.see_all_offers(), filter: Filter::OnSale, count: ON_SALE };
    html! {
        <>
            { hero(t) }
            if let Some(failure) = failure {
                <div class="container">{ error_panel(t, &failure) }</div>
            }
            { featured_shelf.show(t, &featured) }
            { category_row(t, &categories) }
            { sale_shelf.show(t, &on_sale) }
        </>
    }
}

fn first(limit: u32) -> ProductListQuery {
    ProductListQuery { page: Some(1), limit: Some(limit), ..ProductListQuery::default() }
}

/// Several failures told as one: trying again tries all of them.
fn together(failures: Vec<Failure>) -> Option<Failure> {
    let error = failures.first()?.error.clone();
    let retry = Callback::from(move |()| {
        for failure in &failures {
            failure.retry.emit(());
        }
    });
    Some(Failure { error, retry })
}

/// The categories at the top of the tree.
fn category_row(t: Language, categories: &Loaded<Data<Vec<Category>>>) -> Html {
    let cards: Vec<Html> = match categories {
        Loaded::Loading => (0..5).map(|_| category_card_skeleton()).collect(),
        Loaded::Failed(_) => Vec::new(),
        Loaded::Ready(answer) => {
            let top = below(&answer.data, None).into_iter();
            top.map(|category| category_card(t, category, 3, Html::default())).collect()
        }
    };
    if cards.is_empty() {
        return Html::default();
    }
    html! {
        <section class="container shelf">
            <div class="shelf__head"><h2 class="shelf__title">{ t.shop_by_category() }</h2></div>
            <div class="category-grid">{ cards }</div>
        </section>
    }
}

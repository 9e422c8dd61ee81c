use openapi::catalog::Category;
use yew::prelude::*;

use super::{NotFound, listing::ProductList, not_found::Missing};
use crate::{
    client::catalog,
    components::{breadcrumbs, category_card, page_title},
    domain::{
        categories::{below, path_to},
        listing::Listing,
    },
    hooks::{Loaded, use_language, use_location, use_resource},
    i18n::Language,
};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub slug: AttrValue,
}

/// One category: what is right below it, and the products of all below.
#[component]
pub(crate) fn CategoryPage(props: &Props) -> Html {
    let t = use_language();
    let query = use_location().query;
    let categories = use_resource(&catalog::categories());
    let all = categories.ready().map(|answer| answer.data.as_slice()).unwrap_or_default();
    let path = path_to(all, &props.slug);
    let here = path.last().copied();
    if here.is_none() && matches!(categories, Loaded::Ready(_)) {
        return html! { <NotFound missing={Missing::Category} /> };
    }
    // While names are on their way, and when they do not arrive, the address has to do.
    let title = match (here, &categories) {
        (Some(category), _) => Some(AttrValue::from(category.name.clone())),
        (None, Loaded::Failed(_)) => Some(props.slug.clone()),
        _ => None,
    };
    let description = here.and_then(|category| category.description.clone());
    let head = html! {
        <>
            { way(t, &path) }
            { page_title(t, title.as_deref(), description.as_deref()) }
            { children(t, here, all) }
        </>
    };
    let listing = Listing::on_page_of(&props.slug, &query);
    html! { <ProductList {listing} categories={categories.clone()} {title} {description}>{ head }</ProductList> }
}

/// The way here; its outline while it is not known.
fn way(t: Language, path: &[&Category]) -> Html {
    let Some((here, above)) = path.split_last() else {
        return html! { <div class="breadcrumbs"><span class="skeleton skeleton--text skeleton--short"></span></div> };
    };
    let above: Vec<_> = above.iter().map(|step| (step.name.as_str(), step.slug.as_str())).collect();
    breadcrumbs(t, &above, &here.name)
}

/// The categories right below.
fn children(t: Language, here: Option<&Category>, all: &[Category]) -> Html {
    let children = here.map(|here| below(all, Some(here.id))).unwrap_or_default();
    if children.is_empty() {
        return Html::default();
    }
    html! {
        <div class="category-row">
            { for children.into_iter().map(|child| category_card(t, child, 2, Html::default())) }
        </div>
    }
}

use openapi::{Data, catalog::Category};
use yew::prelude::*;

use super::listing::ProductList;
use crate::{
    client::catalog,
    components::page_title,
    domain::{
        categories::by_slug,
        listing::{Filter, Listing},
    },
    hooks::{Loaded, use_language, use_location, use_resource},
    i18n::Language,
};

/// All products, or those that are searched for.
#[component]
pub(crate) fn Products() -> Html {
    let t = use_language();
    let listing = Listing::from_query(&use_location().query);
    let categories = use_resource(&catalog::categories());
    let category =
        listing.category.as_deref().and_then(|slug| by_slug(&categories.ready()?.data, slug).cloned());
    let title = heading(t, &listing, category.as_ref(), &categories).map(AttrValue::from);
    let description = category.and_then(|category| category.description).filter(|_| listing.words.is_none());
    html! {
        <ProductList {listing} {categories} title={title.clone()} description={description.clone()}>
            { page_title(t, title.as_deref(), description.as_deref()) }
        </ProductList>
    }
}

/// What the list is called; nothing while the category's name is on its way.
fn heading(
    t: Language,
    listing: &Listing,
    category: Option<&Category>,
    categories: &Loaded<Data<Vec<Category>>>,
) -> Option<String> {
    if let Some(words) = &listing.words {
        return Some(t.results_for(words));
    }
    if let Some(slug) = &listing.category {
        return match (category, categories) {
            (Some(category), _) => Some(category.name.clone()),
            (None, Loaded::Loading) => None,
            (None, _) => Some(slug.clone()),
        };
    }
    let name = match listing.filters().as_slice() {
        [Filter::OnSale] => t.on_sale(),
        [Filter::Featured] => t.featured_products(),
        _ => t.all_products(),
    };
    Some(name.to_owned())
}

use openapi::{Data, catalog::Category};
use yew::prelude::*;

use super::Link;
use crate::{
    domain::{
        categories::{below, path_to},
        listing::Listing,
    },
    hooks::Loaded,
    i18n::{Language, format},
    routes::Route,
};

/// How many levels are always unfolded. What is further down is shown on the way to what is chosen.
const ALWAYS_SHOWN: usize = 2;

/// The shop's categories with how much there is in each, to choose one of them.
pub(crate) fn category_tree(
    t: Language,
    listing: &Listing,
    categories: &Loaded<Data<Vec<Category>>>,
) -> Html {
    let all = categories.ready().map(|answer| answer.data.as_slice()).unwrap_or_default();
    let chosen = listing.category.as_deref().unwrap_or_default();
    let tree = Tree { t, listing, categories: all, path: path_to(all, chosen) };
    html! {
        <ul class="filters__list" role="list">
            <li key="">{ category_link(listing, None, t.all_products(), None) }</li>
            if *categories == Loaded::Loading {
                { list_skeleton(9) }
            }
            { tree.level(None, 1) }
        </ul>
    }
}

/// The outline of a list that is still on its way.
pub(super) fn list_skeleton(lines: usize) -> Html {
    let line = html! {
        <li class="filters__link" aria-hidden="true"><span class="skeleton skeleton--text"></span></li>
    };
    (0..lines).map(|_| line.clone()).collect()
}

struct Tree<'a> {
    t: Language,
    listing: &'a Listing,
    categories: &'a [Category],
    /// From the top to what is chosen.
    path: Vec<&'a Category>,
}

impl Tree<'_> {
    fn level(&self, parent: Option<&Category>, depth: usize) -> Html {
        let children = below(self.categories, parent.map(|parent| parent.id)).into_iter();
        children.map(|category| self.branch(category, depth)).collect()
    }

    fn branch(&self, category: &Category, depth: usize) -> Html {
        let count = format::integer(self.t, category.product_count);
        let is_unfolded = depth < ALWAYS_SHOWN || self.path.iter().any(|step| step.id == category.id);
        let children = if is_unfolded { self.level(Some(category), depth + 1) } else { Html::default() };
        html! {
            <li key={category.slug.clone()}>
                { category_link(self.listing, Some(&category.slug), &category.name, Some(&count)) }
                if children != Html::default() {
                    <ul role="list">{ children }</ul>
                }
            </li>
        }
    }
}

/// Leads to the same list of another category.
pub(super) fn category_link(listing: &Listing, slug: Option<&str>, name: &str, count: Option<&str>) -> Html {
    let current = (listing.category.as_deref() == slug).then_some("page");
    let next = listing.in_category(slug);
    html! {
        <Link to={Route::of(&next)} query={next.to_query()} class="filters__link" {current}>
            <span>{ name }</span>
            if let Some(count) = count {
                <span class="filters__count">{ count }</span>
            }
        </Link>
    }
}

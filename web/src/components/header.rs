use yew::prelude::*;
use yew_router::hooks::{use_location, use_route};

use super::{Link, account_menu::AccountMenu, language_switch::LanguageSwitch, theme_switch::ThemeSwitch};
use crate::{
    client::catalog,
    domain::{
        categories::{below, path_to},
        listing::Listing,
    },
    hooks::{use_language, use_resource},
    routes::Route,
};

/// How many categories have a place in the header.
const TOP_CATEGORIES: usize = 5;

/// Name, navigation, account and preferences. index.html paints the same before the program is there.
#[component]
pub(crate) fn Header() -> Html {
    let t = use_language();
    let categories = use_resource(&catalog::categories());
    let categories = categories.ready().map(|answer| answer.data.as_slice()).unwrap_or_default();
    let is_listing = use_route::<Route>() == Some(Route::Products);
    let listing =
        use_location().map_or_else(Listing::default, |location| Listing::from_query(location.query_str()));
    let chosen = listing.category.as_deref().filter(|_| is_listing).unwrap_or_default();
    let chosen_top = path_to(categories, chosen).first().map(|category| category.id);
    let is_everything = is_listing && chosen.is_empty();

    html! {
        <header class="site-header">
            <div class="container site-header__row">
                <Link to={Route::Home} class="brand" label={t.brand_label()}>
                    <img class="brand__mark" src="/logo.svg" alt="" width="32" height="32" />
                    <span class="brand__name">{ "Bottega" }</span>
                </Link>
                <nav class="site-nav" aria-label={t.main_navigation()}>
                    <ul role="list">
                        <li>
                            <Link to={Route::Products} current={is_everything.then_some("page")}>{ t.products() }</Link>
                        </li>
                        { for below(categories, None).into_iter().take(TOP_CATEGORIES).map(|category| {
                            let query = Listing::of_category(&category.slug);
                            let current = match chosen_top {
                                Some(_) if category.slug == chosen => Some("page"),
                                Some(id) if id == category.id => Some("true"),
                                _ => None,
                            };
                            html! {
                                <li key={category.slug.clone()}>
                                    <Link to={Route::Products} {query} {current}>{ &category.name }</Link>
                                </li>
                            }
                        }) }
                    </ul>
                </nav>
                <div class="site-header__tools">
                    <AccountMenu />
                    <LanguageSwitch />
                    <ThemeSwitch />
                </div>
            </div>
        </header>
    }
}

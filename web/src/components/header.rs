use web_sys::HtmlElement;
use yew::prelude::*;

use super::{
    Glyph, Link,
    account_menu::AccountMenu,
    cart_link::CartLink,
    icon,
    language_switch::LanguageSwitch,
    search_box::{FORM, SearchBox},
    theme_switch::ThemeSwitch,
};
use crate::{
    browser,
    client::catalog,
    domain::categories::{below, path_to},
    hooks::{use_language, use_resource, use_route},
    routes::Route,
};

/// How many categories have a place in the header.
const TOP_CATEGORIES: usize = 7;

/// Name, search, navigation, account and preferences. index.html paints the same before the program is there.
#[component]
pub(crate) fn Header() -> Html {
    let t = use_language();
    let categories = use_resource(&catalog::categories());
    let categories = categories.ready().map(|answer| answer.data.as_slice()).unwrap_or_default();
    let route = use_route();
    let chosen = match &route {
        Route::Category { slug } => slug.as_str(),
        _ => "",
    };
    let chosen_top = path_to(categories, chosen).first().map(|category| category.id);
    let is_searching = use_state_eq(|| false);
    let toggle = use_node_ref();
    let onclick = {
        let is_searching = is_searching.clone();
        Callback::from(move |_: MouseEvent| is_searching.set(!*is_searching))
    };
    let onfold = {
        let (is_searching, toggle) = (is_searching.clone(), toggle.clone());
        Callback::from(move |()| {
            // The field is about to vanish from under the focus.
            if let Some(toggle) = toggle.cast::<HtmlElement>().filter(|_| *is_searching) {
                browser::focus(&toggle);
            }
            is_searching.set(false);
        })
    };
    let here = |page: &Route| (route == *page).then_some("page");

    html! {
        <header class="site-header">
            <div class="container site-header__row">
                <Link to={Route::Home} class="brand" label={t.brand_label()}>
                    <img class="brand__mark" src="/logo.svg" alt="" width="32" height="32" />
                    <span class="brand__name">{ "Bottega" }</span>
                </Link>
                <SearchBox is_unfolded={*is_searching} {onfold} />
                <nav class="site-nav" aria-label={t.main_navigation()}>
                    <ul role="list">
                        <li>
                            <Link to={Route::Products} current={here(&Route::Products)}>{ t.products() }</Link>
                        </li>
                        <li>
                            <Link to={Route::Categories} current={here(&Route::Categories)}>{ t.categories() }</Link>
                        </li>
                        { for below(categories, None).into_iter().take(TOP_CATEGORIES).map(|category| {
                            let current = match chosen_top {
                                Some(_) if category.slug == chosen => Some("page"),
                                Some(id) if id == category.id => Some("true"),
                                _ => None,
                            };
                            html! {
                                <li key={category.slug.clone()}>
                                    <Link to={Route::category(&category.slug)} {current}>{ &category.name }</Link>
                                </li>
                            }
                        }) }
                    </ul>
                </nav>
                <div class="site-header__tools">
                    <button ref={toggle} type="button" class="icon-button search-toggle" aria-label={t.search()}
                        aria-expanded={is_searching.to_string()} aria-controls={FORM} {onclick}>
                        { icon(Glyph::Search) }
                    </button>
                    <CartLink />
                    <AccountMenu />
                    <LanguageSwitch />
                    <ThemeSwitch />
                </div>
            </div>
        </header>
    }
}

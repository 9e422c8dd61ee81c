use openapi::catalog::{ProductDetail, Variant};
use uuid::Uuid;
use yew::prelude::*;

use super::{NotFound, not_found::Missing, related::Related};
use crate::{
    browser,
    client::catalog,
    components::{Gallery, Link, breadcrumbs, error_panel, option_picker, price_tag, structured_data},
    domain::{price::saving, structured_data as search_engines, variants},
    hooks::{Failure, Loaded, PageInfo, use_language, use_page, use_resource},
    i18n::{Language, format},
    routes::Route,
};

/// From this many on, a visitor need not hurry.
const PLENTY: i64 = 6;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub slug: AttrValue,
}

/// One product.
#[component]
pub(crate) fn ProductPage(props: &Props) -> Html {
    let t = use_language();
    let product = use_resource(&catalog::product(&props.slug));
    let chosen = use_state(|| None::<Uuid>);
    use_page(match &product {
        Loaded::Ready(answer) => Some(info(&answer.data)),
        Loaded::Failed(failure) if !failure.error.is_absent() => Some(PageInfo::titled(t.products())),
        // Not known yet, or the business of the page for what is not there.
        _ => None,
    });

    let product = match product {
        Loaded::Loading => return skeleton(t),
        Loaded::Failed(failure) if failure.error.is_absent() => {
            return html! { <NotFound missing={Missing::Product} /> };
        }
        Loaded::Failed(failure) => return broken(t, &failure),
        Loaded::Ready(answer) => answer,
    };
    let product = &product.data;
    let is_chosen = |variant: &&Variant| Some(variant.id) == *chosen;
    let variant = product.variants.iter().find(is_chosen).or_else(|| variants::first(&product.variants));
    let onchoose = {
        let chosen = chosen.clone();
        Callback::from(move |variant| chosen.set(Some(variant)))
    };
    let summary = &product.summary;
    html! {
        <div class="container product">
            { breadcrumbs(t, &way(product), &summary.name) }
            <div class="product__columns">
                <Gallery images={images(product)} alt={summary.name.clone()} />
                <div class="product__facts">
                    <p class="product__category">
                        <Link to={Route::category(&summary.category.slug)}>
                            { &summary.category.name }
                        </Link>
                    </p>
                    <h1 class="page-title" tabindex="-1">{ &summary.name }</h1>
                    if let Some(variant) = variant {
                        { offer(t, variant, &summary.currency) }
                        if !summary.options.is_empty() {
                            { option_picker(t, product, variant, &onchoose) }
                        }
                        { availability(t, variant) }
                    }
                    if let Some(description) = &summary.description {
                        <section class="product__description">
                            <h2>{ t.description() }</h2>
                            { for description.split('\n').filter(|line| !line.trim().is_empty()).map(|line| html! {
                                <p>{ line }</p>
                            }) }
                        </section>
                    }
                </div>
            </div>
            <Related product={summary.id} />
            { structured_data(&search_engines::product(product, &browser::origin())) }
        </div>
    }
}

/// The price and what is saved; said aloud when another variant is chosen.
fn offer(t: Language, variant: &Variant, currency: &str) -> Html {
    html! {
        <div class="product__offer" role="status">
            { price_tag(t, currency, variant.price, variant.compare_at, false) }
            if let Some(saving) = saving(variant.price, variant.compare_at) {
                <p class="badge badge--sale">
                    { t.you_save(&format::price(t, saving.amount, currency), saving.percent) }
                </p>
            }
        </div>
    }
}

/// Whether it can be had, and what to call it.
fn availability(t: Language, variant: &Variant) -> Html {
    let (class, text) = match variant.stock {
        ..=0 => ("stock stock--none", t.sold_out().to_owned()),
        1..PLENTY => ("stock stock--low", t.only_left(variant.stock.unsigned_abs())),
        _ => ("stock", t.in_stock_now().to_owned()),
    };
    html! {
        <div class="product__availability" role="status">
            <p {class}>{ text }</p>
            <p class="product__sku">{ t.sku() }{ " " }<code>{ &variant.sku }</code></p>
        </div>
    }
}

fn info(product: &ProductDetail) -> PageInfo {
    PageInfo { description: product.summary.description.clone(), ..PageInfo::titled(&product.summary.name) }
}

/// The categories above, by name and slug.
fn way(product: &ProductDetail) -> Vec<(&str, &str)> {
    product.breadcrumbs.iter().map(|step| (step.name.as_str(), step.slug.as_str())).collect()
}

fn images(product: &ProductDetail) -> Vec<AttrValue> {
    let summary = &product.summary;
    let others = summary.images.iter().filter(|image| Some(*image) != summary.image_url.as_ref());
    summary.image_url.iter().chain(others).cloned().map(AttrValue::from).collect()
}

fn broken(t: Language, failure: &Failure) -> Html {
    html! {
        <div class="container">
            <h1 class="sr-only" tabindex="-1">{ t.products() }</h1>
            { error_panel(t, failure) }
        </div>
    }
}

fn skeleton(t: Language) -> Html {
    let line = |class: &'static str| html! { <p><span class={classes!("skeleton", "skeleton--text", class)}></span></p> };
    html! {
        // A key of its own: its boxes are to be replaced, not moved to where the product's are.
        <div key="skeleton" class="container product" aria-busy="true">
            <div class="breadcrumbs"><span class="skeleton skeleton--text skeleton--short"></span></div>
            <div class="product__columns">
                <div class="gallery"><div class="gallery__main skeleton"></div></div>
                <div class="product__facts">
                    <p class="product__category"><span class="skeleton skeleton--text skeleton--short"></span></p>
                    <h1 class="page-title" tabindex="-1">
                        <span class="sr-only">{ t.loading() }</span>
                        <span class="skeleton skeleton--text"></span>
                    </h1>
                    <div class="product__offer"><p class="price"><span class="skeleton skeleton--text skeleton--short"></span></p></div>
                    <div class="product__availability">{ line("skeleton--short") }</div>
                    <div class="product__description">{ line("") }{ line("") }{ line("skeleton--short") }</div>
                </div>
            </div>
        </div>
    }
}

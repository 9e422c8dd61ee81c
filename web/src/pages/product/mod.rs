//! The page of one product. Choosing a variant is a component of its own.

mod choice;
mod purchase;
mod related;
mod skeleton;

use std::rc::Rc;

use openapi::catalog::ProductDetail;
use yew::prelude::*;

use super::{NotFound, not_found::Missing};
use crate::{
    browser,
    client::catalog,
    components::{Gallery, Link, breadcrumbs, error_panel, structured_data},
    domain::structured_data as search_engines,
    hooks::{Failure, Loaded, PageInfo, use_language, use_page, use_resource},
    i18n::Language,
    routes::Route,
};

use choice::Choice;
use related::Related;
use skeleton::skeleton;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub slug: AttrValue,
}

/// One product.
#[component]
pub(crate) fn ProductPage(props: &Props) -> Html {
    let t = use_language();
    let product = use_resource(&catalog::product(&props.slug));
    use_page(match &product {
        Loaded::Ready(answer) => Some(info(&answer.data)),
        Loaded::Failed(failure) if !failure.error.is_absent() => Some(PageInfo::titled(t.products())),
        // Not known yet, or the business of the page for what is not there.
        _ => None,
    });

    let answer = match product {
        Loaded::Loading => return skeleton(t),
        Loaded::Failed(failure) if failure.error.is_absent() => {
            return html! { <NotFound missing={Missing::Product} /> };
        }
        Loaded::Failed(failure) => return broken(t, &failure),
        Loaded::Ready(answer) => answer,
    };
    let product = &answer.data;
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
                    <Choice answer={Rc::clone(&answer)} />
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

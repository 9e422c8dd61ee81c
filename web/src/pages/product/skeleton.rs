use yew::prelude::*;

use crate::i18n::Language;

/// The outline of the page while the product is on its way.
pub(super) fn skeleton(t: Language) -> Html {
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

//! The storefront: a single-page application that knows the shop only through the contract in `openapi`.
//!
//! `domain` and `i18n` are plain Rust and tested natively; `browser` is the only door to the DOM besides Yew.

mod app;
mod browser;
mod client;
mod components;
mod domain;
mod hooks;
mod i18n;
mod pages;
mod routes;
mod state;

fn main() {
    // index.html paints a first screen into this element; Yew clears it when it mounts.
    if let Some(root) = browser::element("#app") {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}

use yew::prelude::*;

/// A block of data for search engines. Set as text, so nothing in it is ever read as HTML.
pub(crate) fn structured_data(json: &serde_json::Value) -> Html {
    html! { <script type="application/ld+json">{ json.to_string() }</script> }
}

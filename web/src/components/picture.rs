use yew::prelude::*;

/// What stands in for a picture that is missing.
const PLACEHOLDER: &str = "/illustrations/placeholder.svg";

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Where it is, if there is one.
    pub src: Option<AttrValue>,
    /// Empty where the words beside it say the same.
    #[prop_or_default]
    pub alt: AttrValue,
    /// Its size in its own units: what matters is the shape.
    #[prop_or((800, 800))]
    pub size: (u32, u32),
    /// Whether it is seen without scrolling.
    #[prop_or_default]
    pub is_urgent: bool,
}

/// A picture that keeps its place while it loads and never shows as broken.
#[component]
pub(crate) fn Picture(props: &Props) -> Html {
    let broken = use_state(|| None::<AttrValue>);
    let src = props
        .src
        .clone()
        .filter(|src| broken.as_ref() != Some(src))
        .unwrap_or(AttrValue::Static(PLACEHOLDER));
    let onerror = {
        let wanted = props.src.clone();
        Callback::from(move |_: Event| {
            if broken.as_ref() != wanted.as_ref() {
                broken.set(wanted.clone());
            }
        })
    };
    let (loading, priority) = if props.is_urgent { ("eager", "high") } else { ("lazy", "auto") };
    html! {
        <img class="picture" {src} alt={props.alt.clone()} width={props.size.0.to_string()}
            height={props.size.1.to_string()} {loading}
            fetchpriority={priority} decoding="async" {onerror} />
    }
}

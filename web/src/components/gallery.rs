use yew::prelude::*;

use super::Picture;
use crate::hooks::use_language;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The pictures, the main one first.
    pub images: Vec<AttrValue>,
    pub alt: AttrValue,
}

/// The product's picture, and its other pictures to choose from.
#[component]
pub(crate) fn Gallery(props: &Props) -> Html {
    let t = use_language();
    let shown = use_state(|| 0_usize);
    let total = props.images.len();
    html! {
        <div class="gallery">
            <div class="gallery__main">
                <Picture src={props.images.get(*shown).cloned()} alt={props.alt.clone()} is_urgent={true} />
            </div>
            if total > 1 {
                <ul class="gallery__thumbs" role="list">
                    { for props.images.iter().enumerate().map(|(index, image)| {
                        let shown = shown.clone();
                        let is_shown = *shown == index;
                        let onclick = Callback::from(move |_| shown.set(index));
                        html! {
                            <li>
                                <button type="button" class="gallery__thumb" aria-pressed={is_shown.to_string()}
                                    aria-label={t.picture_of(index + 1, total)} {onclick}>
                                    <Picture src={image.clone()} />
                                </button>
                            </li>
                        }
                    }) }
                </ul>
            }
        </div>
    }
}

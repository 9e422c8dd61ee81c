use uuid::Uuid;
use yew::prelude::*;

use crate::{
    client::catalog,
    components::{product_grid, product_grid_skeleton},
    hooks::{Loaded, use_language, use_resource},
};

/// How many are shown: what the API lists unless it is told otherwise.
const COUNT: u32 = 4;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub product: Uuid,
}

/// What stands near a product. Not there when there is nothing: nobody came for it.
#[component]
pub(crate) fn Related(props: &Props) -> Html {
    let t = use_language();
    let related = use_resource(&catalog::related(props.product));
    let contents = match &related {
        Loaded::Loading => product_grid_skeleton(t, COUNT),
        Loaded::Ready(answer) if !answer.data.is_empty() => product_grid(answer, 3, 0),
        _ => return Html::default(),
    };
    html! {
        <section class="shelf">
            <div class="shelf__head"><h2 class="shelf__title">{ t.related() }</h2></div>
            { contents }
        </section>
    }
}

//! What somebody has ordered: the list, one of them, and the thanks for it.

mod list;
mod timeline;
mod view;

use openapi::{
    Data,
    orders::{OrderDetail, OrderStatus},
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{
    browser,
    client::orders,
    components::{Link, card_skeleton, customers_only, error_panel},
    hooks::{
        Loaded, PageInfo, Personal, use_customers_only, use_language, use_navigator, use_page, use_personal,
        use_visitor,
    },
    i18n::Language,
    routes::Route,
    state::Announcer,
};

pub(crate) use list::Orders;
use view::{Asking, view};

/// Leads to one's own orders.
#[component]
pub(crate) fn OrdersRedirect() -> Html {
    let t = use_language();
    let navigator = use_navigator();
    use_effect_with((), move |()| Route::AccountOrders.replace(&navigator, ""));
    html! { <h1 class="sr-only" tabindex="-1">{ t.your_orders() }</h1> }
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub number: String,
}

/// What was just ordered.
#[component]
pub(crate) fn OrderPage(props: &Props) -> Html {
    let t = use_language();
    use_page(Some(PageInfo::private(t.thank_you())));
    use_customers_only();
    let visitor = use_visitor();
    html! {
        <div class="container order-page">
            <h1 class="page-title" tabindex="-1">{ t.thank_you() }</h1>
            { customers_only(t, &visitor, |user| html! {
                <>
                    <p class="order-page__lead">{ t.thank_you_lead(&props.number, &user.email) }</p>
                    <OrderSection number={props.number.clone()} />
                    <div class="actions">
                        <Link to={Route::Products} class="btn btn--primary">{ t.keep_shopping() }</Link>
                        <Link to={Route::AccountOrders} class="btn">{ t.your_orders() }</Link>
                    </div>
                </>
            }) }
        </div>
    }
}

/// One order, with a way to call it off while that can be done.
#[component]
pub(crate) fn OrderSection(props: &Props) -> Html {
    let t = use_language();
    let session = use_visitor().session;
    let announcer = use_context::<Announcer>();
    let asking = use_state(|| Asking::Nothing);
    let Personal { loaded, reload } = {
        let number = props.number.clone();
        use_personal(move || orders::order(&number))
    };
    // The question takes the focus, and gives it back when it has its answer.
    use_effect_with(*asking, |asking| match asking {
        Asking::Really => browser::focus_on(".order__question button"),
        Asking::Nothing if browser::focus_is_lost() => browser::focus_on("main h1"),
        _ => {}
    });
    let oncancel = {
        let asking = asking.setter();
        Callback::from(move |id| {
            asking.set(Asking::Cancelling);
            let call = orders::cancel(id);
            let (session, announcer, reload, asking) =
                (session.clone(), announcer.clone(), reload.clone(), asking.clone());
            spawn_local(async move {
                let text = match session.call(call).await {
                    Ok(Data { data: OrderDetail { .. } }) => t.order_cancelled().to_owned(),
                    Err(error) if error.status() == Some(409) => t.too_late_to_cancel().to_owned(),
                    Err(error) => t.form_trouble(&error),
                };
                asking.set(Asking::Nothing);
                reload.emit(());
                if let Some(announcer) = announcer {
                    announcer.show(text);
                }
            });
        })
    };
    match &loaded {
        Loaded::Loading => card_skeleton(t),
        Loaded::Failed(failure) if failure.error.is_absent() => html! { <p>{ t.no_such_order() }</p> },
        Loaded::Failed(failure) => error_panel(t, failure),
        Loaded::Ready(answer) => view(t, &answer.data, &asking, &oncancel),
    }
}

/// How an order's status looks.
fn status_tag(t: Language, status: OrderStatus) -> Html {
    let class = match status {
        OrderStatus::Delivered => "tag tag--good",
        OrderStatus::Cancelled | OrderStatus::Refunded => "tag tag--low",
        _ => "tag",
    };
    html! { <span {class}>{ t.order_status(status) }</span> }
}

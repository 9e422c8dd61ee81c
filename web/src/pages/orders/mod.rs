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
    components::{Link, card_skeleton, error_panel},
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
    use_customers_only();
    let (loaded, contents) = use_order(&props.number);
    let order = loaded.ready().map(|answer| &answer.data.order);
    // Nobody is thanked for an order that there is not.
    let title = if order.is_some() { t.thank_you().to_owned() } else { t.order_called(&props.number) };
    use_page(Some(PageInfo::private(title.clone())));
    html! {
        <div class="container order-page">
            <h1 class="page-title" tabindex="-1">{ title }</h1>
            if let Some(order) = order {
                <p class="order-page__lead">{ t.thank_you_lead(&order.order_number, &order.email) }</p>
            }
            { contents }
            <div class="actions">
                <Link to={Route::Products} class="btn btn--primary">{ t.keep_shopping() }</Link>
                <Link to={Route::AccountOrders} class="btn">{ t.your_orders() }</Link>
            </div>
        </div>
    }
}

/// The same in one's account.
#[component]
pub(crate) fn OrderSection(props: &Props) -> Html {
    use_order(&props.number).1
}

/// One order and how it is shown, with a way to call it off while that can be done.
#[hook]
fn use_order(number: &str) -> (Loaded<Data<OrderDetail>>, Html) {
    let t = use_language();
    let session = use_visitor().session;
    let announcer = use_context::<Announcer>();
    let asking = use_state(|| Asking::Nothing);
    let Personal { loaded, reload } = {
        let number = number.to_owned();
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
                    Ok(_) => t.order_cancelled().to_owned(),
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
    let contents = match &loaded {
        Loaded::Loading => card_skeleton(t),
        Loaded::Failed(failure) if failure.error.is_absent() => html! { <p>{ t.no_such_order() }</p> },
        Loaded::Failed(failure) => error_panel(t, failure),
        Loaded::Ready(answer) => view(t, &answer.data, &asking, &oncancel),
    };
    (loaded, contents)
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

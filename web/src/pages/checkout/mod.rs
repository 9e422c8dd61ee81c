//! From the cart to an order.

mod form;
mod place;
mod review;

use std::rc::Rc;

use openapi::accounts::User;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{
    browser,
    client::accounts,
    components::{Glyph, Link, card_skeleton, customers_only, error_panel, icon, notice},
    domain::basket::Wish,
    hooks::{
        Failure, Loaded, PageInfo, Personal, use_basket, use_customers_only, use_language, use_navigator,
        use_page, use_personal, use_visitor,
    },
    i18n::Language,
    routes::Route,
    state::Announcer,
};

use form::CheckoutForm;
use place::{Desk, Progress, unsettled};

/// Where an order goes, what it costs, and placing it.
#[component]
pub(crate) fn CheckoutPage() -> Html {
    let t = use_language();
    use_page(Some(PageInfo::private(t.checkout())));
    use_customers_only();
    let visitor = use_visitor();
    html! {
        <div class="container checkout">
            <h1 class="page-title" tabindex="-1">{ t.checkout() }</h1>
            { customers_only(t, &visitor, |user| html! { <Checkout user={Rc::clone(user)} /> }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct Props {
    user: Rc<User>,
}

/// The same for somebody who is signed in.
#[component]
fn Checkout(props: &Props) -> Html {
    let t = use_language();
    let customer = props.user.id;
    let basket = use_basket();
    let session = use_visitor().session;
    let navigator = use_navigator();
    let announcer = use_context::<Announcer>();
    let Personal { loaded: addresses, .. } = use_personal(accounts::addresses);
    let progress =
        use_state(|| if unsettled(customer).is_some() { Progress::Resuming } else { Progress::Entering });
    let desk = Desk {
        t,
        session,
        basket: basket.clone(),
        navigator: navigator.clone(),
        announcer,
        progress: progress.setter(),
    };
    let resume = {
        let desk = desk.clone();
        Callback::from(move |()| {
            let Some(attempt) = unsettled(customer) else {
                desk.progress.set(Progress::Entering);
                return;
            };
            desk.progress.set(Progress::Resuming);
            let desk = desk.clone();
            spawn_local(async move {
                if let Err(error) = desk.clone().place(attempt).await {
                    desk.show_trouble(&error);
                }
            });
        })
    };
    {
        let (resume, basket, is_resuming) = (resume.clone(), basket.clone(), *progress == Progress::Resuming);
        use_effect_with((), move |()| {
            if is_resuming {
                resume.emit(());
            } else {
                basket.want(Wish::Read);
            }
        });
    }
    // What cannot be bought has to be taken out first; the cart says why.
    let cart = basket.look().cart().cloned();
    let is_blocked = cart.as_ref().is_some_and(|cart| cart.items.iter().any(|item| !item.is_available));
    use_effect_with(is_blocked && *progress != Progress::Resuming, move |is_blocked| {
        if *is_blocked {
            Route::Cart.replace(&navigator, "");
        }
    });

    use_effect_with(*progress == Progress::Stuck, |is_stuck| {
        if *is_stuck {
            browser::scroll_to_top();
            browser::focus_on(".notice__actions button");
        }
    });

    let aside = match *progress {
        Progress::Resuming => Some(html! {
            <section class="notice" aria-busy="true">
                <span class="notice__icon"><span class="spinner"></span></span>
                <h2 class="notice__title" role="status">{ t.placing_order() }</h2>
            </section>
        }),
        Progress::Stuck => Some(stuck(t, &resume)),
        Progress::Entering | Progress::AnotherTotal => None,
    };
    let contents = match (&cart, basket.error(), &addresses) {
        (Some(cart), ..) if cart.items.is_empty() && aside.is_none() => nothing(t),
        (_, _, Loaded::Failed(failure)) => error_panel(t, failure),
        (None, Some(error), _) => {
            let retry = Callback::from(move |()| basket.want(Wish::Read));
            error_panel(t, &Failure { error, retry })
        }
        (Some(_), _, Loaded::Ready(addresses)) => html! {
            <CheckoutForm user={Rc::clone(&props.user)} addresses={Rc::clone(addresses)} {desk}
                is_total_changed={*progress == Progress::AnotherTotal} />
        },
        _ => card_skeleton(t),
    };
    let is_hidden = aside.is_some();
    html! {
        <>
            { aside.unwrap_or_default() }
            // What was entered outlives the doubt.
            <div hidden={is_hidden}>{ contents }</div>
        </>
    }
}

fn nothing(t: Language) -> Html {
    let actions = html! {
        <Link to={Route::Products} class="btn btn--primary">{ t.keep_shopping() }</Link>
    };
    notice(Glyph::Bag, t.empty_cart(), t.empty_cart_help(), actions)
}

fn stuck(t: Language, resume: &Callback<()>) -> Html {
    let onclick = resume.reform(|_: MouseEvent| ());
    let actions = html! {
        <>
            <button type="button" class="btn btn--primary" {onclick}>{ icon(Glyph::Refresh) }{ t.try_again() }</button>
            <Link to={Route::AccountOrders} class="link">{ t.your_orders() }</Link>
        </>
    };
    html! { <div role="alert">{ notice(Glyph::Cloud, t.order_unclear(), t.order_unclear_help(), actions) }</div> }
}

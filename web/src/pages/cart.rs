use openapi::cart::{Cart, CartItem, CartNotice};
use yew::prelude::*;

use crate::{
    browser,
    client::{BasketKeeper, SessionState},
    components::{Glyph, Line, Link, Sums, error_panel, icon, line_skeletons, notice, stepper},
    domain::basket::{Wish, towards_free_shipping},
    hooks::{Failure, PageInfo, use_basket, use_language, use_page, use_visitor},
    i18n::{Language, format},
    routes::Route,
    state::Announcer,
};

/// What somebody means to buy.
#[component]
pub(crate) fn CartPage() -> Html {
    let t = use_language();
    use_page(Some(PageInfo::private(t.cart())));
    let visitor = use_visitor();
    let announcer = use_context::<Announcer>();
    let keeper = use_basket();
    {
        let keeper = keeper.clone();
        use_effect_with((), move |()| keeper.want(Wish::Read));
    }
    let cart = keeper.look().cart().cloned();
    let told = cart.as_ref().map(|cart| told(&keeper, cart)).unwrap_or_default();
    let currency = cart.as_ref().map(|cart| cart.currency.clone()).unwrap_or_default();
    use_effect_with(told.clone(), move |told| {
        if let Some(announcer) = announcer.filter(|_| !told.is_empty()) {
            announcer.say(t.cart_news(told, &currency));
        }
    });
    // What had the focus may have been taken out.
    let shown = keeper.look().items().count();
    let before = use_mut_ref(|| 0);
    use_effect_with(shown, move |shown| {
        if before.replace(*shown) > *shown && browser::focus_is_lost() {
            browser::focus_on("main h1");
        }
    });
    let failure = match (&visitor.state, keeper.error()) {
        (SessionState::Unclear(error), _) => {
            let session = visitor.session.clone();
            Some(Failure { error: error.clone(), retry: Callback::from(move |()| session.restore()) })
        }
        (_, Some(error)) => {
            let keeper = keeper.clone();
            Some(Failure { error, retry: Callback::from(move |()| keeper.want(Wish::Read)) })
        }
        _ => None,
    };
    let contents = match (&cart, &failure) {
        (Some(cart), _) if keeper.look().items().next().is_none() => {
            // Nothing is left to be seen; what is being taken out is not confirmed yet.
            html! { <div aria-busy={(!cart.items.is_empty()).then_some("true")}>{ nothing(t) }</div> }
        }
        (Some(cart), _) => html! {
            <div class="basket">
                <ul class="lines" role="list">
                    { for keeper.look().items().map(|(item, quantity)| {
                        let about: Vec<&CartNotice> = told.iter().filter(|notice| notice.item_id == item.id).collect();
                        line(t, &keeper, cart, item, quantity, &about)
                    }) }
                </ul>
                { summary(t, &keeper, cart) }
            </div>
        },
        (None, Some(failure)) => error_panel(t, failure),
        (None, None) => line_skeletons(t),
    };
    html! {
        <div class="container cart">
            <h1 class="page-title" tabindex="-1">{ t.cart() }</h1>
            { contents }
        </div>
    }
}

/// What the cart says about its items, and what was said when its owner signed in.
fn told(keeper: &BasketKeeper, cart: &Cart) -> Vec<CartNotice> {
    let mut told = cart.notices.clone();
    told.extend(keeper.news().into_iter().filter(|news| !cart.notices.contains(news)));
    told
}

fn nothing(t: Language) -> Html {
    let actions = html! {
        <Link to={Route::Products} class="btn btn--primary">{ t.keep_shopping() }</Link>
    };
    notice(Glyph::Bag, t.empty_cart(), t.empty_cart_help(), actions)
}

fn line(
    t: Language,
    keeper: &BasketKeeper,
    cart: &Cart,
    item: &CartItem,
    quantity: u32,
    about: &[&CartNotice],
) -> Html {
    let change = {
        let (keeper, id, name) = (keeper.clone(), item.id, item.name.clone());
        Callback::from(move |quantity: u32| {
            keeper.want(Wish::Change { item: id, quantity, name: name.clone() });
        })
    };
    let onremove = change.reform(|_: MouseEvent| 0);
    let control = html! {
        <>
            { for about.iter().map(|notice| html! {
                <p class="line__notice">{ icon(Glyph::Warning) }<span>{ t.cart_notice(notice, &cart.currency) }</span></p>
            }) }
            <div class="line__tools">
                if item.is_available {
                    { stepper(t, &item.name, quantity, item.max_quantity, &change) }
                }
                <button type="button" class="btn btn--quiet" aria-label={format!("{}: {}", t.remove(), item.name)}
                    onclick={onremove}>
                    { t.remove() }
                </button>
            </div>
        </>
    };
    // Until the server has said what so many cost, nothing is said.
    let subtotal = (item.is_available && quantity == item.quantity).then_some(item.subtotal);
    Line::of_cart(item, &cart.currency).show(t, subtotal, control)
}

fn summary(t: Language, keeper: &BasketKeeper, cart: &Cart) -> Html {
    let is_blocked = cart.items.iter().any(|item| !item.is_available);
    html! {
        <section class="card basket__summary">
            <h2 class="card__title">{ t.summary() }</h2>
            { shipping_progress(t, cart) }
            { Sums::of_cart(cart).show(t, keeper.look().is_changing()) }
            if is_blocked {
                <p id="checkout-blocked" class="form__error">{ icon(Glyph::Warning) }<span>{ t.checkout_blocked() }</span></p>
                <button type="button" class="btn btn--primary btn--large" disabled=true aria-describedby="checkout-blocked">
                    { t.to_checkout() }
                </button>
            } else {
                <Link to={Route::Checkout} class="btn btn--primary btn--large">{ t.to_checkout() }</Link>
            }
            <Link to={Route::Products} class="link">{ t.keep_shopping() }</Link>
        </section>
    }
}

fn shipping_progress(t: Language, cart: &Cart) -> Html {
    let Some((percent, missing)) = towards_free_shipping(cart) else {
        return Html::default();
    };
    let words = if percent == 100 {
        t.ships_free().to_owned()
    } else {
        t.missing_for_free_shipping(&format::price(t, missing, &cart.currency))
    };
    html! {
        <label class="free-shipping">
            <span>{ words }</span>
            <progress class="free-shipping__bar" max="100" value={percent.to_string()}></progress>
        </label>
    }
}

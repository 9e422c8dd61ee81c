use openapi::accounts::EraseRequest;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{
    browser,
    client::accounts,
    components::{Glyph, icon},
    domain::form::Rule,
    hooks::{Values, Work, use_form, use_language, use_navigator, use_visitor},
    routes::Route,
    state::Announcer,
};

const FILE: &str = "bottega-account.json";

/// What the shop keeps: to take along, or to be erased.
#[component]
pub(super) fn Privacy() -> Html {
    let t = use_language();
    let session = use_visitor().session;
    let announcer = use_context::<Announcer>();
    let navigator = use_navigator();
    let is_exporting = use_state(|| false);
    let form = use_form("erase", &[("password", Rule::GivenPassword), ("agreed", Rule::Agreed)]);
    let onexport = {
        let (session, announcer, is_exporting) = (session.clone(), announcer.clone(), is_exporting.clone());
        Callback::from(move |_: MouseEvent| {
            if *is_exporting {
                return;
            }
            is_exporting.set(true);
            let (session, announcer, is_exporting) =
                (session.clone(), announcer.clone(), is_exporting.clone());
            spawn_local(async move {
                let text = match session.fetch_text(accounts::export()).await {
                    Ok(answer) if browser::download_json(&answer, FILE).is_some() => t.exported().to_owned(),
                    Ok(_) => t.something_went_wrong().to_owned(),
                    Err(error) => t.form_trouble(&error),
                };
                is_exporting.set(false);
                if let Some(announcer) = announcer {
                    announcer.show(text);
                }
            });
        })
    };
    let onsubmit = form.onsubmit(move |values: &Values| -> Work {
        let (session, announcer, navigator) = (session.clone(), announcer.clone(), navigator.clone());
        let request = EraseRequest { password: values.exact("password") };
        Box::pin(async move {
            session.call(accounts::erase(&request)).await?;
            Route::Home.visit(&navigator, "");
            session.end();
            if let Some(announcer) = announcer {
                announcer.show(t.erased());
            }
            Ok(())
        })
    });
    let fields = html! {
        <>
            { form.password("password", t.password(), "current-password", "") }
            { form.tick("agreed", t.erase_agreed(), false) }
            { form.button(t.erase(), "btn--danger") }
        </>
    };
    html! {
        <>
            <section class="card">
                <h2 class="card__title">{ t.export_title() }</h2>
                <p class="card__lead">{ t.export_help() }</p>
                <button type="button" class="btn" aria-disabled={is_exporting.then_some("true")} onclick={onexport}>
                    { icon(Glyph::Download) }{ t.export() }
                </button>
            </section>
            <section class="card card--danger">
                <h2 class="card__title">{ t.erase_title() }</h2>
                <p class="card__lead">{ t.erase_help() }</p>
                { form.show(onsubmit, fields) }
            </section>
        </>
    }
}

use yew::prelude::*;

use super::{Glyph, Link, icon};
use crate::{
    domain::paging::{Step, steps},
    i18n::Language,
    routes::Route,
};

/// The pages as real links, so that they open in another tab as well.
pub(crate) fn pagination(
    t: Language,
    to: &Route,
    current: u32,
    last: u32,
    query: &dyn Fn(u32) -> String,
) -> Html {
    if last < 2 {
        return Html::default();
    }
    html! {
        <nav class="pagination" aria-label={t.pages()}>
            <ul role="list">
                if current > 1 {
                    <li>
                        <Link to={to.clone()} query={query(current - 1)} class="pagination__step" rel="prev">
                            { icon(Glyph::ChevronLeft) }
                            <span class="pagination__word">{ t.previous_page() }</span>
                        </Link>
                    </li>
                }
                { for steps(current, last).into_iter().map(|step| match step {
                    Step::Gap => html! { <li class="pagination__gap" aria-hidden="true">{ "…" }</li> },
                    Step::Page(page) => html! {
                        <li>
                            <Link to={to.clone()} query={query(page)} class="pagination__page"
                                current={(page == current).then_some("page")} label={t.go_to_page(page)}>
                                { page }
                            </Link>
                        </li>
                    },
                }) }
                if current < last {
                    <li>
                        <Link to={to.clone()} query={query(current + 1)} class="pagination__step" rel="next">
                            <span class="pagination__word">{ t.next_page() }</span>
                            { icon(Glyph::ChevronRight) }
                        </Link>
                    </li>
                }
            </ul>
        </nav>
    }
}

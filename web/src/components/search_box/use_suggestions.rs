use std::rc::Rc;

use openapi::{Data, search::Suggestions};
use yew::prelude::*;

use crate::{
    client::search,
    domain::{
        listing::words,
        suggesting::{Group, Kind, begun, popular, suggested},
    },
    hooks::{use_language, use_resource_if, use_settled},
    state::Announcer,
};

/// What to offer to somebody who has typed this; nothing is asked before the list is opened.
/// How much that is, is said aloud.
#[hook]
pub(super) fn use_suggestions(typed: &str, is_open: bool) -> Vec<Group> {
    let settled = begun(&use_settled(typed));
    let is_empty = words(typed).is_none();
    let question = settled.filter(|_| is_open && !is_empty).map(|words| search::suggest(&words));
    let answer = use_resource_if(question.as_ref());
    let question = (is_open && is_empty).then(search::popular);
    let favourites = use_resource_if(question.as_ref());

    // What was suggested before stays until its successor is there, so that the list does not flicker.
    let before = use_mut_ref(|| None::<Rc<Data<Suggestions>>>);
    if let Some(answer) = answer.ready() {
        before.replace(Some(Rc::clone(answer)));
    }
    let groups = if is_empty {
        before.replace(None);
        favourites.ready().map(|answer| popular(&answer.data)).unwrap_or_default()
    } else {
        suggested(typed, before.borrow().as_deref().map(|answer| &answer.data))
    };
    let is_known = is_open && (answer.ready().is_some() || favourites.ready().is_some());
    let offered = groups.iter().filter(|group| group.kind != Kind::Everything);
    let count = offered.map(|group| group.options.len()).sum::<usize>();
    use_announcement(is_known.then_some(count));
    groups
}

#[hook]
fn use_announcement(count: Option<usize>) {
    let t = use_language();
    let announcer = use_context::<Announcer>();
    use_effect_with(count, move |count| {
        if let Some((announcer, count)) = announcer.zip(*count) {
            // Whoever types is not reading the page any more.
            announcer.wake();
            announcer.say(t.suggestion_count(count as u64));
        }
    });
}

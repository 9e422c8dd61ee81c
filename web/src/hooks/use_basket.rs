use yew::prelude::*;

use super::use_visitor;
use crate::{client::BasketKeeper, state::Carried};

/// The cart. Whoever asks is rendered again when it changes.
#[hook]
pub(crate) fn use_basket() -> BasketKeeper {
    let session = use_visitor().session;
    use_context::<Carried>().map_or_else(|| BasketKeeper::new(session), |carried| carried.keeper)
}

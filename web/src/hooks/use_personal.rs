use std::{cell::Cell, rc::Rc};

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Failure, Loaded, use_visitor};
use crate::{
    client::{Call, ClientError},
    state::IsOnline,
};

/// Something that only the visitor may read: asked for whenever a page needs it, and never remembered.
pub(crate) struct Personal<T> {
    pub(crate) loaded: Loaded<T>,
    /// Asks again. What is shown stays until the answer is there.
    pub(crate) reload: Callback<()>,
}

/// Reads it in the visitor's name. Late answers are dropped. Tries again when the network comes back.
#[hook]
pub(crate) fn use_personal<T: 'static>(call: impl Fn() -> Call<T> + Clone + 'static) -> Personal<T> {
    let session = use_visitor().session;
    let is_online = use_context::<IsOnline>();
    let answer = use_state(|| None::<Result<Rc<T>, ClientError>>);
    let latest = use_memo((), |()| Cell::new(0_u32));
    let reload = {
        let setter = answer.setter();
        use_callback((), move |(), ()| {
            let (session, setter, latest) = (session.clone(), setter.clone(), Rc::clone(&latest));
            let call = call();
            let number = latest.get() + 1;
            latest.set(number);
            spawn_local(async move {
                let result = session.call(call).await.map(Rc::new);
                if latest.get() == number {
                    setter.set(Some(result));
                }
            });
        })
    };
    {
        let reload = reload.clone();
        use_effect_with(is_online, move |_| reload.emit(()));
    }
    let loaded = match &*answer {
        None => Loaded::Loading,
        Some(Ok(value)) => Loaded::Ready(Rc::clone(value)),
        Some(Err(error)) => {
            let retry = {
                let (setter, reload) = (answer.setter(), reload.clone());
                Callback::from(move |()| {
                    setter.set(None);
                    reload.emit(());
                })
            };
            Loaded::Failed(Failure { error: error.clone(), retry })
        }
    };
    Personal { loaded, reload }
}

//! Asking the engine for what a page shows. What stood there stays until the new answer has come.

use std::rc::Rc;

use chartchain_vault::protocol::{Command, Fault, Reply};
use yew::prelude::*;

use super::session::Shell;
use crate::services::engine::unexpected;

/// An answer that may be under way.
pub struct Asked<T> {
    /// The last answer.
    pub answer: Option<Rc<T>>,
    /// Why there is none, or why the newest is not there.
    pub fault: Option<Fault>,
    /// Asks again.
    pub again: Callback<()>,
}

/// Asks now, whenever `key` is another one and whenever the record changed.
#[hook]
pub fn use_ask<K, T>(key: K, command: fn(&K) -> Command, take: fn(&Shell, Reply) -> Option<T>) -> Asked<T>
where
    K: PartialEq + Clone + 'static,
    T: 'static,
{
    use_load(key, move |shell: Shell, key: K| async move {
        let reply = shell.ask(command(&key)).await?;
        take(&shell, reply).ok_or_else(unexpected)
    })
}

/// Loads now, whenever `key` is another one and whenever the record changed.
#[hook]
pub fn use_load<K, T, L, F>(key: K, load: L) -> Asked<T>
where
    K: PartialEq + Clone + 'static,
    T: 'static,
    L: Fn(Shell, K) -> F + 'static,
    F: Future<Output = Result<T, Fault>> + 'static,
{
    let shell = use_context::<Shell>();
    let answer = use_state(|| None::<Rc<T>>);
    let fault = use_state(|| None::<Fault>);
    let tries = use_state(|| 0_u32);
    let newest = use_mut_ref(|| 0_u32);

    let revision = shell.as_ref().map_or(0, |shell| shell.session.revision);
    {
        let (answer, fault) = (answer.clone(), fault.clone());
        use_effect_with((key, revision, *tries), move |(key, _, _)| {
            let mine = {
                let mut newest = newest.borrow_mut();
                *newest = newest.wrapping_add(1);
                *newest
            };
            let latest = Rc::clone(&newest);
            if let Some(shell) = shell {
                let loading = load(shell, key.clone());
                wasm_bindgen_futures::spawn_local(async move {
                    let result = loading.await;
                    if *latest.borrow() != mine {
                        return;
                    }
                    match result {
                        Ok(taken) => {
                            answer.set(Some(Rc::new(taken)));
                            fault.set(None);
                        }
                        Err(why) => fault.set(Some(why)),
                    }
                });
            }
            move || {
                let mut newest = newest.borrow_mut();
                *newest = newest.wrapping_add(1);
            }
        });
    }
    let again = {
        let tries = tries.clone();
        Callback::from(move |()| tries.set(*tries + 1))
    };
    Asked { answer: (*answer).clone(), fault: (*fault).clone(), again }
}

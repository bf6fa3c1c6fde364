//! Say that an entry was made in error: the question, what follows, both ways out.

use std::rc::Rc;

use chartchain_vault::protocol::{Command, EntryId, Fault, Reply};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::basics::{panel, problem};
use crate::components::button::{Button, Look, button_link};
use crate::components::interruption::{Interruption, point};
use crate::hooks::ask::use_ask;
use crate::hooks::session::{Change, Shell};
use crate::route::Route;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;

/// Properties of [`Withdraw`].
#[derive(Properties, PartialEq)]
pub struct WithdrawProps {
    /// Opaque id.
    pub entry: String,
}

/// How many live versions an entry has, and how many in all, once that is known.
#[hook]
pub fn use_versions(entry: String) -> Option<Rc<(u32, u32)>> {
    let asked = use_ask(
        entry,
        |entry| Command::Entry { entry: EntryId(entry.clone()) },
        |_, reply| match reply {
            Reply::Entry(page) => Some((page.live_versions, page.versions_total)),
            _ => None,
        },
    );
    asked.answer
}

/// The page.
#[component]
pub fn Withdraw(props: &WithdrawProps) -> Html {
    let shell = use_context::<Shell>();
    let navigator = use_navigator();
    let fault = use_state(|| None::<Fault>);
    let busy = use_state(|| false);
    let asked = use_versions(props.entry.clone());
    use_effect_with((), |()| browser::set_title(&t!("tab-title", page = t!("entry"))));
    let (Some(shell), Some(navigator)) = (shell, navigator) else { return html! {} };
    if let Some((live, _)) = asked.as_deref().copied().filter(|(live, _)| *live > 1) {
        let to = Route::Versions { entry: props.entry.clone() };
        let settle = button_link(to, Look::Primary, None, t!("versions-open"), "");
        let body = html! { <><p>{ t!("versions-acts") }</p><div class="actions">{ settle }</div></> };
        return panel("panel-know", t!("versions-live", count = live), body);
    }
    let act = {
        let (navigator, fault, busy, entry) = (navigator.clone(), fault.clone(), busy.clone(), props.entry.clone());
        Callback::from(move |()| {
            busy.set(true);
            let (shell, navigator, fault, busy) = (shell.clone(), navigator.clone(), fault.clone(), busy.clone());
            let command = Command::MarkWrong { entry: EntryId(entry.clone()) };
            wasm_bindgen_futures::spawn_local(async move {
                let why = match shell.ask(command).await {
                    Ok(Reply::Saved(entry)) => {
                        shell.change(Change::Say(t!("withdraw-done")));
                        navigator.replace(&Route::Entry { entry: entry.0 });
                        return;
                    }
                    Ok(_) => unexpected(),
                    Err(why) => why,
                };
                busy.set(false);
                fault.set(Some(why));
            });
        })
    };
    let keep = {
        let entry = props.entry.clone();
        Callback::from(move |()| navigator.push(&Route::Entry { entry: entry.clone() }))
    };
    html! {
        <>
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            <Interruption question={t!("withdraw-question")}>
                { point(t!("withdraw-now"), t!("withdraw-now-why")) }
                { point(t!("withdraw-stays"), t!("withdraw-stays-why")) }
                { point(t!("withdraw-undo"), t!("withdraw-undo-why")) }
                <div class="interruption-acts">
                    <Button busy={*busy} words={t!("withdraw-do")} onclick={act} />
                    <Button look={Look::Secondary} words={t!("withdraw-keep")} onclick={keep} />
                </div>
            </Interruption>
        </>
    }
}

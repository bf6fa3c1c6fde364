//! Erase an entry: the question, what follows and what it cannot do, both ways out, the milder way.

use chartchain_vault::protocol::{Command, EntryId, Fault, Reply};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::basics::{problem, section};
use crate::components::button::{Button, Look, link};
use crate::components::interruption::{Interruption, point};
use crate::hooks::session::{Change, Shell};
use crate::pages::withdraw::{WithdrawProps, use_versions};
use crate::route::Route;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;

/// The page.
#[component]
pub fn Erase(props: &WithdrawProps) -> Html {
    let shell = use_context::<Shell>();
    let navigator = use_navigator();
    let fault = use_state(|| None::<Fault>);
    let busy = use_state(|| false);
    let asked = use_versions(props.entry.clone());
    use_effect_with((), |()| browser::set_title(&t!("tab-title", page = t!("entry"))));
    let (Some(shell), Some(navigator)) = (shell, navigator) else { return html! {} };
    let act = {
        let (navigator, fault, busy, entry) = (navigator.clone(), fault.clone(), busy.clone(), props.entry.clone());
        Callback::from(move |()| {
            busy.set(true);
            let (shell, navigator, fault, busy) = (shell.clone(), navigator.clone(), fault.clone(), busy.clone());
            let command = Command::Erase { entry: EntryId(entry.clone()) };
            wasm_bindgen_futures::spawn_local(async move {
                let why = match shell.ask(command).await {
                    Ok(Reply::Erased(_)) => {
                        shell.change(Change::Say(t!("erase-done")));
                        navigator.replace(&Route::Timeline);
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
    // What cannot be read can be erased as well; how many versions it has is not known then.
    let (live, all) = asked.map_or((1, 1), |found| *found);
    let gone = if all > 1 { t!("erase-now-versions", count = all) } else { t!("erase-now-why") };
    let milder = if live > 1 {
        link(Route::Versions { entry: props.entry.clone() }, t!("versions-open"))
    } else {
        link(Route::Withdraw { entry: props.entry.clone() }, t!("withdraw"))
    };
    html! {
        <>
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            <Interruption question={t!("erase-question")}>
                { point(t!("erase-now"), gone) }
                { point(t!("erase-stays"), t!("erase-stays-why")) }
                { point(t!("erase-cannot"), t!("erase-cannot-why")) }
                { point(t!("erase-undo"), t!("erase-undo-why")) }
                <div class="interruption-acts">
                    <Button busy={*busy} words={t!("erase-do")} onclick={act} />
                    <Button look={Look::Secondary} words={t!("erase-keep")} onclick={keep} />
                </div>
            </Interruption>
            { section(t!("delete-milder"), None, html! { <p>{ milder }</p> }) }
        </>
    }
}

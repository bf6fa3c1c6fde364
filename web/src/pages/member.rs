//! One device of a record: what is known of it, what it is called, what can be done about it.

use std::rc::Rc;

use chartchain_vault::protocol::{Command, DeviceLine, Fault, MemberChange, Members, Reply};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::devices::{facts, forked, tags, use_members};
use crate::components::basics::{problem, shown};
use crate::components::button::{Button, Look, button_link};
use crate::components::field::Field;
use crate::components::page::Page;
use crate::hooks::session::{Change, Shell};
use crate::route::Route;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::members::{Act, acts, name_words};

/// Properties of [`Member`].
#[derive(Properties, PartialEq)]
pub struct MemberProps {
    /// Feed key of the device, hex.
    pub feed: String,
}

/// The page.
#[component]
pub fn Member(props: &MemberProps) -> Html {
    let asked = use_members();
    let find = |members: &Members| members.devices.iter().find(|line| line.feed == props.feed).cloned();
    let title = asked
        .answer
        .as_ref()
        .and_then(|members| find(members))
        .map_or_else(|| t!("devices-title"), |line| name_words(&line));
    html! {
        <Page {title} back={(Route::Devices, AttrValue::from(t!("devices-title")))}>
            { shown(&asked, |members| match find(members) {
                Some(line) => html! { <Known key={line.feed.clone()} members={members.clone()} line={line.clone()} /> },
                None => html! { <p>{ t!("device-nobody") }</p> },
            }) }
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct KnownProps {
    members: Rc<Members>,
    line: DeviceLine,
}

#[component]
fn Known(props: &KnownProps) -> Html {
    let line = &props.line;
    let act = |act: Act| {
        let words = match act {
            Act::Stop => t!("member-stop"),
            Act::Resume => t!("member-resume"),
            Act::Remove => t!("member-remove"),
            Act::Decide if line.this_device => t!("member-decide-here"),
            Act::Decide => t!("member-decide"),
        };
        let page = Route::MemberAct { feed: line.feed.clone(), act: act.name().to_owned() };
        button_link(page, Look::Secondary, None, words, "")
    };
    let acts = acts(&props.members, line);
    html! {
        <div class="stack-m">
            <section class="card stack"><div class="trust-head">{ tags(line) }</div>{ forked(line) }{ facts(line) }</section>
            { for props.members.decides.then(|| html! { <Named line={line.clone()} /> }) }
            { for (!acts.is_empty()).then(|| html! { <div class="actions">{ for acts.into_iter().map(act) }</div> }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct NamedProps {
    line: DeviceLine,
}

/// What everybody calls it.
#[component]
fn Named(props: &NamedProps) -> Html {
    let shell = use_context::<Shell>();
    let input = use_node_ref();
    let (fault, busy) = (use_state(|| None::<Fault>), use_state(|| false));
    let onsubmit = {
        let (input, fault, busy, feed) = (input.clone(), fault.clone(), busy.clone(), props.line.feed.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(shell) = shell.clone().filter(|_| !*busy) else { return };
            let typed = input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            let change = MemberChange::Name { feed: feed.clone(), name: typed.trim().to_owned() };
            let (fault, busy) = (fault.clone(), busy.clone());
            busy.set(true);
            wasm_bindgen_futures::spawn_local(async move {
                let done = shell.ask(Command::ChangeMembers { change, words: None }).await;
                busy.set(false);
                match done {
                    Ok(Reply::Members(_)) => {
                        fault.set(None);
                        shell.change(Change::Say(t!("member-named")));
                    }
                    Ok(_) => fault.set(Some(unexpected())),
                    Err(why) => fault.set(Some(why)),
                }
            });
        })
    };
    html! {
        <form class="form" {onsubmit} novalidate=true>
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            <Field id="member-name" label={t!("member-name")} hint={t!("member-name-hint")}>
                <input id="member-name" class="input" autocomplete="off" maxlength="60" value={props.line.name.clone()} ref={input}
                    aria-describedby="member-name-hint" />
            </Field>
            <div class="actions"><Button look={Look::Secondary} busy={*busy} words={t!("member-name-save")} /></div>
        </form>
    }
}

//! Stop a device, let it go on, remove it, let it decide: the question, what follows, the words where these have to be.

use std::rc::Rc;

use chartchain_vault::protocol::{Command, DeviceLine, Fault, Members, Reply, Secret};
use yew::prelude::*;
use yew_router::prelude::*;

use super::devices::use_members;
use crate::components::basics::{problem, shown};
use crate::components::button::{Button, Look};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::field::{FieldGroup, tick};
use crate::components::interruption::{Interruption, point};
use crate::components::page::Page;
use crate::components::word_fields::{self, WordFields, WrongWords, use_word_fields};
use crate::hooks::session::{Change, Shell};
use crate::route::Route;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::faults;
use crate::view::members::{Act, acts, change_of, let_in_by, name_words};

/// Properties of [`MemberAct`].
#[derive(Properties, PartialEq)]
pub struct MemberActProps {
    /// Feed key of the device, hex.
    pub feed: String,
    /// What is to be done.
    pub act: Act,
}

/// The page.
#[component]
pub fn MemberAct(props: &MemberActProps) -> Html {
    let asked = use_members();
    use_effect_with((), |()| browser::set_title(&t!("tab-title", page = t!("devices-title"))));
    shown(&asked, |members| match members.devices.iter().find(|line| line.feed == props.feed) {
        Some(line) if acts(members, line).contains(&props.act) => {
            html! { <Ask key={line.feed.clone()} members={members.clone()} line={line.clone()} act={props.act} /> }
        }
        _ => html! {
            <Page title={t!("devices-title")} back={(Route::Devices, AttrValue::from(t!("devices-title")))}>
                <p>{ t!("member-act-not") }</p>
            </Page>
        },
    })
}

#[derive(Properties, PartialEq)]
struct AskProps {
    members: Rc<Members>,
    line: DeviceLine,
    act: Act,
}

/// The question, then the words if another device decides.
#[component]
fn Ask(props: &AskProps) -> Html {
    let shell = use_context::<Shell>();
    let navigator = use_navigator();
    let busy = use_state(|| false);
    let fault = use_state(|| None::<Fault>);
    let spared = use_state(Vec::<String>::new);
    let is_typing = use_state(|| false);
    let wrong = use_state(WrongWords::default);
    let attempt = use_state(|| 0_u32);
    let fields = use_word_fields();
    let (Some(shell), Some(navigator)) = (shell, navigator) else { return html! {} };
    let (act, line) = (props.act, &props.line);
    let needs_words = act != Act::Stop && !props.members.decides;
    let with: Vec<&DeviceLine> = if act == Act::Remove { let_in_by(&props.members, &line.feed) } else { Vec::new() };
    let go = {
        let with: Vec<String> =
            with.iter().map(|line| line.feed.clone()).filter(|feed| !spared.contains(feed)).collect();
        let command = move |words: Option<Secret>, feed: &str| match change_of(act, feed, &with) {
            None => Command::Suspend { feed: feed.to_owned() },
            Some(change) => Command::ChangeMembers { change, words },
        };
        let (busy, fault, wrong, attempt) = (busy.clone(), fault.clone(), wrong.clone(), attempt.clone());
        let (shell, navigator, feed) = (shell.clone(), navigator.clone(), line.feed.clone());
        Callback::from(move |words: Option<Secret>| {
            if *busy {
                return;
            }
            busy.set(true);
            let typed = words.is_some();
            let command = command(words, &feed);
            let (shell, navigator) = (shell.clone(), navigator.clone());
            let (busy, fault, wrong, attempt) = (busy.clone(), fault.clone(), wrong.clone(), attempt.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let why = match shell.ask(command).await {
                    Ok(Reply::Members(_)) => {
                        shell.change(Change::Say(done_words(act)));
                        navigator.replace(&Route::Devices);
                        return;
                    }
                    Ok(_) => unexpected(),
                    Err(why) => why,
                };
                busy.set(false);
                match why {
                    Fault::WrongWords(found) => {
                        wrong.set(word_fields::explain(&found));
                        attempt.set(*attempt + 1);
                    }
                    why if typed => {
                        wrong.set(WrongWords { lines: vec![Wrong::whole(faults::words(&why))], places: Vec::new() });
                        attempt.set(*attempt + 1);
                    }
                    why => fault.set(Some(why)),
                }
            });
        })
    };
    if *is_typing {
        let onsubmit = {
            let (fields, wrong, attempt, go) = (fields.clone(), wrong.clone(), attempt.clone(), go);
            Callback::from(move |event: SubmitEvent| {
                event.prevent_default();
                match word_fields::gather(&fields) {
                    Ok(words) => go.emit(Some(Secret(words))),
                    Err(missing) => {
                        wrong.set(missing);
                        attempt.set(*attempt + 1);
                    }
                }
            })
        };
        return html! {
            <Page key="words" title={t!("member-words-title")} lead={t!("member-words-lead")}>
                <ErrorSummary wrong={wrong.lines.clone()} attempt={*attempt} />
                <form {onsubmit} novalidate=true>
                    <WordFields {fields} marked={wrong.places.clone()} />
                    <div class="actions"><Button class="button-choice" busy={*busy} words={act_words(act)} /></div>
                </form>
            </Page>
        };
    }
    let yes = Callback::from(move |()| if needs_words { is_typing.set(true) } else { go.emit(None) });
    let no = {
        let feed = line.feed.clone();
        Callback::from(move |()| navigator.push(&Route::Member { feed: feed.clone() }))
    };
    let also = |line: &&DeviceLine| {
        let (spared, feed) = (spared.clone(), line.feed.clone());
        let id = format!("also-{}", line.feed.get(..8).unwrap_or_default());
        let is_ticked = !spared.contains(&feed);
        let onchange = Callback::from(move |ticked: bool| {
            let mut next: Vec<String> = spared.iter().filter(|spared| **spared != feed).cloned().collect();
            next.extend((!ticked).then(|| feed.clone()));
            spared.set(next);
        });
        html! { <div key={line.feed.clone()}>{ tick(&id, html! { name_words(line) }, is_ticked, &onchange) }</div> }
    };
    html! {
        <>
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            { for (!with.is_empty()).then(|| html! {
                <div class="card"><FieldGroup id="also" label={t!("member-also", name = name_words(line))}>{ for with.iter().map(also) }</FieldGroup></div>
            }) }
            <Interruption question={question(act, &name_words(line))}>
                { points(act, needs_words) }
                <div class="interruption-acts">
                    <Button busy={*busy} words={act_words(act)} onclick={yes} />
                    <Button look={Look::Secondary} words={t!("member-act-no")} onclick={no} />
                </div>
            </Interruption>
        </>
    }
}

fn question(act: Act, name: &str) -> String {
    match act {
        Act::Stop => t!("member-stop-question", name = name.to_owned()),
        Act::Resume => t!("member-resume-question", name = name.to_owned()),
        Act::Remove => t!("member-remove-question", name = name.to_owned()),
        Act::Decide => t!("member-decide-question", name = name.to_owned()),
    }
}

fn points(act: Act, needs_words: bool) -> Html {
    let words = needs_words.then(|| point(t!("member-words"), t!("member-words-why")));
    let now = match act {
        Act::Stop => t!("member-stop-now"),
        Act::Resume => t!("member-resume-now"),
        Act::Remove => t!("member-remove-now"),
        Act::Decide => t!("member-decide-now"),
    };
    let stays = match act {
        Act::Stop | Act::Remove => Some(t!("member-read-stays")),
        Act::Resume | Act::Decide => None,
    };
    let undo = match act {
        Act::Stop => t!("member-stop-undo"),
        Act::Resume => t!("member-resume-undo"),
        Act::Remove => t!("member-remove-undo"),
        Act::Decide => t!("member-decide-undo"),
    };
    html! {
        <>
            { point(t!("erase-now"), now) }
            { for stays.map(|stays| point(t!("erase-cannot"), stays)) }
            { point(t!("erase-undo"), undo) }
            { for words }
        </>
    }
}

fn act_words(act: Act) -> String {
    match act {
        Act::Stop => t!("member-stop"),
        Act::Resume => t!("member-resume"),
        Act::Remove => t!("member-remove"),
        Act::Decide => t!("member-decide-do"),
    }
}

fn done_words(act: Act) -> String {
    match act {
        Act::Stop => t!("member-stopped"),
        Act::Resume => t!("member-resumed"),
        Act::Remove => t!("member-removed"),
        Act::Decide => t!("member-decided"),
    }
}

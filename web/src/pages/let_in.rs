//! Another device asks to be let into the open record: who it is, what it will get, yes or no.

use chartchain_vault::protocol::{Command, Fault, LinkId, MemberRole};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::devices::use_members;
use crate::components::basics::{problem, shown};
use crate::components::button::{Button, Look};
use crate::components::field::{Answer, Field, FieldGroup, radios};
use crate::components::interruption::{Interruption, point};
use crate::components::page::Page;
use crate::hooks::session::Shell;
use crate::services::ways;
use crate::t;
use crate::view::members::{role_choice, roles_for};

/// Properties of [`LetIn`].
#[derive(Properties, PartialEq)]
pub struct LetInProps {
    /// The connection.
    pub link: LinkId,
    /// The way that it goes over.
    pub way: u32,
    /// What the other device calls itself.
    pub name: String,
}

/// The pages, over a connection.
#[component]
pub fn LetIn(props: &LetInProps) -> Html {
    let shell = use_context::<Shell>();
    let (fault, busy) = (use_state(|| None::<Fault>), use_state(|| false));
    let onyes = {
        let (fault, busy, link) = (fault.clone(), busy.clone(), props.link);
        Callback::from(move |Chosen { role, name }: Chosen| {
            let Some(shell) = shell.clone().filter(|_| !*busy) else { return };
            busy.set(true);
            let (fault, busy) = (fault.clone(), busy.clone());
            wasm_bindgen_futures::spawn_local(async move {
                // Where it is done this page goes away.
                if let Err(why) = shell.ask(Command::LetIn { link, role, name }).await {
                    fault.set(Some(why));
                    busy.set(false);
                }
            });
        })
    };
    let onstop = {
        let way = props.way;
        Callback::from(move |()| ways::close(way))
    };
    html! { <Admit name={props.name.clone()} {onyes} {onstop} fault={(*fault).clone()} busy={*busy} /> }
}

/// As what somebody is let in, and under which name.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// As what.
    pub role: MemberRole,
    /// Under which name.
    pub name: String,
}

/// Properties of [`Admit`].
#[derive(Properties, PartialEq)]
pub struct AdmitProps {
    /// What the other device calls itself.
    pub name: String,
    /// What both people have to compare first, for those who have not.
    #[prop_or_default]
    pub number: Option<Html>,
    /// The person says yes.
    pub onyes: Callback<Chosen>,
    /// The person says no.
    pub onstop: Callback<()>,
    /// Why it could not be done.
    pub fault: Option<Fault>,
    /// It is being done.
    pub busy: bool,
}

/// Who it is, then whether that is what the person wants.
#[component]
pub fn Admit(props: &AdmitProps) -> Html {
    let chosen = use_state(|| None::<Chosen>);
    let asked = use_members();
    match &*chosen {
        Some(who) => {
            let onback = {
                let chosen = chosen.clone();
                Callback::from(move |()| chosen.set(None))
            };
            let onyes = {
                let (onyes, who) = (props.onyes.clone(), who.clone());
                Callback::from(move |()| onyes.emit(who.clone()))
            };
            html! {
                <>
                    { for props.fault.as_ref().map(|fault| problem(fault, None)) }
                    <Sure key="sure" who={who.clone()} {onyes} onstop={props.onstop.clone()} {onback} busy={props.busy} />
                </>
            }
        }
        None => {
            let onchosen = {
                let chosen = chosen.clone();
                Callback::from(move |who: Chosen| chosen.set(Some(who)))
            };
            shown(&asked, |members| {
                let (roles, number) = (roles_for(members.role), props.number.clone());
                html! { <Who key="who" name={props.name.clone()} {roles} {number} {onchosen} onstop={props.onstop.clone()} /> }
            })
        }
    }
}

#[derive(Properties, PartialEq)]
struct WhoProps {
    name: String,
    roles: Vec<MemberRole>,
    number: Option<Html>,
    onchosen: Callback<Chosen>,
    onstop: Callback<()>,
}

#[component]
fn Who(props: &WhoProps) -> Html {
    let input = use_node_ref();
    let at = use_state(|| (props.roles.len() == 1).then_some(0_usize));
    let is_missing = use_state(|| false);
    let answers: Vec<Answer> =
        props.roles.iter().enumerate().map(|(at, role)| Answer::new(at.to_string(), role_choice(*role))).collect();
    let choose = {
        let (at, is_missing) = (at.clone(), is_missing.clone());
        Callback::from(move |value: AttrValue| {
            is_missing.set(false);
            at.set(value.parse().ok());
        })
    };
    let onsubmit = {
        let (input, at, is_missing) = (input.clone(), at.clone(), is_missing.clone());
        let (roles, onchosen) = (props.roles.clone(), props.onchosen.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let typed = input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            match at.and_then(|at| roles.get(at)) {
                Some(role) => onchosen.emit(Chosen { role: *role, name: typed.trim().to_owned() }),
                None => is_missing.set(true),
            }
        })
    };
    let wrong = is_missing.then(|| AttrValue::from(t!("let-in-role-missing")));
    let chosen = at.map(|at| at.to_string()).unwrap_or_default();
    html! {
        <Page title={t!("let-in-title")} lead={t!("let-in-lead")}>
            { for props.number.clone() }
            <form class="form" {onsubmit} novalidate=true>
                <Field id="let-in-name" label={t!("let-in-name")} hint={t!("let-in-name-hint")}>
                    <input id="let-in-name" class="input" autocomplete="off" maxlength="60" value={props.name.clone()} ref={input}
                        aria-describedby="let-in-name-hint" />
                </Field>
                <FieldGroup id="let-in-role" label={t!("let-in-role")} {wrong}>
                    { radios("let-in-role", &answers, &chosen, &choose, true) }
                </FieldGroup>
                <div class="actions">
                    <Button class="button-choice" words={t!("let-in-next")} />
                </div>
            </form>
            <div class="actions"><Button look={Look::Secondary} words={t!("let-in-not")} onclick={props.onstop.clone()} /></div>
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct SureProps {
    who: Chosen,
    onyes: Callback<()>,
    onstop: Callback<()>,
    onback: Callback<()>,
    busy: bool,
}

#[component]
fn Sure(props: &SureProps) -> Html {
    let Chosen { role, name } = &props.who;
    let name = if name.is_empty() { t!("device-unnamed") } else { name.clone() };
    let is_witness = *role == MemberRole::Witness;
    let (gets, gets_why) = if is_witness {
        (t!("let-in-headers"), t!("let-in-headers-why"))
    } else {
        (t!("let-in-gets"), t!("let-in-gets-why"))
    };
    html! {
        <Interruption question={t!("let-in-question", name = name)}>
            { point(gets, gets_why) }
            { for (!is_witness).then(|| point(t!("let-in-writes"), t!("let-in-writes-why"))) }
            { for (!is_witness).then(|| point(t!("let-in-undo"), t!("let-in-undo-why"))) }
            <div class="interruption-acts">
                <Button class="button-choice" busy={props.busy} words={t!("let-in-do")} onclick={props.onyes.clone()} />
                <Button class="button-choice" look={Look::Secondary} words={t!("let-in-not")} onclick={props.onstop.clone()} />
            </div>
            <Button look={Look::Quiet} words={t!("back")} onclick={props.onback.clone()} />
        </Interruption>
    }
}

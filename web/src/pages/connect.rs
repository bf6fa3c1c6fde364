//! Connecting with another device: codes both ways, a number that both people compare, and what goes over then.

use chartchain_link::{Invitation, InvitationError, PeerError, SignalError, is_supported};
use chartchain_vault::protocol::{Command, Fault, LedgerId, LinkCard, LinkEnd, LinkId, LinkRecord};
use gloo_timers::callback::Interval;
use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::basics::{panel, problem, tile};
use crate::components::button::{Button, Look, button_link, link};
use crate::components::code::Code;
use crate::components::code_reader::CodeReader;
use crate::components::field::Field;
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::hooks::session::{Change, Phase, Shell};
use crate::pages::let_in::LetIn;
use crate::pages::open_file::open_it;
use crate::route::Route;
use crate::services::{browser, relay, ways};
use crate::t;
use crate::view::ways::{CODE_MS, Moment, Way, WayState, code_words, end_words, moment, record_words};

/// Properties of [`Connect`].
#[derive(Properties, PartialEq)]
pub struct ConnectProps {
    /// The code of another device, which its link led here with.
    #[prop_or_default]
    pub code: Option<AttrValue>,
    /// A link through a relay, which led here.
    #[prop_or_default]
    pub meet: Option<AttrValue>,
}

/// The page.
#[component]
pub fn Connect(props: &ConnectProps) -> Html {
    let shell = use_context::<Shell>();
    let navigator = use_navigator();
    let wrong = use_state(|| None::<AttrValue>);
    let busy = use_state(|| false);
    let has_relay = use_state(|| false);
    {
        let has_relay = has_relay.setter();
        use_effect_with((), move |()| {
            wasm_bindgen_futures::spawn_local(async move {
                has_relay.set(relay::about().await.is_ok_and(|about| about.meet))
            });
        });
    }
    let Some(shell) = shell else { return html! {} };
    if !is_supported() && props.meet.is_none() && !*has_relay {
        return html! {
            <Page title={t!("connect-title")} back={back()}>
                { panel("panel-know", t!("connect-unsupported"), html! { <p>{ t!("connect-unsupported-why") }</p> }) }
            </Page>
        };
    }
    let offer = begin(&shell, &wrong, &busy, None);
    let invite = {
        let (shell, wrong, busy) = (shell.clone(), wrong.clone(), busy.clone());
        Callback::from(move |()| {
            if *busy {
                return;
            }
            busy.set(true);
            wrong.set(None);
            let (shell, wrong, busy) = (shell.clone(), wrong.clone(), busy.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let begun = ways::invite(&shell).await;
                busy.set(false);
                if let Err(error) = begun {
                    wrong.set(Some(why(error).into()));
                }
            });
        })
    };
    let read = {
        let (shell, wrong, busy) = (shell.clone(), wrong.clone(), busy.clone());
        Callback::from(move |code: String| begin(&shell, &wrong, &busy, Some(code)).emit(()))
    };
    // Nothing is sent anywhere because somebody opened a link.
    if let Some(code) = props.meet.as_ref().or(props.code.as_ref()) {
        let (shell, wrong, busy, code) = (shell.clone(), wrong.clone(), busy.clone(), code.clone());
        let by_relay = props.meet.is_some();
        let problem = wrong.as_ref().map(|words| html! { <div class="card" role="alert"><p>{ words }</p></div> });
        let is_free = shell.session.way.as_ref().is_none_or(|way| way.state == WayState::Gone);
        let go_on = Callback::from({
            let busy = busy.clone();
            move |()| {
                let (shell, wrong, busy, code) = (shell.clone(), wrong.clone(), busy.clone(), code.clone());
                let navigator = navigator.clone();
                busy.set(true);
                wasm_bindgen_futures::spawn_local(async move {
                    let answered = if by_relay {
                        ways::meet(&shell, &code).await.map_err(why_not_met)
                    } else {
                        ways::answer(&shell, &code).await.map_err(why)
                    };
                    busy.set(false);
                    match (answered, navigator) {
                        // The address is left for one that says nothing.
                        (Ok(()), Some(navigator)) => navigator.replace(&Route::Connect),
                        (Ok(()), None) => {}
                        (Err(words), _) => wrong.set(Some(words.into())),
                    }
                });
            }
        });
        return html! {
            <Page key="link" title={t!("connect-link-title")} lead={t!("connect-link-lead")} back={back()}>
                <div class="stack-m">
                    { for problem }
                    { if is_free {
                        html! { <div class="actions"><Button class="button-choice" busy={*busy} words={t!("connect-link-do")} onclick={go_on} /></div> }
                    } else { html! { <p>{ t!("connect-link-busy") }</p> } } }
                    { panel("panel-know", t!("connect-gives-title"), html! { <p>{ t!("connect-gives") }</p> }) }
                </div>
            </Page>
        };
    }
    let card = |link: LinkId| shell.session.links.iter().find(|card| card.id == link);
    match &shell.session.way {
        Some(way) if way.state == WayState::Waiting => html! { <Waiting key={way.id} way={way.clone()} /> },
        Some(way) if way.state == WayState::Connecting => {
            html! { <Page key="connecting" title={t!("connect-connecting")} lead={t!("connect-connecting-why")}>{ stop(way.id) }</Page> }
        }
        Some(Way { state: WayState::Linked(link), id, .. }) => match card(*link) {
            Some(card) => html! { <Linked key={*id} way={*id} card={card.clone()} /> },
            None => html! { <Page key="connecting" title={t!("connect-connecting")}>{ stop(*id) }</Page> },
        },
        Some(way) => {
            html! { <Ended key="ended" used={way.is_used} end={shell.session.links.iter().rev().find_map(end_of)} /> }
        }
        None => html! {
            <Page key="begin" title={t!("connect-title")} lead={t!("connect-lead")} back={back()}>
                <div class="stack-m">
                    <div class="actions">
                        { for is_supported().then(|| html! {
                            <Button class="button-choice" picture={Icon::Device} busy={*busy} words={t!("connect-show")} onclick={offer} />
                        }) }
                        { for has_relay.then(|| html! {
                            <Button class="button-choice" look={Look::Secondary} picture={Icon::Links} busy={*busy} words={t!("meet-make")} onclick={invite} />
                        }) }
                    </div>
                    { for has_relay.then(|| html! { <p class="dense">{ t!("meet-make-why") }</p> }) }
                    { panel("panel-know", t!("connect-gives-title"), html! { <p>{ t!("connect-gives") }</p> }) }
                    <p class="quiet">{ link(Route::Settings, t!("network-title")) }</p>
                </div>
                <section class="section">
                    <h2>{ t!("connect-read-title") }</h2>
                    <CodeReader onread={read} wrong={(*wrong).clone()} busy={*busy} />
                </section>
                <section class="section stack">
                    <h2>{ t!("connect-files-title") }</h2>
                    <p>{ t!("connect-files") }</p>
                    <div class="actions">
                        { button_link(Route::AskByFile, Look::Secondary, None, t!("ask-file-title"), "") }
                        { button_link(Route::OpenFile, Look::Secondary, None, t!("open-title"), "") }
                    </div>
                </section>
            </Page>
        },
    }
}

fn back() -> (Route, AttrValue) {
    (Route::Devices, t!("devices-title").into())
}

fn end_of(card: &LinkCard) -> Option<LinkEnd> {
    match moment(card, false) {
        Moment::Over(end) => Some(end),
        _ => None,
    }
}

/// Begins a way: shows a code, or answers one.
fn begin(
    shell: &Shell,
    wrong: &UseStateHandle<Option<AttrValue>>,
    busy: &UseStateHandle<bool>,
    code: Option<String>,
) -> Callback<()> {
    let (shell, wrong, busy) = (shell.clone(), wrong.clone(), busy.clone());
    Callback::from(move |()| {
        if *busy {
            return;
        }
        busy.set(true);
        wrong.set(None);
        let (shell, wrong, busy, code) = (shell.clone(), wrong.clone(), busy.clone(), code.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let begun = match &code {
                Some(link) if Invitation::from_text(link).is_ok() => {
                    ways::meet(&shell, link).await.map_err(why_not_met)
                }
                Some(code) => ways::answer(&shell, code).await.map_err(why),
                None => ways::offer(&shell).await.map_err(why),
            };
            busy.set(false);
            if let Err(words) = begun {
                wrong.set(Some(words.into()));
            }
        });
    })
}

/// What is wrong with a link through a relay, and what to do.
fn why_not_met(error: Option<InvitationError>) -> String {
    match error {
        None => t!("meet-refused"),
        Some(InvitationError::Other | InvitationError::NoAddress) => t!("connect-other"),
        Some(InvitationError::Damaged) => t!("connect-damaged"),
        Some(InvitationError::TooNew) => t!("connect-too-new"),
    }
}

/// What is wrong with a code, and what to do.
fn why(error: PeerError) -> String {
    match error {
        PeerError::Unsupported => t!("connect-unsupported-why"),
        PeerError::Servers => t!("connect-servers"),
        PeerError::Hidden => t!("connect-hidden"),
        PeerError::Signal(error) => match error {
            SignalError::Other => t!("connect-other"),
            SignalError::Damaged => t!("connect-damaged"),
            SignalError::TooNew => t!("connect-too-new"),
            SignalError::OtherKind => t!("connect-other-kind"),
            SignalError::OtherOffer => t!("connect-other-offer"),
            SignalError::NoAddress => t!("connect-no-address"),
        },
    }
}

fn stop(way: u32) -> Html {
    let onclick = Callback::from(move |()| ways::close(way));
    html! { <div class="actions"><Button look={Look::Secondary} words={t!("connect-stop")} {onclick} /></div> }
}

#[derive(Properties, PartialEq)]
struct WaitingProps {
    way: Way,
}

/// The code of this device, and where it offers, a way to read the other one's.
#[component]
fn Waiting(props: &WaitingProps) -> Html {
    let wrong = use_state(|| None::<AttrValue>);
    let left_ms = use_state(|| props.way.made_ms + CODE_MS - browser::now_ms());
    {
        let (left_ms, way) = (left_ms.setter(), props.way.clone());
        use_effect_with((), move |()| {
            let ticking = Interval::new(10_000, move || {
                left_ms.set((way.made_ms + CODE_MS - browser::now_ms()).max(0));
            });
            move || drop(ticking)
        });
    }
    let accept = {
        let (wrong, way) = (wrong.clone(), props.way.id);
        Callback::from(move |code: String| {
            let wrong = wrong.clone();
            wasm_bindgen_futures::spawn_local(async move {
                wrong.set(ways::accept(way, &code).await.err().map(|error| why(error).into()));
            });
        })
    };
    let code = props.way.code.clone();
    let route = if props.way.by_relay { Route::Meet { code } } else { Route::ConnectTo { code } };
    let link = browser::address_of(&route.to_path());
    let minutes = u32::try_from((*left_ms + 59_999) / 60_000).unwrap_or(0);
    let reads = props.way.offers && !props.way.by_relay;
    let (title, lead) = if props.way.by_relay {
        (t!("meet-title"), t!("meet-lead"))
    } else if props.way.offers {
        (t!("connect-code-title"), t!("connect-code-lead"))
    } else {
        (t!("connect-answer-title"), t!("connect-answer-lead"))
    };
    html! {
        <Page {title} {lead}>
            <div class="card">
                <Code text={link} label={t!("connect-code")} />
                <p class="dense">{ t!("connect-minutes", count = minutes) }</p>
            </div>
            { if reads { html! {
                <section class="section">
                    <h2>{ t!("connect-then-title") }</h2>
                    <CodeReader onread={accept} wrong={(*wrong).clone()} busy=false />
                </section>
            } } else { html! { <p class="quiet" role="status">{ t!("connect-waiting") }</p> } } }
            { stop(props.way.id) }
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct LinkedProps {
    way: u32,
    card: LinkCard,
}

/// A connection that is open.
#[component]
fn Linked(props: &LinkedProps) -> Html {
    let shell = use_context::<Shell>();
    let fault = use_state(|| None::<Fault>);
    let name = use_node_ref();
    let asked = use_state(|| false);
    let more = use_state(|| false);
    {
        // It was shared.
        let more = more.setter();
        use_effect_with((props.card.let_in.clone(), props.card.records.len()), move |_| more.set(false));
    }
    let Some(shell) = shell else { return html! {} };
    let link = props.card.id;
    let ask = {
        let (shell, fault) = (shell.clone(), fault.clone());
        move |command: Command| {
            let (shell, fault) = (shell.clone(), fault.clone());
            fault.set(None);
            wasm_bindgen_futures::spawn_local(async move {
                if let Err(why) = shell.ask(command).await {
                    fault.set(Some(why));
                }
            });
        }
    };
    let problem = fault.as_ref().map(|fault| problem(fault, None));
    match moment(&props.card, *more) {
        Moment::Greeting | Moment::Over(_) => {
            html! { <Page key="connecting" title={t!("connect-connecting")}>{ stop(props.way) }</Page> }
        }
        Moment::Compare { code, said } => {
            let say = |same: bool| {
                let ask = ask.clone();
                Callback::from(move |()| ask(Command::SayCode { link, same }))
            };
            html! {
                <Page key="compare" title={t!("compare-title")} lead={t!("compare-lead")}>
                    <div class="stack-m">
                        { for problem }
                        <div class="card compare"><p class="compare-code" dir="ltr">{ code_words(code) }</p></div>
                        { if said {
                            html! { <p class="quiet" role="status">{ t!("compare-waiting") }</p> }
                        } else { html! {
                            <div class="actions">
                                <Button class="button-choice" look={Look::Secondary} picture={Icon::Check} words={t!("compare-same")} onclick={say(true)} />
                                <Button class="button-choice" look={Look::Secondary} picture={Icon::Cross} words={t!("compare-different")} onclick={say(false)} />
                            </div>
                        } } }
                        { panel("panel-know", t!("compare-why-title"), html! { <p>{ t!("compare-why") }</p> }) }
                        { stop(props.way) }
                    </div>
                </Page>
            }
        }
        Moment::Met => {
            let onsubmit = {
                let (name, asked) = (name.clone(), asked.clone());
                Callback::from(move |event: SubmitEvent| {
                    event.prevent_default();
                    let typed = name.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
                    asked.set(true);
                    ask(Command::AskToJoin { link, name: typed.trim().to_owned() });
                })
            };
            html! {
                <Page key="met" title={t!("met-title")} lead={t!("met-lead")}>
                    { for problem }
                    { if *asked {
                        html! { <p class="quiet" role="status">{ t!("met-asked") }</p> }
                    } else { html! {
                        <form class="form" {onsubmit} novalidate=true>
                            <Field id="device-name" label={t!("met-name")} hint={t!("met-name-hint")}>
                                <input id="device-name" class="input" autocomplete="off" maxlength="60" ref={name} aria-describedby="device-name-hint" />
                            </Field>
                            <div class="actions"><Button class="button-choice" words={t!("met-ask")} /></div>
                        </form>
                    } } }
                    { stop(props.way) }
                </Page>
            }
        }
        Moment::Asked(name) => html! { <LetIn key="asked" {link} way={props.way} {name} /> },
        Moment::Sharing => {
            let onclick = {
                let (more, asked) = (more.clone(), asked.clone());
                Callback::from(move |()| {
                    more.set(true);
                    asked.set(false);
                })
            };
            let another = html! { <Button look={Look::Quiet} words={t!("sharing-another")} {onclick} /> };
            sharing(&shell, props, another)
        }
    }
}

/// What goes over, record by record.
fn sharing(shell: &Shell, props: &LinkedProps, another: Html) -> Html {
    let Phase::Unlocked { ledgers, open, .. } = &shell.session.phase else { return html! {} };
    let name_of = |id: &LedgerId| ledgers.iter().find(|card| card.id == *id).and_then(|card| card.subject.name.clone());
    let row = |record: &LinkRecord| {
        html! {
            <div class="card stack" key={record.ledger.0.clone()}>
                <div class="trust-head">
                    { tile(if record.same { "tile-ok" } else { "" }, if record.same { Icon::Check } else { Icon::Links }) }
                    <p class="strong">{ name_of(&record.ledger).unwrap_or_else(|| t!("a-record")) }</p>
                </div>
                <p role="status">{ record_words(record) }</p>
                { for (record.refused > 0).then(|| html! { <p>{ t!("link-refused-blocks", count = record.refused) }</p> }) }
            </div>
        }
    };
    let joined = props.card.let_in.clone().filter(|ledger| open.as_ref() != Some(ledger));
    let open_joined = joined.map(|ledger| open_it(shell, &ledger));
    html! {
        <Page key="sharing" title={t!("sharing-title")} lead={t!("sharing-lead")} back={back()}>
            <div class="stack-m">
                { for props.card.records.iter().map(row) }
                <div class="actions">{ for open_joined }{ another }</div>
                { stop(props.way) }
            </div>
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct EndedProps {
    used: bool,
    end: Option<LinkEnd>,
}

/// It is over, or never came to be.
#[component]
fn Ended(props: &EndedProps) -> Html {
    let shell = use_context::<Shell>();
    let again = Callback::from(move |()| {
        if let Some(shell) = &shell {
            shell.change(Change::WaySeen);
        }
    });
    let (title, words) = match props.end {
        None if props.used => (t!("connect-failed"), t!("meet-used")),
        Some(LinkEnd::Between) => (t!("compare-differed"), end_words(LinkEnd::Between)),
        Some(end) => (t!("link-over"), end_words(end)),
        None => (t!("connect-failed"), t!("connect-failed-why")),
    };
    html! {
        <Page {title}>
            <div class="stack-m">
                <div class="card" role="alert"><p>{ words }</p></div>
                <div class="actions">
                    <Button class="button-choice" words={t!("connect-again")} onclick={again} />
                    { button_link(Route::Home, Look::Quiet, None, t!("not-found-home"), "") }
                </div>
            </div>
        </Page>
    }
}

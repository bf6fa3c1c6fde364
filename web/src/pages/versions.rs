//! The versions of an entry that devices amended apart, side by side, until somebody settles it.

use std::rc::Rc;

use chartchain_vault::protocol::{Command, EntryId, EntryLine, Fault, Reply, Version, Versions};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::basics::{problem, section, shown};
use crate::components::button::{Button, Look, button_link};
use crate::components::icon::Icon;
use crate::components::interruption::{Interruption, point};
use crate::components::page::Page;
use crate::components::summary::{row, summary};
use crate::components::tag::{Tone, tag};
use crate::hooks::ask::use_ask;
use crate::hooks::session::{Change, Shell};
use crate::pages::amend::SEEN;
use crate::pages::withdraw::WithdrawProps;
use crate::route::Route;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::members::name_words;
use crate::view::versions::{Compared, main, others};

/// The version to be kept, and those that were seen beside it.
type Choice = (EntryId, Vec<EntryId>);

/// The page.
#[component]
pub fn VersionsPage(props: &WithdrawProps) -> Html {
    let asked = use_ask(
        props.entry.clone(),
        |entry| Command::Versions { entry: EntryId(entry.clone()) },
        |shell, reply| match reply {
            Reply::Versions(page) => {
                shell.change(Change::Banner(page.banner.clone()));
                Some(*page)
            }
            _ => None,
        },
    );
    let shell = use_context::<Shell>();
    use_effect_with(asked.answer.clone(), move |page| {
        if let (Some(shell), Some(page)) = (shell, page) {
            let seen: Vec<EntryId> = page.versions.iter().map(|version| version.line.entry.clone()).collect();
            shell.memory.borrow_mut().insert(SEEN, Rc::new(seen));
        }
    });
    let choice = use_state(|| None::<Choice>);
    if let Some((entry, over)) = &*choice {
        let back = choice.clone();
        return html! {
            <Keep entry={entry.clone()} over={over.clone()} back={Callback::from(move |()| back.set(None))} />
        };
    }
    let entry =
        asked.answer.as_ref().and_then(|page| page.versions.first()).map_or(&props.entry, |one| &one.line.entry.0);
    let back = (Route::Entry { entry: entry.clone() }, AttrValue::from(t!("entry")));
    let choose = Callback::from(move |chosen: Choice| choice.set(Some(chosen)));
    html! {
        <Page title={t!("versions-title")} tab={t!("entry")} {back}>
            { shown(&asked, |page| side_by_side(page, &choose)) }
        </Page>
    }
}

fn side_by_side(page: &Rc<Versions>, choose: &Callback<Choice>) -> Html {
    let [_, _, ..] = page.versions.as_slice() else { return settled(page) };
    let lines: Vec<&EntryLine> = page.versions.iter().map(|version| &version.line).collect();
    let (main, others) = (main(&lines), others(&page.versions));
    let all: Vec<EntryId> = lines.iter().map(|line| line.entry.clone()).collect();
    let version = |(at, version): (usize, &Version)| {
        let chosen = (version.line.entry.clone(), all.clone());
        let choose = choose.reform(move |()| chosen.clone());
        one(version, (at, &main, &others), choose)
    };
    let more = usize::try_from(page.total).ok().and_then(|total| total.checked_sub(page.versions.len()));
    let anew = page.versions.iter().find(|version| version.has_form && version.line.by_hand && !version.line.wrong);
    html! {
        <>
            <p>{ t!("versions-why") }{ " " }{ t!("versions-lead") }</p>
            <div class="two-texts">{ for page.versions.iter().enumerate().map(version) }</div>
            { for more.filter(|more| *more > 0).map(|more| html! { <p>{ t!("versions-more", count = more) }</p> }) }
            { for anew.map(|version| {
                let to = Route::Amend { entry: version.line.entry.0.clone() };
                let act = button_link(to, Look::Secondary, Some(Icon::Pen), t!("versions-anew"), "");
                section(t!("versions-none-right"), None, html! { <div class="actions">{ act }</div> })
            }) }
        </>
    }
}

/// Nothing stands beside it any more.
fn settled(page: &Versions) -> Html {
    let open = page.versions.first().map(|version| {
        button_link(
            Route::Entry { entry: version.line.entry.0.clone() },
            Look::Secondary,
            None,
            t!("versions-open-entry"),
            "",
        )
    });
    html! { <><p>{ t!("versions-settled") }</p><div class="actions">{ for open }</div></> }
}

fn one(version: &Version, (at, main, others): (usize, &[Compared], &[Compared]), choose: Callback<()>) -> Html {
    let line = &version.line;
    let signed = browser::local(version.block.at_ms).words();
    let said = |compared: &Compared| {
        let said = compared.said.get(at).cloned().flatten();
        let words = said.map_or_else(
            || html! { <span class="quiet">{ t!("no-data") }</span> },
            |said| html! { <span dir="auto">{ said }</span> },
        );
        (compared.name.clone(), words, compared.differs().then(|| t!("versions-differs")))
    };
    let rows = main.iter().map(said).map(|(name, words, note)| row(name, words, note));
    let signer = name_words(&version.signer);
    let who = [
        row(t!("signed-by"), html! { { signer.clone() } }, None),
        row(t!("signed-on"), html! { { signed.clone() } }, version.block.time_doubtful.then(|| t!("time-doubtful"))),
    ];
    // Names of elements are those of the standard, in its language; the note is not.
    let more = others.iter().map(said).map(|(name, words, note)| {
        html! {
            <div>
                <dt lang="en" dir="ltr">{ name }</dt>
                <dd>{ words }{ for note.map(|note| html! { <div class="summary-note">{ note }</div> }) }</dd>
            </div>
        }
    });
    html! {
        <section class="card stack" key={line.entry.0.clone()}>
            <h2>{ t!("versions-by", name = signer.clone()) }</h2>
            { for line.wrong.then(|| html! { <p class="row">{ tag(Tone::Attention, None, t!("flag-wrong")) }</p> }) }
            { summary(rows.chain(more).chain(who)) }
            <div class="actions">
                <Button look={Look::Secondary} words={t!("versions-keep")} about={t!("versions-keep-about", name = signer, when = signed)} onclick={choose} />
            </div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct KeepProps {
    entry: EntryId,
    over: Vec<EntryId>,
    back: Callback<()>,
}

/// The question before a version is kept.
#[component]
fn Keep(props: &KeepProps) -> Html {
    let shell = use_context::<Shell>();
    let navigator = use_navigator();
    let fault = use_state(|| None::<Fault>);
    let busy = use_state(|| false);
    let (Some(shell), Some(navigator)) = (shell, navigator) else { return html! {} };
    let act = {
        let (fault, busy, entry, over) = (fault.clone(), busy.clone(), props.entry.clone(), props.over.clone());
        Callback::from(move |()| {
            busy.set(true);
            let (shell, navigator, fault, busy) = (shell.clone(), navigator.clone(), fault.clone(), busy.clone());
            let command = Command::KeepVersion { entry: entry.clone(), over: over.clone() };
            wasm_bindgen_futures::spawn_local(async move {
                let why = match shell.ask(command).await {
                    Ok(Reply::Saved(entry)) => {
                        shell.change(Change::Say(t!("versions-done")));
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
    html! {
        <>
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            <Interruption question={t!("versions-question")}>
                { point(t!("withdraw-now"), t!("versions-now-why")) }
                { point(t!("withdraw-stays"), t!("versions-stays-why")) }
                { point(t!("withdraw-undo"), t!("versions-undo-why")) }
                <div class="interruption-acts">
                    <Button busy={*busy} words={t!("versions-do")} onclick={act} />
                    <Button look={Look::Secondary} words={t!("versions-not")} onclick={props.back.clone()} />
                </div>
            </Interruption>
        </>
    }
}

//! People and devices of a record: which there are, as what, since when, when they met last, what each has.

use chartchain_vault::protocol::{Command, DeviceLine, DeviceStanding, LinkAccess, LinkCard, Members, Reply};
use yew::prelude::*;

use crate::components::basics::{shown, tile};
use crate::components::button::{Look, button_link, link};
use crate::components::by_itself::ByItselfCard;
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::components::summary::{row, summary};
use crate::components::tag::{Tone, tag};
use crate::hooks::ask::{Asked, use_ask};
use crate::hooks::session::Shell;
use crate::route::Route;
use crate::services::browser;
use crate::t;
use crate::view::members::{has_words, name_words, role_words, standing_words};

/// Who belongs to the open record.
#[hook]
pub fn use_members() -> Asked<Members> {
    // What a device lacks may be in a letter meanwhile, and it may have come or gone.
    let since = use_context::<Shell>().map(|shell| {
        let is_admitted = |card: &LinkCard| card.records.iter().any(|record| record.access == LinkAccess::Admitted);
        let links: Vec<_> = shell.session.links.iter().map(|card| (card.id, card.stage, is_admitted(card))).collect();
        (shell.session.letters, links)
    });
    use_ask(
        since,
        |_| Command::ListDevices,
        |_, reply| match reply {
            Reply::Members(members) => Some(*members),
            _ => None,
        },
    )
}

/// The page.
#[component]
pub fn Devices() -> Html {
    let asked = use_members();
    html! {
        <Page title={t!("devices-title")} lead={t!("devices-lead")}>
            <div class="stack-m">
                <div class="actions">
                    { button_link(Route::Connect, Look::Primary, Some(Icon::Links), t!("connect-title"), "button-choice") }
                    { button_link(Route::SendFile, Look::Secondary, None, t!("send-title"), "") }
                    { button_link(Route::OpenFile, Look::Secondary, None, t!("open-title"), "") }
                </div>
                { shown(&asked, |members| html! {
                    <div class="stack-m">
                        <p>{ t!("devices-safe", count = members.copies) }</p>
                        { for (!members.is_decided).then(|| html! { <p class="card">{ t!("devices-undecided") }</p> }) }
                        { for members.devices.iter().map(device) }
                        { for (members.devices.len() > 1).then(|| html! { <ByItselfCard /> }) }
                    </div>
                }) }
            </div>
        </Page>
    }
}

/// What is known of a device, line by line.
pub fn facts(line: &DeviceLine) -> Html {
    let moment = |ms: i64| browser::local(ms).words();
    let rows = [
        line.role.map(|role| row(t!("device-role"), html! { role_words(role) }, None)),
        line.since_ms.map(|ms| row(t!("device-since"), html! { moment(ms) }, None)),
        line.compared_ms.map(|ms| row(t!("device-compared"), html! { moment(ms) }, None)),
        line.met_ms.map(|ms| row(t!("device-met"), html! { moment(ms) }, None)),
        line.letter_ms.map(|ms| row(t!("device-letter"), html! { moment(ms) }, None)),
        Some(row(t!("device-has"), html! { has_words(line) }, None)),
    ];
    summary(rows.into_iter().flatten())
}

/// How a device stands, in tags.
pub fn tags(line: &DeviceLine) -> Html {
    let standing = standing_words(line.standing).map(|(tone, words)| tag(tone, None, words));
    let decides = line.decides.then(|| tag(Tone::Info, None, t!("device-decides")));
    let connected = line.connected.then(|| tag(Tone::Ok, None, t!("device-connected")));
    html! { <>{ for connected }{ for standing }{ for decides }</> }
}

/// What it means that a device forked, what was done, and what to do.
pub fn forked(line: &DeviceLine) -> Html {
    if line.standing != DeviceStanding::Forked {
        return html! {};
    }
    let said = [t!("device-forked-what"), t!("device-forked-done"), t!("device-forked-do")];
    html! { <>{ for said.into_iter().map(|words| html! { <p>{ words }</p> }) }</> }
}

fn device(line: &DeviceLine) -> Html {
    let page = Route::Member { feed: line.feed.clone() };
    html! {
        <section class="card stack" key={line.feed.clone()}>
            <div class="trust-head">{ tile("", Icon::Device) }<h2>{ link(page, name_words(line)) }</h2>{ tags(line) }</div>
            { forked(line) }
            { facts(line) }
        </section>
    }
}

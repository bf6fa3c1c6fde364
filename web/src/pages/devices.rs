//! People and devices of a record: which there are, since when, when they met last, what each has.

use chartchain_vault::protocol::{Command, DeviceHas, DeviceLine, DeviceStanding, Reply};
use yew::prelude::*;

use crate::components::basics::{shown, tile};
use crate::components::button::{Look, button_link};
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::components::summary::{row, summary};
use crate::components::tag::{Tone, tag};
use crate::hooks::ask::use_ask;
use crate::route::Route;
use crate::services::browser;
use crate::t;

/// The page.
#[component]
pub fn Devices() -> Html {
    let asked = use_ask(
        (),
        |()| Command::ListDevices,
        |_, reply| match reply {
            Reply::Devices(lines) => Some(lines),
            _ => None,
        },
    );
    html! {
        <Page title={t!("devices-title")} lead={t!("devices-lead")}>
            <div class="stack-m">
                <div class="actions">
                    { button_link(Route::Connect, Look::Primary, Some(Icon::Links), t!("connect-title"), "button-choice") }
                </div>
                { shown(&asked, |lines| html! {
                    <div class="stack-m">
                        <p>{ t!("devices-safe", count = copies(lines)) }</p>
                        { for lines.iter().map(device) }
                    </div>
                }) }
            </div>
        </Page>
    }
}

/// On how many devices everything is, this one included.
fn copies(lines: &[DeviceLine]) -> u32 {
    let whole = lines.iter().filter(|line| line.this_device || is_whole(line)).count();
    u32::try_from(whole).unwrap_or(u32::MAX)
}

/// Whether a device that may be met again said that it holds everything.
fn is_whole(line: &DeviceLine) -> bool {
    line.has == DeviceHas::Everything && line.standing == DeviceStanding::Good
}

fn device(line: &DeviceLine) -> Html {
    let moment = |ms: i64| browser::local(ms).words();
    let name = match (line.this_device, line.name.is_empty()) {
        (true, _) => t!("this-device"),
        (false, false) => line.name.clone(),
        (false, true) => t!("device-unnamed"),
    };
    let standing = match line.standing {
        DeviceStanding::Good => None,
        DeviceStanding::Coming => Some((Tone::Neutral, t!("device-coming"))),
        DeviceStanding::NotLetIn => Some((Tone::Attention, t!("device-not-let-in"))),
        DeviceStanding::Ended => Some((Tone::Neutral, t!("device-ended"))),
        DeviceStanding::Forked => Some((Tone::Attention, t!("device-forked"))),
    };
    let has = match line.has {
        _ if line.this_device => t!("device-everything"),
        DeviceHas::Unknown => t!("device-unknown"),
        DeviceHas::Everything => t!("device-everything"),
        DeviceHas::Lacks(count) => t!("device-lacks", count = count),
    };
    let rows = [
        line.since_ms.map(|ms| row(t!("device-since"), html! { moment(ms) }, None)),
        line.compared_ms.map(|ms| row(t!("device-compared"), html! { moment(ms) }, None)),
        line.met_ms.map(|ms| row(t!("device-met"), html! { moment(ms) }, None)),
        Some(row(t!("device-has"), html! { has }, None)),
    ];
    html! {
        <section class="card stack" key={line.feed.clone()}>
            <div class="trust-head">{ tile("", Icon::Device) }<h2>{ name }</h2>{ for standing.map(|(tone, words)| tag(tone, None, words)) }</div>
            { summary(rows.into_iter().flatten()) }
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_counted_only_where_everything_is() {
        let line = |this_device: bool, has: DeviceHas| DeviceLine {
            feed: String::new(),
            this_device,
            name: String::new(),
            since_ms: None,
            compared_ms: None,
            met_ms: None,
            blocks: 0,
            has,
            standing: DeviceStanding::Good,
        };
        let lines = [
            line(true, DeviceHas::Unknown),
            line(false, DeviceHas::Everything),
            line(false, DeviceHas::Lacks(2)),
            line(false, DeviceHas::Unknown),
        ];
        assert_eq!(copies(&lines), 2);
    }
}

//! How other devices are reached: whether they learn this one's address, and which servers help.

use chartchain_vault::protocol::{Command, Network, NetworkServer, Reply, Secret, ServerProblem};
use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

use super::basics::problem;
use super::button::{Button, Look};
use super::error_summary::{ErrorSummary, Wrong};
use super::field::{Field, described_by, tick};
use crate::hooks::session::{Change, Shell};
use crate::services::engine::unexpected;
use crate::services::ways;
use crate::t;

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Stun,
    Turn,
    User,
    Password,
}

impl Part {
    const ALL: [Self; 4] = [Self::Stun, Self::Turn, Self::User, Self::Password];

    const fn id(self) -> &'static str {
        match self {
            Self::Stun => "network-stun",
            Self::Turn => "network-turn",
            Self::User => "network-user",
            Self::Password => "network-password",
        }
    }

    fn label(self) -> String {
        match self {
            Self::Stun => t!("network-stun"),
            Self::Turn => t!("network-turn"),
            Self::User => t!("network-user"),
            Self::Password => t!("network-password"),
        }
    }

    fn hint(self) -> Option<String> {
        match self {
            Self::Stun => Some(t!("network-stun-hint")),
            Self::Turn => Some(t!("network-turn-hint")),
            Self::User | Self::Password => None,
        }
    }
}

/// What is typed.
#[derive(Clone, Default)]
struct Typed {
    hides_address: bool,
    parts: [String; 4],
}

impl Typed {
    fn of(network: &Network) -> Self {
        let [mut stun, mut turn] = [None, None];
        for server in &network.servers {
            let place = if server.passes_on() { &mut turn } else { &mut stun };
            place.get_or_insert(server);
        }
        let url = |server: Option<&NetworkServer>| server.map(|server| server.url.clone()).unwrap_or_default();
        let user = turn.map(|turn| turn.user.clone()).unwrap_or_default();
        let password = turn.map(|turn| turn.password.0.clone()).unwrap_or_default();
        Self { hides_address: network.hides_address, parts: [url(stun), url(turn), user, password] }
    }

    /// As it is stored, and what is wrong with it.
    fn network(&self) -> (Network, Vec<Wrong>) {
        let [stun, turn, user, password] = self.parts.clone().map(|part| part.trim().to_owned());
        let (mut servers, mut wrong) = (Vec::new(), Vec::new());
        let none = || (String::new(), Secret(String::new()));
        for (at, url, (user, password)) in [(Part::Stun, stun, none()), (Part::Turn, turn, (user, Secret(password)))] {
            if url.is_empty() && user.is_empty() {
                continue;
            }
            let server = NetworkServer { url, user, password };
            let is_other = server.passes_on() != (at == Part::Turn);
            match is_other.then_some(ServerProblem::Url).or_else(|| server.check()) {
                Some(ServerProblem::Credentials) => wrong.push(Wrong::at(Part::User.id(), t!("network-wrong-user"))),
                Some(_) if at == Part::Stun => wrong.push(Wrong::at(at.id(), t!("network-wrong-stun"))),
                Some(_) => wrong.push(Wrong::at(at.id(), t!("network-wrong-turn"))),
                None => servers.push(server),
            }
        }
        (Network { hides_address: self.hides_address, servers }, wrong)
    }
}

/// The card of the settings.
#[component]
pub fn NetworkSetting() -> Html {
    let shell = use_context::<Shell>();
    let typed = use_state(|| None::<Typed>);
    let wrong = use_state(Vec::<Wrong>::new);
    let attempt = use_state(|| 0_u32);
    let fault = use_state(|| None);
    let stored = use_mut_ref(Vec::<NetworkServer>::new);
    {
        let (shell, typed, fault, stored) = (shell.clone(), typed.setter(), fault.setter(), stored.clone());
        use_effect_with((), move |()| {
            wasm_bindgen_futures::spawn_local(async move {
                let Some(shell) = shell else { return };
                match shell.engine.ask(Command::LoadNetwork).await {
                    Ok(Reply::Network(network)) => {
                        typed.set(Some(Typed::of(&network)));
                        *stored.borrow_mut() = network.servers;
                    }
                    other => fault.set(Some(other.err().unwrap_or_else(unexpected))),
                }
            });
        });
    }
    let Some(shell) = shell else { return html! {} };
    let Some(now) = (*typed).clone() else {
        return html! { <div class="card">{ for fault.as_ref().map(|fault| problem(fault, None)) }</div> };
    };
    let store = {
        let (shell, fault) = (shell, fault.clone());
        Callback::from(move |network: Network| {
            fault.set(None);
            let (shell, fault) = (shell.clone(), fault.clone());
            wasm_bindgen_futures::spawn_local(async move {
                shell.change(Change::Say(String::new()));
                match shell.ask(Command::SaveNetwork(network)).await {
                    Ok(Reply::Network(_)) => {
                        // Nothing goes on as it was.
                        ways::end_all();
                        shell.change(Change::Say(t!("network-saved")));
                    }
                    other => fault.set(Some(other.err().unwrap_or_else(unexpected))),
                }
            });
        })
    };
    let save = {
        let (now, wrong, attempt, stored, store) =
            (now.clone(), wrong.clone(), attempt.clone(), stored.clone(), store.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (network, faults) = now.network();
            if faults.is_empty() {
                *stored.borrow_mut() = network.servers.clone();
                store.emit(network);
            }
            wrong.set(faults);
            attempt.set(attempt.wrapping_add(1));
        })
    };
    // It holds at once, with the servers that are stored, whatever stands half typed below.
    let hide = {
        let (typed, now) = (typed.clone(), now.clone());
        Callback::from(move |hides_address| {
            typed.set(Some(Typed { hides_address, ..now.clone() }));
            store.emit(Network { hides_address, servers: stored.borrow().clone() });
        })
    };
    let field = |part: Part| {
        let (id, hint) = (part.id(), part.hint().map(AttrValue::from));
        let wrong = Wrong::of(&wrong, id);
        let (described, invalid) =
            (described_by(id, hint.is_some(), wrong.is_some()), wrong.is_some().then_some("true"));
        let value = now.parts.get(part as usize).cloned().unwrap_or_default();
        let oninput = {
            let (typed, now) = (typed.clone(), now.clone());
            Callback::from(move |event: InputEvent| {
                let mut next = now.clone();
                if let Some(place) = next.parts.get_mut(part as usize) {
                    *place = event.target_unchecked_into::<HtmlInputElement>().value();
                }
                typed.set(Some(next));
            })
        };
        let kind = if part == Part::Password { "password" } else { "text" };
        html! {
            <Field key={id} {id} label={part.label()} {hint} {wrong}>
                <input {id} class="input" type={kind} dir="ltr" autocomplete="off" spellcheck="false" autocapitalize="none" maxlength="256"
                    aria-describedby={described} aria-invalid={invalid} {value} {oninput} />
            </Field>
        }
    };
    html! {
        <form class="card form" novalidate=true onsubmit={save}>
            <ErrorSummary wrong={(*wrong).clone()} attempt={*attempt} />
            { tick("network-hides", html! { { t!("network-hides") } }, now.hides_address, &hide) }
            <p class="hint">{ t!("network-hides-why") }</p>
            { for Part::ALL.into_iter().map(field) }
            <p class="hint">{ t!("network-what") }</p>
            <div class="stack">
                { if let Some(fault) = fault.as_ref() { problem(fault, None) } else { html! {} } }
                <div><Button look={Look::Secondary} words={t!("network-save")} /></div>
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(parts: [&str; 4]) -> Typed {
        Typed { hides_address: true, parts: parts.map(str::to_owned) }
    }

    #[test]
    fn what_is_typed_is_stored_and_shown_again() {
        let parts = ["stun:stun.example.org:3478", "turn:turn.example.org?transport=udp", "ida", "heron"];
        let (network, wrong) = typed(parts).network();
        assert!(wrong.is_empty() && network.servers.len() == 2 && network.hides_address);
        assert_eq!(Typed::of(&network).parts, parts.map(str::to_owned));
        let (network, wrong) = typed(["  ", "", "", ""]).network();
        assert!(wrong.is_empty() && network.servers.is_empty());
    }

    #[test]
    fn what_is_no_server_is_told_at_its_field() {
        let at = |parts| typed(parts).network().1.into_iter().filter_map(|wrong| wrong.field).collect::<Vec<_>>();
        assert_eq!(at(["https://example.org", "", "", ""]), ["network-stun"]);
        assert_eq!(at(["turn:example.org", "stun:example.org", "", ""]), ["network-stun", "network-turn"]);
        assert_eq!(at(["", "turn:example.org", "", ""]), ["network-user"]);
        assert_eq!(at(["", "", "ida", ""]), ["network-turn"]);
    }
}

//! Looking around with a made-up person: no passphrase, nothing stored.

use chartchain_vault::DEMO_SEED;
use chartchain_vault::protocol::{Command, Fault};
use yew::prelude::*;

use crate::components::button::{Look, button_link};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::mark::mark;
use crate::components::page::Page;
use crate::hooks::session::Shell;
use crate::route::Route;
use crate::t;
use crate::view::faults;

async fn begin(shell: &Shell) -> Result<(), Fault> {
    let unlocked = shell.ask(Command::Try { seed: DEMO_SEED }).await?;
    shell.take_created(unlocked).await
}

/// The page: shows only while the person is being made up.
#[component]
pub fn TryOut() -> Html {
    let shell = use_context::<Shell>();
    let wrong = use_state(Vec::<Wrong>::new);
    {
        let wrong = wrong.clone();
        use_effect_with((), move |()| {
            wasm_bindgen_futures::spawn_local(async move {
                let Some(shell) = shell else { return };
                // Once someone is unlocked, this page gives way to the first page of their record.
                if let Err(fault) = begin(&shell).await {
                    wrong.set(vec![Wrong::whole(faults::words(&fault))]);
                }
            });
        });
    }
    html! {
        <main id="main" class="bare">
            { mark() }
            <Page title={t!("try-title")} lead={t!("try-lead")} back={(Route::Start, AttrValue::from(t!("back")))}>
                <ErrorSummary wrong={(*wrong).clone()} attempt={u32::from(!wrong.is_empty())} />
                <div class="actions">{ button_link(Route::Start, Look::Quiet, None, t!("cancel"), "") }</div>
            </Page>
        </main>
    }
}

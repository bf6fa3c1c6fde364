//! The recovery words on a sheet of paper, with the same as a QR code. It names nobody.

use chartchain_vault::protocol::{Command, Fault, Reply};
use yew::prelude::*;

use crate::components::basics::{panel, problem};
use crate::components::button::{Button, Look};
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::hooks::session::Shell;
use crate::pages::recovery::Words;
use crate::qr::Drawn;
use crate::services::engine::unexpected;
use crate::services::{browser, qr};
use crate::t;

/// Properties of [`RecoverySheet`].
#[derive(Properties, PartialEq)]
pub struct RecoverySheetProps {
    /// What stands on it.
    pub words: Words,
    /// The way back.
    pub back: Callback<()>,
}

async fn draw(shell: &Shell, words: &Words) -> Result<Drawn, Fault> {
    match shell.ask(Command::MakeSheetCode { words: words.secret() }).await? {
        Reply::SheetCode(code) => qr::draw(code).await.ok_or_else(unexpected),
        _ => Err(unexpected()),
    }
}

/// The page.
#[component]
pub fn RecoverySheet(props: &RecoverySheetProps) -> Html {
    let shell = use_context::<Shell>();
    let drawn = use_state(|| None::<Result<Drawn, Fault>>);
    {
        let (drawn, words) = (drawn.clone(), props.words.clone());
        use_effect_with((), move |()| {
            if let Some(shell) = shell {
                wasm_bindgen_futures::spawn_local(async move { drawn.set(Some(draw(&shell, &words).await)) });
            }
        });
    }
    html! {
        <Page title={t!("sheet-title")}>
            <div class="no-print stack-m">
                { panel("panel-know", t!("sheet-know-title"), html! { <p>{ t!("sheet-know") }</p> }) }
                <div class="actions">
                    <Button class="button-choice" picture={Icon::Print} busy={drawn.is_none()} words={t!("sheet-print")} onclick={Callback::from(|()| browser::print())} />
                    <Button look={Look::Quiet} words={t!("back")} onclick={props.back.clone()} />
                </div>
            </div>
            { match &*drawn {
                None => html! { <p class="quiet" role="status">{ t!("sheet-drawing") }</p> },
                Some(Err(fault)) => problem(fault, None),
                Some(Ok(drawn)) => sheet(&props.words, drawn),
            } }
        </Page>
    }
}

fn sheet(words: &Words, drawn: &Drawn) -> Html {
    let side = drawn.side().to_string();
    html! {
        <section class="card sheet section" aria-label={t!("sheet-title")}>
            <p class="strong">{ t!("sheet-made", date = browser::today().day_words()) }</p>
            <p>{ t!("sheet-opens") }</p>
            <p>{ t!("sheet-not") }</p>
            { words.list() }
            <div class="sheet-code">
                <svg viewBox={format!("0 0 {side} {side}")} role="img" aria-label={t!("sheet-code")}>
                    <rect class="code-light" width={side.clone()} height={side} />
                    <path class="code-dark" d={drawn.path()} />
                </svg>
                <div class="stack">
                    <p>{ t!("sheet-code-why") }</p>
                    <p>{ t!("sheet-use") }</p>
                    <p>{ t!("sheet-keep") }</p>
                </div>
            </div>
        </section>
    }
}

//! A form with what was kept of it: go on with that, or start anew.

use std::rc::Rc;

use chartchain_vault::protocol::{Command, EntryId, Fault, FormDraft, Reply};
use yew::prelude::*;

use crate::components::basics::problem;
use crate::components::button::{Button, Look};
use crate::hooks::session::Shell;
use crate::pages::write::{FormSheet, draft_of};
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::form::{Draft, Filed};

#[derive(Clone, PartialEq)]
enum Step {
    Asking,
    Offer(Rc<Draft>, i64),
    Write(Rc<Draft>),
    Failed(Fault),
}

/// Properties of [`DraftedForm`].
#[derive(Properties, PartialEq)]
pub struct DraftedFormProps {
    /// As it is filled in where nothing was kept.
    pub draft: Draft,
    /// The entry that it replaces.
    pub amends: Option<EntryId>,
}

/// What was kept, as it can be gone on with. A file that is lost has to be chosen again.
fn opened(kept: FormDraft) -> Option<(Draft, i64)> {
    let mut draft = Draft::from_bytes(&kept.content)?;
    draft.file = match kept.file {
        Some(card) => Some(Filed { card, waits: true }),
        None => draft.file.filter(|filed| !filed.waits),
    };
    Some((draft, kept.at_ms))
}

/// The form, or the question before it.
#[component]
pub fn DraftedForm(props: &DraftedFormProps) -> Html {
    let shell = use_context::<Shell>();
    let step = use_state(|| Step::Asking);
    let of = draft_of(&props.draft, props.amends.as_ref());
    {
        let (shell, step, of, fresh) = (shell.clone(), step.clone(), of.clone(), Rc::new(props.draft.clone()));
        use_effect_with((), move |()| {
            if let Some(shell) = shell {
                wasm_bindgen_futures::spawn_local(async move {
                    step.set(match shell.ask(Command::LoadDraft { of }).await {
                        Ok(Reply::Draft(kept)) => match kept.and_then(|kept| opened(*kept)) {
                            Some((draft, at_ms)) => Step::Offer(Rc::new(draft), at_ms),
                            None => Step::Write(fresh),
                        },
                        Ok(_) => Step::Failed(unexpected()),
                        Err(fault) => Step::Failed(fault),
                    });
                });
            }
        });
    }
    let Some(shell) = shell else { return html! {} };
    match &*step {
        Step::Asking => html! { <p class="quiet">{ t!("opening") }</p> },
        Step::Failed(fault) => problem(fault, None),
        Step::Write(draft) => html! { <FormSheet draft={(**draft).clone()} amends={props.amends.clone()} /> },
        Step::Offer(draft, at_ms) => {
            let go_on = {
                let (step, draft) = (step.clone(), Rc::clone(draft));
                Callback::from(move |()| step.set(Step::Write(Rc::clone(&draft))))
            };
            let anew = {
                let (step, fresh) = (step.clone(), Rc::new(props.draft.clone()));
                Callback::from(move |()| {
                    shell.engine.tell(Command::DropDraft { of: of.clone() });
                    step.set(Step::Write(Rc::clone(&fresh)));
                })
            };
            html! {
                <div class="panel panel-know" role="group" aria-label={t!("draft-heading")}>
                    <h2>{ t!("draft-heading") }</h2>
                    <p>{ t!("draft-from", when = browser::local(*at_ms).words()) }</p>
                    <div class="actions">
                        <Button words={t!("draft-go-on")} onclick={go_on} />
                        <Button look={Look::Secondary} words={t!("draft-anew")} onclick={anew} />
                    </div>
                    <p class="quiet dense">{ t!("draft-anew-why") }</p>
                </div>
            }
        }
    }
}

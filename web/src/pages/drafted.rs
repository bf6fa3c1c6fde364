//! A form with what was kept of it: go on with that, or start anew; where two tabs wrote in it, go on with one of both texts.

use std::rc::Rc;

use chartchain_vault::protocol::{Command, DraftFrom, DraftKept, DraftOf, Fault, Reply};
use yew::prelude::*;

use crate::components::basics::problem;
use crate::components::button::{Button, Look};
use crate::hooks::draft::{beside, keep_command};
use crate::hooks::session::Shell;
use crate::pages::draft_elsewhere::two_texts;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::faults;
use crate::view::kept::Kept;

/// A text, and when it was kept.
type Dated<T> = (T, i64);

#[derive(Clone, PartialEq)]
enum Step<T> {
    Asking,
    Offer(Rc<Dated<T>>),
    /// What is in the draft's own place, and what is beside it.
    Choose(Rc<Dated<T>>, Rc<Dated<T>>),
    Write(Rc<T>, Option<i64>),
    Failed(Fault),
}

/// Properties of [`DraftedForm`].
#[derive(Properties, PartialEq)]
pub struct DraftedFormProps<T: Kept> {
    /// As it is filled in where nothing was kept.
    pub draft: T,
    /// Where it is written: with what it begins, and when that was kept, if it was.
    pub sheet: Callback<(T, Option<i64>), Html>,
}

/// What can be done with what was kept.
#[derive(Clone)]
enum Act {
    Look,
    GoOn,
    GoOnWithOther,
    StartAnew,
}

async fn load<T: Kept>(shell: &Shell, of: DraftOf, fresh: &T) -> Result<Option<Dated<T>>, Fault> {
    let Reply::Draft(kept) = shell.ask(Command::LoadDraft { of }).await? else { return Err(unexpected()) };
    Ok(kept.and_then(|kept| Some((T::opened(&kept)?.going_on(fresh), kept.at_ms))))
}

async fn drop_kept<T>(shell: &Shell, of: DraftOf, kept: Option<&Dated<T>>) -> Result<(), Fault> {
    if let Some((_, at_ms)) = kept {
        shell.ask(Command::DropDraft { of, at_ms: *at_ms }).await?;
    }
    Ok(())
}

/// Puts a text in the place of what is there.
async fn put<T: Kept>(shell: &Shell, of: DraftOf, draft: &T, since_ms: Option<i64>) -> Result<Option<i64>, Fault> {
    let command = keep_command(DraftFrom { of, since_ms }, draft).ok_or_else(unexpected)?;
    match shell.ask(command).await? {
        Reply::DraftKept(DraftKept::At(at_ms)) => Ok(Some(at_ms)),
        Reply::DraftKept(DraftKept::Elsewhere { .. }) => Ok(None),
        _ => Err(unexpected()),
    }
}

/// Does it with what is there now, which another tab may have changed.
async fn act<T: Kept>(shell: &Shell, of: DraftOf, fresh: Rc<T>, act: Act) -> Result<Step<T>, Fault> {
    let aside = beside(&of);
    let (own, other) = (load(shell, of.clone(), &*fresh).await?, load(shell, aside.clone(), &*fresh).await?);
    match act {
        Act::Look => {}
        Act::GoOn => {
            if let Some((draft, at_ms)) = own {
                drop_kept(shell, aside, other.as_ref()).await?;
                return Ok(Step::Write(Rc::new(draft), Some(at_ms)));
            }
        }
        Act::GoOnWithOther => {
            if let Some(other) = other {
                let since_ms = own.as_ref().map(|(_, at_ms)| *at_ms);
                if let Some(at_ms) = put(shell, of, &other.0, since_ms).await? {
                    drop_kept(shell, aside, Some(&other)).await?;
                    return Ok(Step::Write(Rc::new(other.0), Some(at_ms)));
                }
                return Ok(own.map_or(Step::Asking, |own| Step::Choose(Rc::new(own), Rc::new(other))));
            }
        }
        Act::StartAnew => {
            drop_kept(shell, of, own.as_ref()).await?;
            drop_kept(shell, aside, other.as_ref()).await?;
            return Ok(Step::Write(fresh, None));
        }
    }
    match (own, other) {
        (Some(own), Some(other)) => Ok(Step::Choose(Rc::new(own), Rc::new(other))),
        (Some(own), None) => Ok(Step::Offer(Rc::new(own))),
        // The text beside is all there is: it takes the free place.
        (None, Some(other)) => {
            put(shell, of, &other.0, None).await?;
            drop_kept(shell, aside, Some(&other)).await?;
            Ok(Step::Offer(Rc::new(other)))
        }
        (None, None) => Ok(Step::Write(fresh, None)),
    }
}

/// The form, or the question before it.
#[component]
pub fn DraftedForm<T: Kept>(props: &DraftedFormProps<T>) -> Html {
    let shell = use_context::<Shell>();
    let step = use_state(|| Step::Asking);
    let do_it = {
        let (shell, step) = (shell, step.clone());
        let (of, fresh) = (props.draft.of(), Rc::new(props.draft.clone()));
        Callback::from(move |what: Act| {
            let Some(shell) = shell.clone() else { return };
            let (step, of, fresh) = (step.clone(), of.clone(), Rc::clone(&fresh));
            wasm_bindgen_futures::spawn_local(async move {
                step.set(act(&shell, of, fresh, what).await.unwrap_or_else(Step::Failed));
            });
        })
    };
    {
        let do_it = do_it.clone();
        use_effect_with((), move |()| do_it.emit(Act::Look));
    }
    match &*step {
        Step::Asking => html! { <p class="quiet">{ t!("opening") }</p> },
        Step::Failed(fault) => problem(fault, Some(do_it.reform(|()| Act::Look))),
        Step::Write(draft, since_ms) => props.sheet.emit(((**draft).clone(), *since_ms)),
        Step::Offer(kept) => {
            let words = html! { <p>{ t!("draft-from", when = browser::local(kept.1).words()) }</p> };
            let go_on = html! { <Button words={t!("draft-go-on")} onclick={do_it.reform(|()| Act::GoOn)} /> };
            offer(t!("draft-heading"), words, go_on, &do_it)
        }
        Step::Choose(own, other) => {
            let text = |kept: &Dated<T>, what: Act| {
                let when = browser::local(kept.1).words();
                let go_on = do_it.reform(move |()| what.clone());
                html! { <Button look={Look::Secondary} words={t!("draft-go-on-with")} about={when} onclick={go_on} /> }
            };
            let heading = |kept: &Dated<T>| t!("draft-kept-at", when = browser::local(kept.1).words());
            let both = html! {
                <>
                    <p>{ t!("draft-two-why") }</p>
                    { two_texts([
                        (heading(own), &own.0, text(own, Act::GoOn)),
                        (heading(other), &other.0, text(other, Act::GoOnWithOther)),
                    ]) }
                </>
            };
            offer(t!("draft-two"), both, html! {}, &do_it)
        }
    }
}

/// What was kept, and the choice to start anew.
fn offer(heading: String, words: Html, go_on: Html, do_it: &Callback<Act>) -> Html {
    html! {
        <div class="panel panel-know" role="group" aria-label={heading.clone()}>
            <h2>{ heading }</h2>
            { words }
            <div class="actions">
                { go_on }
                <Button look={Look::Secondary} words={t!("draft-anew")} onclick={do_it.reform(|()| Act::StartAnew)} />
            </div>
            <p class="quiet dense">{ t!("draft-anew-why") }</p>
        </div>
    }
}

/// Whether what is typed is kept.
pub fn kept_line(kept: Option<&Option<Fault>>) -> Html {
    match kept {
        None => html! {},
        Some(None) => html! { <p class="quiet dense" id="kept">{ t!("draft-kept") }</p> },
        Some(Some(fault)) => html! {
            <div class="panel panel-know" role="alert"><h2>{ t!("draft-not-kept") }</h2><p>{ faults::words(fault) }</p></div>
        },
    }
}

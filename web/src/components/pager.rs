//! The end of a long list: how much of it is shown, and more.

use yew::prelude::*;

use super::button::{Button, Look};
use crate::hooks::session::{Change, Shell};
use crate::services::browser;
use crate::t;

/// Properties of [`Pager`].
#[derive(Properties, PartialEq)]
pub struct PagerProps {
    /// How many are shown.
    pub shown: usize,
    /// How many there are.
    pub total: u32,
    /// How many come at once.
    pub step: u32,
    /// CSS selector of what takes focus in each entry of the list, in order.
    pub items: &'static str,
    /// Words for readers after the button's, where several lists stand on a page.
    #[prop_or_default]
    pub about: Option<AttrValue>,
    /// Shows more.
    pub more: Callback<()>,
}

/// The button and the count. When more has come, the first new entry takes focus, and the count is read out.
#[component]
pub fn Pager(props: &PagerProps) -> Html {
    let shell = use_context::<Shell>();
    let asked_at = use_mut_ref(|| None::<(usize, u32)>);
    {
        let (asked_at, items) = (asked_at.clone(), props.items);
        use_effect_with((props.shown, props.total), move |(shown, total)| {
            let asked = asked_at.take();
            if let Some((before, _)) = asked.filter(|(before, of)| shown > before && of == total) {
                browser::focus_nth(items, before);
                if let Some(shell) = shell {
                    shell.change(Change::Say(t!("shown-of", shown = *shown, total = *total)));
                }
            }
        });
    }
    let left = props.total.saturating_sub(u32::try_from(props.shown).unwrap_or(u32::MAX));
    if left == 0 {
        return html! {};
    }
    let onclick = {
        let (more, asked) = (props.more.clone(), (props.shown, props.total));
        Callback::from(move |()| {
            asked_at.replace(Some(asked));
            more.emit(());
        })
    };
    html! {
        <div class="pager no-print">
            <Button look={Look::Secondary} words={t!("show-more", count = left.min(props.step))} about={props.about.clone()} {onclick} />
            <span class="quiet dense">{ t!("shown-of", shown = props.shown, total = props.total) }</span>
        </div>
    }
}

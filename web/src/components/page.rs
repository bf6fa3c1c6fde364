//! A page: title of the tab, heading that takes focus, way back.

use web_sys::HtmlElement;
use yew::prelude::*;
use yew_router::prelude::*;

use super::icon::{Icon, icon};
use crate::route::Route;
use crate::services::browser;
use crate::t;

/// Properties of [`Page`].
#[derive(Properties, PartialEq)]
pub struct PageProps {
    /// Heading, and title of the tab unless `tab` says otherwise.
    pub title: AttrValue,
    /// Title of the tab where the heading is about health: titles are kept in the browser's history.
    #[prop_or_default]
    pub tab: Option<AttrValue>,
    /// Below the heading.
    #[prop_or_default]
    pub lead: Option<AttrValue>,
    /// The way back: where and its words.
    #[prop_or_default]
    pub back: Option<(Route, AttrValue)>,
    /// At the end of the heading's row.
    #[prop_or_default]
    pub end: Html,
    /// Focus goes to the heading when the page opens.
    #[prop_or(true)]
    pub focus: bool,
    /// The page.
    pub children: Children,
}

/// A page.
#[component]
pub fn Page(props: &PageProps) -> Html {
    let heading = use_node_ref();
    {
        let heading = heading.clone();
        let focus = props.focus;
        use_effect_with((), move |()| {
            browser::scroll_to(0.0);
            if focus && let Some(heading) = heading.cast::<HtmlElement>() {
                browser::focus_quietly(&heading);
            }
        });
    }
    use_effect_with(props.tab.clone().unwrap_or_else(|| props.title.clone()), |title| {
        browser::set_title(&t!("tab-title", page = title.as_str()));
    });
    html! {
        <>
            { for props.back.as_ref().map(|(to, words)| html! {
                <Link<Route> to={to.clone()} classes="back no-print">{ icon(Icon::ChevronLeft) }<span>{ words }</span></Link<Route>>
            }) }
            <div class="page-head page-head-row">
                <div>
                    <h1 tabindex="-1" ref={heading}>{ &props.title }</h1>
                    { for props.lead.as_ref().map(|lead| html! { <p class="lead">{ lead }</p> }) }
                </div>
                { props.end.clone() }
            </div>
            { props.children.clone() }
        </>
    }
}

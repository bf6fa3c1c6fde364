//! The app's own icons: 24 grid, stroke 1.9, round ends. Always beside a word, hidden from readers.

use yew::prelude::*;

/// An icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Home,
    Timeline,
    Plus,
    More,
    Lock,
    Search,
    Flask,
    Pill,
    Pulse,
    Heart,
    Syringe,
    Document,
    Checklist,
    Links,
    TakeOut,
    Settings,
    Warning,
    Key,
    Building,
    Pen,
    Hand,
    Leaf,
    Person,
    People,
    Device,
    Card,
    Dots,
    ChevronRight,
    ChevronLeft,
    ChevronDown,
    Check,
    Cross,
    Pause,
    Play,
    Eye,
    Copy,
    Upload,
    Print,
    Trash,
    Shield,
    Info,
    Swap,
}

impl Icon {
    /// Chevrons and arrows follow the direction of reading; things do not.
    const fn flips(self) -> bool {
        matches!(self, Self::ChevronRight | Self::ChevronLeft)
    }

    const fn lines(self) -> &'static str {
        match self {
            Self::Home => "M3.5 11 12 4l8.5 7M5.5 9.5V20h13V9.5M9.5 20v-5.5h5V20",
            Self::Timeline => {
                "M11 5h9M11 12h9M11 19h9M5.5 3a2 2 0 1 0 0 4 2 2 0 0 0 0-4M5.5 7v10M5.5 17a2 2 0 1 0 0 4 2 2 0 0 0 0-4M4 12h3"
            }
            Self::Plus => "M12 4.5v15M4.5 12h15",
            Self::More => "M4 4h6.5v6.5H4ZM13.5 4H20v6.5h-6.5ZM4 13.5h6.5V20H4ZM13.5 13.5H20V20h-6.5Z",
            Self::Lock => "M5.5 11h13v9.5h-13ZM8 11V7.5a4 4 0 0 1 8 0V11",
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5 20.5 20.5",
            Self::Flask => {
                "M9 3.5h6M10 3.5v6L4.8 18.3a1.5 1.5 0 0 0 1.3 2.2h11.8a1.5 1.5 0 0 0 1.3-2.2L14 9.5v-6M7.5 15h9"
            }
            Self::Pill => "M10.2 20a4.4 4.4 0 0 1-6.2-6.2L13.8 4A4.4 4.4 0 0 1 20 10.2ZM8.9 8.9l6.2 6.2",
            Self::Pulse => "M2.5 12.5h4l3-8 5 15 3-7h4",
            Self::Heart => "M12 20.5C6 16.5 3 13 3 9a4.7 4.7 0 0 1 9-2 4.7 4.7 0 0 1 9 2c0 4-3 7.5-9 11.5",
            Self::Syringe => {
                "M17 3.5 20.5 7M18.7 5.3 15.5 8.5M13 6l5 5M14.5 7.5 6.5 15.5v2h2l8-8M6.5 17.5 3.5 20.5M10 12l2 2"
            }
            Self::Document => "M6 3.5h8l4.5 4.5v12.5H6ZM13.5 3.5V8.5h5M9 12.5h6M9 16.5h6",
            Self::Checklist => {
                "M3.5 6l1.5 1.5 2.5-3M3.5 12.5 5 14l2.5-3M3.5 19 5 20.5l2.5-3M11.5 6h9M11.5 12.5h9M11.5 19h9"
            }
            Self::Links => "M10 16H7a4 4 0 0 1 0-8h3M14 8h3a4 4 0 0 1 0 8h-3M8.5 12h7",
            Self::TakeOut => "M12 3.5v11M7.5 10.5 12 15l4.5-4.5M4.5 20h15",
            Self::Settings => {
                "M3.5 7h8.5M16.5 7h4M14.3 4.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6M3.5 17h4M12 17h8.5M9.7 14.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6"
            }
            Self::Warning => "M12 4 2.5 20h19ZM12 10v4.5M12 17.2v.1",
            Self::Key => "M7.5 12a4 4 0 1 0 0 8 4 4 0 0 0 0-8M10.5 13.2 20 3.8M17 6.8l2.5 2.5M13.8 10l2 2",
            Self::Building => "M5 20.5V5.5h8v15M13 10h6v10.5M3.5 20.5h17M8 9h2M8 12.5h2M8 16h2M16 13.5v.1M16 17v.1",
            Self::Pen => "M4 20l1-4.5L16.5 4 20 7.5 8.5 19ZM14 6.5l3.5 3.5",
            Self::Hand => {
                "M8 12V5.5a1.5 1.5 0 0 1 3 0V11M11 10.5v-6a1.5 1.5 0 0 1 3 0v6M14 11V6a1.5 1.5 0 0 1 3 0v8c0 4-2 6.5-5.5 6.5-3 0-4.5-1.5-6-4l-2-3.5c.8-1.2 2-1.2 3 0L8 14.5"
            }
            Self::Leaf => "M5 19c0-9 5-14 15-14.5C20 14 15 19 8.5 18.5M4 20.5 13 11",
            Self::Person => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20.5c.8-3.5 3.8-5.5 7.5-5.5s6.7 2 7.5 5.5",
            Self::People => {
                "M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M2.5 20c.6-3.3 3.2-5.3 6.5-5.3s5.9 2 6.5 5.3M15.5 5a3.5 3.5 0 0 1 0 6.3M18 15.3c1.8.7 3 2.4 3.5 4.7"
            }
            Self::Device => "M7 2.5h10v19H7ZM11 18.5h2",
            Self::Card => "M3 5.5h18v13H3ZM3 9.5h18M6.5 14.5h4",
            Self::Dots => {
                "M5 10.8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4M12 10.8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4M19 10.8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4"
            }
            Self::ChevronRight => "M9 5l7 7-7 7",
            Self::ChevronLeft => "M15 5l-7 7 7 7",
            Self::ChevronDown => "M5 9l7 7 7-7",
            Self::Check => "M4.5 12.5l5 5 10-11",
            Self::Cross => "M5.5 5.5l13 13M18.5 5.5l-13 13",
            Self::Pause => "M9 6v12M15 6v12",
            Self::Play => "M8 5l11 7-11 7Z",
            Self::Eye => {
                "M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12M12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6"
            }
            Self::Copy => "M8.5 8.5h11.5V20.5H8.5ZM15.5 8.5v-5H4v12h4.5",
            Self::Upload => "M12 15.5V4.5M7.5 9 12 4.5 16.5 9M4.5 16v4.5h15V16",
            Self::Print => "M7 8.5V3.5h10v5M7 16.5H4v-8h16v8h-3M7 13.5h10v7H7Z",
            Self::Trash => "M4.5 6.5h15M9 6.5v-3h6v3M6.5 6.5l1 14h9l1-14M10.5 10.5v6M13.5 10.5v6",
            Self::Shield => "M12 3l7.5 3v5.5c0 4.5-3 7.5-7.5 9.5-4.5-2-7.5-5-7.5-9.5V6ZM8.5 12l2.5 2.5 4.5-5",
            Self::Info => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 11v5.5M12 7.5v.1",
            Self::Swap => "M4 8.5h15M15 4.5l4 4-4 4M20 15.5H5M9 11.5l-4 4 4 4",
        }
    }
}

/// Draws an icon.
pub fn icon(icon: Icon) -> Html {
    let class = classes!("icon", icon.flips().then_some("icon-flip"));
    html! {
        <svg {class} viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={icon.lines()} /></svg>
    }
}

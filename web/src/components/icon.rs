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
            Self::Home => "M3.500 11 12 4l8.500 7M5.500 9.500V20h13V9.500M9.500 20v-5.500h5V20",
            Self::Timeline => {
                "M11 5h9M11 12h9M11 19h9M5.500 3a2 2 0 1 0 0 4 2 2 0 0 0 0-4M5.500 7v10M5.500 17a2 2 0 1 0 0 4 2 2 0 0 0 0-4M4 12h3"
            }
            Self::Plus => "M12 4.500v15M4.500 12h15",
            Self::More => {
                "M4 4h6.500v6.500H4ZM13.500 4H20v6.500h-6.500ZM4 13.500h6.500V20H4ZM13.500 13.500H20V20h-6.500Z"
            }
            Self::Lock => "M5.500 11h13v9.500h-13ZM8 11V7.500a4 4 0 0 1 8 0V11",
            Self::Search => "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13M15.500 15.500 20.500 20.500",
            Self::Flask => {
                "M9 3.500h6M10 3.500v6L4.800 18.300a1.500 1.500 0 0 0 1.300 2.200h11.800a1.500 1.500 0 0 0 1.300-2.200L14 9.500v-6M7.500 15h9"
            }
            Self::Pill => {
                "M10.200 20a4.400 4.400 0 0 1-6.200-6.200L13.800 4A4.400 4.400 0 0 1 20 10.200ZM8.900 8.900l6.200 6.200"
            }
            Self::Pulse => "M2.500 12.500h4l3-8 5 15 3-7h4",
            Self::Heart => {
                "M12 20.500C6 16.500 3 13 3 9a4.700 4.700 0 0 1 9-2 4.700 4.700 0 0 1 9 2c0 4-3 7.500-9 11.500"
            }
            Self::Syringe => {
                "M17 3.500 20.500 7M18.700 5.300 15.500 8.500M13 6l5 5M14.500 7.500 6.500 15.500v2h2l8-8M6.500 17.500 3.500 20.500M10 12l2 2"
            }
            Self::Document => "M6 3.500h8l4.500 4.500v12.500H6ZM13.500 3.500V8.500h5M9 12.500h6M9 16.500h6",
            Self::Checklist => {
                "M3.500 6l1.500 1.500 2.500-3M3.500 12.500 5 14l2.500-3M3.500 19 5 20.500l2.500-3M11.500 6h9M11.500 12.500h9M11.500 19h9"
            }
            Self::Links => "M10 16H7a4 4 0 0 1 0-8h3M14 8h3a4 4 0 0 1 0 8h-3M8.500 12h7",
            Self::TakeOut => "M12 3.500v11M7.500 10.500 12 15l4.500-4.500M4.500 20h15",
            Self::Settings => {
                "M3.500 7h8.500M16.500 7h4M14.300 4.700a2.300 2.300 0 1 0 0 4.600 2.300 2.300 0 0 0 0-4.600M3.500 17h4M12 17h8.500M9.700 14.700a2.300 2.300 0 1 0 0 4.600 2.300 2.300 0 0 0 0-4.600"
            }
            Self::Warning => "M12 4 2.500 20h19ZM12 10v4.500M12 17.200v.1",
            Self::Key => {
                "M7.500 12a4 4 0 1 0 0 8 4 4 0 0 0 0-8M10.500 13.200 20 3.800M17 6.800l2.500 2.500M13.800 10l2 2"
            }
            Self::Building => {
                "M5 20.500V5.500h8v15M13 10h6v10.500M3.500 20.500h17M8 9h2M8 12.500h2M8 16h2M16 13.500v.1M16 17v.1"
            }
            Self::Pen => "M4 20l1-4.500L16.500 4 20 7.500 8.500 19ZM14 6.500l3.500 3.500",
            Self::Hand => {
                "M8 12V5.500a1.500 1.500 0 0 1 3 0V11M11 10.500v-6a1.500 1.500 0 0 1 3 0v6M14 11V6a1.500 1.500 0 0 1 3 0v8c0 4-2 6.500-5.500 6.500-3 0-4.500-1.500-6-4l-2-3.500c.8-1.200 2-1.200 3 0L8 14.500"
            }
            Self::Leaf => "M5 19c0-9 5-14 15-14.500C20 14 15 19 8.500 18.500M4 20.500 13 11",
            Self::Person => {
                "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.500 20.500c.8-3.500 3.800-5.500 7.500-5.500s6.700 2 7.500 5.500"
            }
            Self::People => {
                "M9 4.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7M2.500 20c.6-3.300 3.200-5.300 6.500-5.300s5.900 2 6.500 5.300M15.500 5a3.500 3.500 0 0 1 0 6.300M18 15.300c1.800.7 3 2.400 3.500 4.700"
            }
            Self::Device => "M7 2.500h10v19H7ZM11 18.500h2",
            Self::Card => "M3 5.500h18v13H3ZM3 9.500h18M6.500 14.500h4",
            Self::Dots => "M5 12v.1M12 12v.1M19 12v.1",
            Self::ChevronRight => "M9 5l7 7-7 7",
            Self::ChevronLeft => "M15 5l-7 7 7 7",
            Self::ChevronDown => "M5 9l7 7 7-7",
            Self::Check => "M4.500 12.500l5 5 10-11",
            Self::Cross => "M5.500 5.500l13 13M18.500 5.500l-13 13",
            Self::Pause => "M9 6v12M15 6v12",
            Self::Play => "M8 5l11 7-11 7Z",
            Self::Eye => {
                "M2.500 12C5 7.500 8.300 5.500 12 5.500s7 2 9.500 6.500c-2.500 4.500-5.800 6.500-9.500 6.500S5 16.500 2.500 12M12 9.200a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600"
            }
            Self::Copy => "M8.500 8.500h11.500V20.500H8.500ZM15.500 8.500v-5H4v12h4.500",
            Self::Upload => "M12 15.500V4.500M7.500 9 12 4.500 16.500 9M4.500 16v4.500h15V16",
            Self::Print => "M7 8.500V3.500h10v5M7 16.500H4v-8h16v8h-3M7 13.500h10v7H7Z",
            Self::Trash => "M4.500 6.500h15M9 6.500v-3h6v3M6.500 6.500l1 14h9l1-14M10.500 10.500v6M13.500 10.500v6",
            Self::Shield => {
                "M12 3l7.500 3v5.500c0 4.500-3 7.500-7.500 9.500-4.500-2-7.500-5-7.500-9.500V6ZM8.500 12l2.500 2.500 4.500-5"
            }
            Self::Info => "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17M12 11v5.500M12 7.500v.1",
            Self::Swap => "M4 8.500h15M15 4.500l4 4-4 4M20 15.500H5M9 11.500l-4 4 4 4",
        }
    }
}

/// Draws an icon.
#[must_use]
pub fn icon(icon: Icon) -> Html {
    let class = classes!("icon", icon.flips().then_some("icon-flip"));
    html! {
        <svg {class} viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={icon.lines()} /></svg>
    }
}

use yew::prelude::*;

/// A small drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glyph {
    ArrowRight,
    Bag,
    Check,
    ChevronLeft,
    ChevronRight,
    Close,
    Cloud,
    Compass,
    Device,
    Download,
    Eye,
    EyeOff,
    Filter,
    Mail,
    Minus,
    Moon,
    Person,
    Plus,
    Refresh,
    Search,
    Shelf,
    Sun,
    Warning,
}

impl Glyph {
    /// Strokes in a field of 24 × 24.
    const fn path(self) -> &'static str {
        match self {
            Self::ArrowRight => "M5 12h14m-6-6 6 6-6 6",
            Self::Bag => {
                "M5.5 8h13l1 11.2a.8.8 0 0 1-.8.8H5.3a.8.8 0 0 1-.8-.8zM8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5"
            }
            Self::Check => "m5 12.5 4.5 4.5L19 7.5",
            Self::ChevronLeft => "m14.5 6-6 6 6 6",
            Self::ChevronRight => "m9.5 6 6 6-6 6",
            Self::Close => "m6.5 6.5 11 11m0-11-11 11",
            Self::Cloud => {
                "M7 18.5a4.5 4.5 0 0 1-.6-8.96 6 6 0 0 1 11.5 1.5A3.75 3.75 0 0 1 17.5 18.5zM4 4l16 16"
            }
            Self::Compass => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm3.7 5.3-2.2 5.2-5.2 2.2 2.2-5.2z",
            Self::Device => {
                "M4.5 5h15a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM9 20h6m-3-4v4"
            }
            Self::Download => "M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14",
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"
            }
            Self::EyeOff => {
                "M9.5 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-2.4 3.2M6.2 7.4A16 16 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4.6-1.3M10 10a3 3 0 0 0 4.1 4.1M4 4l16 16"
            }
            Self::Filter => "M4 7h10m4 0h2M4 17h2m4 0h10M16 4.8v4.4M8 14.8v4.4",
            Self::Mail => {
                "M4 6h16a.8.8 0 0 1 .8.8v10.4a.8.8 0 0 1-.8.8H4a.8.8 0 0 1-.8-.8V6.8A.8.8 0 0 1 4 6zm-.4.6L12 13l8.4-6.4"
            }
            Self::Minus => "M5 12h14",
            Self::Moon => "M20 14.2A8.2 8.2 0 0 1 9.8 4a8.2 8.2 0 1 0 10.2 10.2z",
            Self::Person => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20a7.5 7.5 0 0 1 15 0",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Refresh => "M20 11a8 8 0 0 0-14.3-4L4 9m0-5v5h5M4 13a8 8 0 0 0 14.3 4l1.7-2m0 5v-5h-5",
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm4.7 11.2L20 20",
            Self::Shelf => "M4 4v16M20 4v16M4 11h16M4 19h16M8 11V6.5h3V11m3 8v-4.5h3V19",
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zm0-5v1.5m0 15V21m9-9h-1.5m-15 0H3m15.4-6.4-1.1 1.1M6.7 17.3l-1.1 1.1m12.8 0-1.1-1.1M6.7 6.7 5.6 5.6"
            }
            Self::Warning => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 8v5m0 3v.1",
        }
    }
}

/// A drawing beside words that say the same: hidden from screen readers.
pub(crate) fn icon(glyph: Glyph) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"
            stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
            <path d={glyph.path()} />
        </svg>
    }
}

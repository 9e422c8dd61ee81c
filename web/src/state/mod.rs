//! What the whole application shares besides the answers of the API.

mod announcer;
mod basket;
mod connection;
mod preferences;
mod router;
mod session;
mod theme;

pub(crate) use announcer::{Announcer, AnnouncerProvider};
pub(crate) use basket::{BasketProvider, Carried};
pub(crate) use connection::{ConnectionProvider, IsOnline};
pub(crate) use preferences::{Preferences, PreferencesProvider};
pub(crate) use router::{Location, Navigator, RouterProvider, Whereabouts};
pub(crate) use session::{SessionProvider, Visitor};
pub(crate) use theme::Theme;

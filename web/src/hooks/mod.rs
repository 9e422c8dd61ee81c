//! Small hooks that several components share.

mod use_language;
mod use_page;
mod use_resource;
mod use_route_focus;

pub(crate) use use_language::use_language;
pub(crate) use use_page::{PageInfo, use_page};
pub(crate) use use_resource::{Failure, Loaded, use_resource};
pub(crate) use use_route_focus::use_route_focus;

//! Small hooks that several components share.

mod use_basket;
mod use_customer;
mod use_form;
mod use_language;
mod use_location;
mod use_menu;
mod use_page;
mod use_personal;
mod use_resource;
mod use_route_focus;
mod use_settled;
mod use_show_list;
mod use_sign_out;
mod use_visitor;

pub(crate) use use_basket::use_basket;
pub(crate) use use_customer::use_customers_only;
pub(crate) use use_form::{Form, Values, Work, use_form};
pub(crate) use use_language::use_language;
pub(crate) use use_location::{use_location, use_navigator, use_route};
pub(crate) use use_menu::{Menu, use_menu};
pub(crate) use use_page::{PageInfo, use_page};
pub(crate) use use_personal::{Personal, use_personal};
pub(crate) use use_resource::{Failure, Loaded, use_resource, use_resource_if};
pub(crate) use use_route_focus::use_route_focus;
pub(crate) use use_settled::use_settled;
pub(crate) use use_show_list::use_show_list;
pub(crate) use use_sign_out::{SignOut, use_sign_out};
pub(crate) use use_visitor::use_visitor;

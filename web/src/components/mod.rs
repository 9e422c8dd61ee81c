//! What pages are made of. Each shows what it is given; asking the API is left to pages, but for the header with its
//! search field and the notice about an unconfirmed address, which are on many of them.
//!
//! What has state, hooks or is worth not rendering again is a component. The rest are plain functions that return
//! HTML: a component costs several kilobytes of program, a function next to nothing.

mod account_menu;
mod address_fields;
mod breadcrumbs;
mod cart_link;
mod category_card;
mod category_tree;
mod chips;
mod customers_only;
mod error_panel;
mod facets;
mod filters;
mod footer;
mod form;
mod gallery;
mod header;
mod hero;
mod icon;
mod language_switch;
mod line;
mod link;
mod notice;
mod offline_notice;
mod option_picker;
mod page_title;
mod pagination;
mod picture;
mod price_filter;
mod price_tag;
mod product_card;
mod product_grid;
mod search_box;
mod shelf;
mod stepper;
mod structured_data;
mod sums;
mod theme_switch;
mod toolbar;
mod unverified_notice;

pub(crate) use address_fields::{
    ADDRESS, BILLING_ADDRESS, SHIPPING_ADDRESS, address_lines, blank, of_order, postal,
};
pub(crate) use breadcrumbs::breadcrumbs;
pub(crate) use category_card::{category_card, category_card_skeleton};
pub(crate) use category_tree::category_tree;
pub(crate) use chips::chips;
pub(crate) use customers_only::{card_skeleton, customers_only};
pub(crate) use error_panel::error_panel;
pub(crate) use filters::Filters;
pub(crate) use footer::footer;
pub(crate) use form::TextField;
pub(crate) use gallery::Gallery;
pub(crate) use header::Header;
pub(crate) use hero::hero;
pub(crate) use icon::{Glyph, icon};
pub(crate) use line::{Line, line_skeletons};
pub(crate) use link::Link;
pub(crate) use notice::notice;
pub(crate) use offline_notice::OfflineNotice;
pub(crate) use option_picker::option_picker;
pub(crate) use page_title::page_title;
pub(crate) use pagination::pagination;
pub(crate) use picture::Picture;
pub(crate) use price_tag::price_tag;
pub(crate) use product_grid::{Products, product_grid, product_grid_skeleton};
pub(crate) use shelf::Shelf;
pub(crate) use stepper::stepper;
pub(crate) use structured_data::structured_data;
pub(crate) use sums::Sums;
pub(crate) use toolbar::toolbar;
pub(crate) use unverified_notice::UnverifiedNotice;

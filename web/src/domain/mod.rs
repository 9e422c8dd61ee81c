//! What the storefront works out for itself from what the API said. Plain Rust: no browser, no Yew.

pub(crate) mod address;
pub(crate) mod attempt;
pub(crate) mod basket;
pub(crate) mod categories;
pub(crate) mod device;
pub(crate) mod form;
pub(crate) mod history;
pub(crate) mod listing;
pub(crate) mod paging;
pub(crate) mod price;
pub(crate) mod progress;
pub(crate) mod return_path;
pub(crate) mod structured_data;
pub(crate) mod suggesting;
pub(crate) mod variants;

#[cfg(test)]
pub(crate) mod samples;

//! One file per screen: what it asks the API, and how it puts components together.

mod account;
mod auth;
mod cart;
mod categories;
mod category;
mod checkout;
mod home;
mod listing;
mod not_found;
mod orders;
mod product;
mod products;

pub(crate) use account::AccountPage;
pub(crate) use auth::{ForgotPassword, Register, ResetPassword, SignIn, VerifyEmail};
pub(crate) use cart::CartPage;
pub(crate) use categories::Categories;
pub(crate) use category::CategoryPage;
pub(crate) use checkout::CheckoutPage;
pub(crate) use home::Home;
pub(crate) use not_found::NotFound;
pub(crate) use orders::{OrderPage, OrdersRedirect};
pub(crate) use product::ProductPage;
pub(crate) use products::Products;

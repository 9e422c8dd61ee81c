//! What can be asked about accounts: signing in, one's profile, sessions and addresses.

use gloo_net::http::Method;
use openapi::{
    Data,
    accounts::{
        Address, AddressChange, ChangePasswordRequest, EraseRequest, ForgotPasswordRequest, LoginRequest,
        NewAddress, ProfileChange, RegisterRequest, ResetPasswordRequest, Session, SignedIn, User,
        VerifyEmailRequest,
    },
};
use uuid::Uuid;

use super::{Call, request::Outgoing};

const ME: &str = "/api/auth/me";
const SESSIONS: &str = "/api/auth/sessions";
const ADDRESSES: &str = "/api/account/addresses";

/// What only the session itself asks: a new token for the cookie.
pub(super) fn refresh() -> Outgoing {
    Outgoing { method: Method::POST, ..Outgoing::get("/api/auth/refresh") }
}

/// A new account, signed in at once.
pub(crate) fn register(request: &RegisterRequest) -> Call<Data<SignedIn>> {
    Call::with(Method::POST, "/api/auth/register", request).for_anybody()
}

pub(crate) fn sign_in(request: &LoginRequest) -> Call<Data<SignedIn>> {
    Call::with(Method::POST, "/api/auth/login", request).for_anybody()
}

/// Ends this session.
pub(crate) fn sign_out() -> Call<()> {
    Call::post("/api/auth/logout")
}

/// Ends every session.
pub(crate) fn sign_out_everywhere() -> Call<()> {
    Call::post("/api/auth/logout-all")
}

/// Asks for a mail with a link to set another password.
pub(crate) fn forgot_password(request: &ForgotPasswordRequest) -> Call<()> {
    Call::with(Method::POST, "/api/auth/forgot-password", request).for_anybody()
}

/// Sets another password with that link.
pub(crate) fn reset_password(request: &ResetPasswordRequest) -> Call<()> {
    Call::with(Method::POST, "/api/auth/reset-password", request).for_anybody()
}

/// Confirms an e-mail address with the link that was sent to it.
pub(crate) fn verify_email(request: &VerifyEmailRequest) -> Call<()> {
    Call::with(Method::POST, "/api/auth/verify-email", request).for_anybody()
}

/// Asks for that link once more.
pub(crate) fn resend_verification() -> Call<()> {
    Call::post("/api/auth/resend-verification")
}

/// Who is signed in.
pub(crate) fn me() -> Call<Data<User>> {
    Call::get(ME)
}

pub(crate) fn change_profile(change: &ProfileChange) -> Call<Data<User>> {
    Call::with(Method::PATCH, ME, change)
}

/// Sets another password and ends all other sessions.
pub(crate) fn change_password(request: &ChangePasswordRequest) -> Call<()> {
    Call::with(Method::POST, "/api/auth/change-password", request)
}

/// Ends the account for good.
pub(crate) fn erase(request: &EraseRequest) -> Call<()> {
    Call::with(Method::DELETE, ME, request)
}

/// Everything the shop keeps about the account. It is handed on as it comes and not read here.
pub(crate) fn export() -> Call<()> {
    Call::get("/api/auth/me/export")
}

/// Where the account is signed in.
pub(crate) fn sessions() -> Call<Data<Vec<Session>>> {
    Call::get(SESSIONS)
}

pub(crate) fn end_session(id: Uuid) -> Call<()> {
    Call::delete(&format!("{SESSIONS}/{id}"))
}

/// The address book.
pub(crate) fn addresses() -> Call<Data<Vec<Address>>> {
    Call::get(ADDRESSES)
}

pub(crate) fn add_address(address: &NewAddress) -> Call<Data<Address>> {
    Call::with(Method::POST, ADDRESSES, address)
}

pub(crate) fn change_address(id: Uuid, change: &AddressChange) -> Call<Data<Address>> {
    Call::with(Method::PATCH, &format!("{ADDRESSES}/{id}"), change)
}

pub(crate) fn delete_address(id: Uuid) -> Call<()> {
    Call::delete(&format!("{ADDRESSES}/{id}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::call::Asker;

    #[test]
    fn only_what_leads_to_an_account_can_be_asked_by_anybody() {
        let login = LoginRequest { email: "ada@example.com".into(), password: "hush".into() };
        assert_eq!(sign_in(&login).asker, Asker::Anybody);
        assert_eq!(
            sign_in(&login).outgoing.body.as_deref(),
            Some(r#"{"email":"ada@example.com","password":"hush"}"#)
        );
        for asker in [me().asker, sign_out().asker, addresses().asker] {
            assert_eq!(asker, Asker::Customer);
        }
    }

    #[test]
    fn what_is_cleared_is_sent_as_null_and_the_rest_not_at_all() {
        let change = ProfileChange { first_name: Some(None), ..ProfileChange::default() };
        assert_eq!(change_profile(&change).outgoing.body.as_deref(), Some(r#"{"firstName":null}"#));
    }
}

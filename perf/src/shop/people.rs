//! People with accounts, and people without.

use openapi::{
    Data,
    accounts::{ForgotPasswordRequest, LoginRequest, RegisterRequest, SignedIn},
};

use super::{Client, Reply};
use crate::failure::Failure;

/// Everybody's password, and what none of them has.
pub(crate) const PASSWORD: &str = "a kettle full of pelicans";
pub(crate) const WRONG_PASSWORD: &str = "a teapot full of pelicans";

/// The address of somebody with an account; as long as [`stranger`]'s.
pub(crate) fn known(number: usize) -> String {
    format!("member-{number:05}@example.com")
}

/// The address of somebody without.
pub(crate) fn stranger(number: usize) -> String {
    format!("nobody-{number:05}@example.com")
}

/// Opens the accounts of so many.
pub(crate) fn register_all(client: &Client, people: usize) -> Result<(), Failure> {
    println!("opening {people} accounts …");
    (0..people).try_for_each(|number| register(client, &known(number)).map(drop))
}

pub(crate) fn register(client: &Client, email: &str) -> Result<SignedIn, Failure> {
    let request = RegisterRequest {
        email: email.to_owned(),
        password: PASSWORD.to_owned(),
        first_name: None,
        last_name: None,
        locale: None,
    };
    let reply = client.post("/api/auth/register", &request)?.expect(201)?;
    Ok(reply.json::<Data<SignedIn>>()?.data)
}

/// Signs in with the right password.
pub(crate) fn sign_in(client: &Client, email: &str) -> Result<SignedIn, Failure> {
    Ok(attempt(client, email, PASSWORD)?.expect(200)?.json::<Data<SignedIn>>()?.data)
}

/// Tries to sign in, with whatever outcome.
pub(crate) fn attempt(client: &Client, email: &str, password: &str) -> Result<Reply, Failure> {
    let request = LoginRequest { email: email.to_owned(), password: password.to_owned() };
    client.post("/api/auth/login", &request)
}

pub(crate) fn forget_password(client: &Client, email: &str) -> Result<Reply, Failure> {
    client.post("/api/auth/forgot-password", &ForgotPasswordRequest { email: email.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_about_an_address_or_a_password_but_its_letters_tells_who_it_belongs_to() {
        assert_eq!(known(7).len(), stranger(12_345).len());
        assert_eq!(PASSWORD.len(), WRONG_PASSWORD.len());
    }
}

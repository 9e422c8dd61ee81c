//! Accounts: nobody gets in where they do not belong, and everybody gets in where they do.

mod addresses;
mod customers;
mod customers_list;
mod holes;
mod leaving;
mod meanwhile;
mod passwords;
mod profile;
mod refreshing;
mod refreshing_origins;
mod registering;
mod resetting;
mod rights;
mod sign_in_limits;
mod signing_in;
mod signing_out;

use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, AppBuilder, PASSWORD, Person, TestApp};

/// Another password than everybody has.
const OTHER_PASSWORD: &str = "two pelicans in a teapot";

/// An application with its limits, which believes one proxy.
fn limited() -> AppBuilder {
    TestApp::builder().with("ENABLE_RATE_LIMITING", "true").with("TRUSTED_PROXY_HOPS", "1")
}

/// Where a body was refused, and which rules it breaks there.
#[track_caller]
fn broken(answer: &Answer) -> Vec<(String, String)> {
    let problem = answer.problem(422, "VALIDATION_ERROR");
    let mut broken: Vec<_> =
        problem.errors.into_iter().map(|error| (error.pointer.unwrap(), error.code)).collect();
    broken.sort();
    broken
}

/// Asserts that one rule is broken at one place.
#[track_caller]
fn assert_broken(answer: &Answer, pointer: &str, code: &str) {
    assert_eq!(broken(answer), [(pointer.to_owned(), code.to_owned())]);
}

impl TestApp {
    /// Whether somebody's token is still good.
    async fn lets_in(&self, who: &Person) -> bool {
        let me = self.by(who, Method::GET, "/api/auth/me", None).await;
        if me.status == 200 {
            return true;
        }
        me.problem(401, "UNAUTHORIZED");
        false
    }

    /// Tries a password.
    async fn login(&self, email: &str, password: &str) -> Answer {
        self.post("/api/auth/login", json!({"email": email, "password": password})).await
    }

    /// The next cookie and token for a cookie.
    async fn refresh(&self, cookie: &str) -> Answer {
        self.with_cookie(cookie, "/api/auth/refresh").await
    }

    /// Changes somebody's password as its owner does.
    async fn change_password(&self, who: &Person, current: &str, new: &str) -> Answer {
        let body = json!({"currentPassword": current, "newPassword": new});
        self.by(who, Method::POST, "/api/auth/change-password", Some(body)).await
    }

    /// Somebody with the usual password and names.
    async fn named(&self, email: &str, first_name: &str, last_name: &str) -> Person {
        let body =
            json!({"email": email, "password": PASSWORD, "firstName": first_name, "lastName": last_name});
        Person::of(&self.post("/api/auth/register", body).await)
    }
}

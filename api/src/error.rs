//! The only place where an error becomes an HTTP answer.

mod meanings;

use std::{fmt, sync::Arc};

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use openapi::{
    FieldError, Problem, ProblemCode,
    operations::{DependencyCheck, NotReadyProblem},
    orders::{CheckoutProblem, OrderStatus, Totals, TransitionProblem},
    problem::FieldLocation,
};
use sea_orm::DbErr;
use serde::Serialize;

use crate::{db, payments::Away, telemetry::Request};

/// Everything that can go wrong with a request.
#[derive(Debug, Clone)]
pub enum ApiError {
    Malformed(String),
    InvalidParameters(Vec<FieldError>),
    Invalid(Vec<FieldError>),
    Unauthorized { token_given: bool },
    InvalidCredentials,
    Forbidden(&'static str),
    Conflict { detail: &'static str, errors: Vec<FieldError> },
    OutOfStock(Vec<FieldError>),
    TotalChanged(Box<Totals>),
    IllegalTransition { from: OrderStatus, to: OrderStatus, allowed: Vec<OrderStatus> },
    RequestRunning,
    KeyReused,
    PreconditionFailed,
    NotFound(&'static str),
    MethodNotAllowed { allow: String },
    BodyTooSlow,
    BodyTooLarge { limit: usize },
    UnsupportedMediaType(&'static str),
    RateLimited { retry_after: u64 },
    DatabaseAway(DbErr),
    PaymentsAway(Away),
    TimedOut,
    NotReady { why: &'static str, checks: Vec<DependencyCheck> },
    Internal(Arc<dyn std::error::Error + Send + Sync>),
}

/// How long a client should wait before it asks again for what is away.
const RETRY_AFTER_SECONDS: u64 = 5;

impl ApiError {
    /// One wrong query parameter.
    pub fn query(parameter: &str, code: &str, detail: impl fmt::Display) -> Self {
        Self::InvalidParameters(vec![FieldError {
            r#in: FieldLocation::Query,
            pointer: None,
            parameter: Some(parameter.to_owned()),
            code: code.to_owned(),
            detail: detail.to_string(),
        }])
    }

    /// One thing wrong with a body that is well-formed.
    fn field(pointer: &str, code: &str, detail: impl fmt::Display) -> FieldError {
        FieldError {
            r#in: FieldLocation::Body,
            pointer: Some(pointer.to_owned()),
            parameter: None,
            code: code.to_owned(),
            detail: detail.to_string(),
        }
    }

    fn broken_rule(pointer: &str, code: &str, detail: impl fmt::Display) -> Self {
        Self::Invalid(vec![Self::field(pointer, code, detail)])
    }

    fn conflict(detail: &'static str) -> Self {
        Self::Conflict { detail, errors: Vec::new() }
    }

    /// Something that only a bug can cause.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(Arc::from(error.into()))
    }

    fn code(&self) -> ProblemCode {
        match self {
            Self::Malformed(_) => ProblemCode::BadRequest,
            Self::InvalidParameters(_) => ProblemCode::InvalidParameter,
            Self::Invalid(_) => ProblemCode::ValidationError,
            Self::Unauthorized { .. } => ProblemCode::Unauthorized,
            Self::InvalidCredentials => ProblemCode::InvalidCredentials,
            Self::Forbidden(_) => ProblemCode::Forbidden,
            Self::Conflict { .. } => ProblemCode::Conflict,
            Self::OutOfStock(_) => ProblemCode::OutOfStock,
            Self::TotalChanged(_) => ProblemCode::TotalChanged,
            Self::IllegalTransition { .. } => ProblemCode::IllegalTransition,
            Self::RequestRunning => ProblemCode::RequestRunning,
            Self::KeyReused => ProblemCode::KeyReused,
            Self::PreconditionFailed => ProblemCode::PreconditionFailed,
            Self::NotFound(_) => ProblemCode::NotFound,
            Self::MethodNotAllowed { .. } => ProblemCode::MethodNotAllowed,
            Self::BodyTooSlow => ProblemCode::RequestTimeout,
            Self::BodyTooLarge { .. } => ProblemCode::PayloadTooLarge,
            Self::UnsupportedMediaType(_) => ProblemCode::UnsupportedMediaType,
            Self::RateLimited { .. } => ProblemCode::RateLimited,
            Self::DatabaseAway(_) | Self::PaymentsAway(_) => ProblemCode::ServiceUnavailable,
            Self::TimedOut => ProblemCode::RequestTimedOut,
            Self::NotReady { .. } => ProblemCode::NotReady,
            Self::Internal(_) => ProblemCode::InternalError,
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Malformed(detail) => detail.clone(),
            Self::InvalidParameters(errors) => summary(errors, "parameter"),
            Self::Invalid(errors) | Self::OutOfStock(errors) => summary(errors, "field"),
            Self::TotalChanged(totals) => format!(
                "It costs {} {} by now: show that to the customer, and ask again with it.",
                totals.total_amount, totals.currency
            ),
            Self::IllegalTransition { from, to, allowed } => {
                let allowed: Vec<_> = allowed.iter().map(|status| status.as_str()).collect();
                let instead = match allowed.as_slice() {
                    [] => "it stays as it is".to_owned(),
                    some => format!("it can become {}", some.join(" or ")),
                };
                format!("An order that is {from} cannot become {to}: {instead}.")
            }
            Self::NotFound(what) | Self::UnsupportedMediaType(what) | Self::Forbidden(what) => {
                (*what).to_owned()
            }
            Self::Conflict { detail, .. } => (*detail).to_owned(),
            Self::Unauthorized { token_given: true } => {
                "This token is not good, or not any more: refresh it, or sign in again.".to_owned()
            }
            Self::Unauthorized { token_given: false } => {
                "Sign in, and send the token as `Authorization: Bearer …`.".to_owned()
            }
            Self::InvalidCredentials => {
                "There is no account that can sign in with this e-mail address and this password.".to_owned()
            }
            Self::MethodNotAllowed { allow } => format!("This address answers {allow}."),
            Self::BodyTooLarge { limit } => format!("The body may be at most {limit} bytes long."),
            Self::RateLimited { retry_after } => {
                format!("This client asked too often: try again in {retry_after} seconds.")
            }
            Self::NotReady { why, .. } => (*why).to_owned(),
            Self::PreconditionFailed
            | Self::RequestRunning
            | Self::KeyReused
            | Self::BodyTooSlow
            | Self::DatabaseAway(_)
            | Self::PaymentsAway(_)
            | Self::TimedOut
            | Self::Internal(_) => self.code().meaning().to_owned(),
        }
    }

    /// The answer: a problem document that names the request.
    pub(crate) fn respond(&self) -> HttpResponse {
        let (code, request) = (self.code(), Request::current());
        let (path, id) = request.map_or_else(
            || ("/".to_owned(), "unnamed".to_owned()),
            |request| (request.path.clone(), request.id.clone()),
        );
        let problem = Problem {
            r#type: format!("/api/docs/problems#{}", code.anchor()),
            title: code.title().to_owned(),
            status: code.status(),
            detail: self.detail(),
            instance: path,
            request_id: id,
            code: code.as_str().to_owned(),
            errors: match self {
                Self::InvalidParameters(errors)
                | Self::Invalid(errors)
                | Self::OutOfStock(errors)
                | Self::Conflict { errors, .. } => errors.clone(),
                _ => Vec::new(),
            },
        };
        let mut answer = HttpResponse::build(self.status_code());
        answer.content_type("application/problem+json").insert_header((header::CACHE_CONTROL, "no-store"));
        match self {
            Self::MethodNotAllowed { allow } => {
                answer.insert_header((header::ALLOW, allow.as_str()));
            }
            Self::Unauthorized { token_given } => {
                let why = if *token_given { ", error=\"invalid_token\"" } else { "" };
                answer.insert_header((header::WWW_AUTHENTICATE, format!("Bearer realm=\"bottega\"{why}")));
            }
            Self::InvalidCredentials => {
                answer.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"bottega\""));
            }
            Self::RateLimited { retry_after } => {
                answer.insert_header((header::RETRY_AFTER, *retry_after));
            }
            Self::RequestRunning => {
                answer.insert_header((header::RETRY_AFTER, 1));
            }
            Self::DatabaseAway(_) | Self::PaymentsAway(_) | Self::TimedOut | Self::NotReady { .. } => {
                answer.insert_header((header::RETRY_AFTER, RETRY_AFTER_SECONDS));
            }
            _ => {}
        }
        match self {
            Self::NotReady { checks, .. } => {
                answer.body(to_json(&NotReadyProblem { problem, checks: checks.clone() }))
            }
            Self::TotalChanged(totals) => {
                answer.body(to_json(&CheckoutProblem { problem, totals: Some((**totals).clone()) }))
            }
            Self::IllegalTransition { allowed, .. } => {
                answer.body(to_json(&TransitionProblem { problem, allowed: Some(allowed.clone()) }))
            }
            _ => answer.body(to_json(&problem)),
        }
    }

    /// Writes what the client is not told into the log, once.
    pub fn log(&self) {
        match self {
            Self::Internal(error) => tracing::error!(%error, "a request failed on our side"),
            Self::DatabaseAway(error) => tracing::warn!(%error, "the database is away"),
            Self::PaymentsAway(error) => tracing::warn!(%error, "a payment provider is away"),
            Self::TimedOut => tracing::warn!("a request took too long and was given up"),
            _ => {}
        }
    }
}

fn to_json(body: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(body).unwrap_or_default()
}

fn summary(errors: &[FieldError], kind: &str) -> String {
    match errors {
        [one] => match one.parameter.as_deref().or(one.pointer.as_deref()) {
            Some(name) if !name.is_empty() => format!("The {kind} {name} {}.", one.detail),
            _ => format!("The request {}.", one.detail),
        },
        many => format!("{} {kind}s break a rule: `errors` names each of them.", many.len()),
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code().as_str())
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Only the status: the body is written by `http::problems`, which knows the request.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

impl From<DbErr> for ApiError {
    fn from(error: DbErr) -> Self {
        if db::is_away(&error) { Self::DatabaseAway(error) } else { Self::internal(error) }
    }
}

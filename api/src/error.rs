//! The only place where an error becomes an HTTP answer.

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

use crate::{
    accounts::AccountError,
    assortment::AssortmentError,
    audit::AuditError,
    broken::BrokenRule,
    cart::CartError,
    catalog::CatalogError,
    customers::CustomerError,
    db::{self, paging::CursorError},
    idempotency::OnceError,
    limits::Refused,
    orders::OrderError,
    payments::Away,
    search::{SearchError, SynonymError},
    telemetry::Request,
};

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

impl From<CatalogError> for ApiError {
    fn from(error: CatalogError) -> Self {
        match error {
            CatalogError::NoSuchCategory => Self::NotFound("There is no category with this id or slug."),
            CatalogError::NoSuchProduct => Self::NotFound("There is no product with this id, slug or SKU."),
            CatalogError::PriceRangeReversed => {
                Self::query("minPrice", "range", "must not be above maxPrice")
            }
            CatalogError::Price { parameter, error } => Self::query(parameter, "money", error),
            CatalogError::Cursor(error) => error.into(),
            CatalogError::Database(error) => error.into(),
        }
    }
}

fn fields(rules: &[BrokenRule]) -> Vec<FieldError> {
    rules.iter().map(|rule| ApiError::field(&rule.pointer, rule.code, &rule.detail)).collect()
}

impl From<AssortmentError> for ApiError {
    fn from(error: AssortmentError) -> Self {
        match error {
            AssortmentError::NoSuchCategory => Self::NotFound("There is no category with this id."),
            AssortmentError::NoSuchParent => {
                Self::broken_rule("/parentId", "unknown", "is not the id of a category")
            }
            AssortmentError::Cycle => Self::Conflict {
                detail: "A category cannot hang below itself: choose a parent that is not below it.",
                errors: vec![Self::field("/parentId", "cycle", "is this category, or is below it")],
            },
            AssortmentError::SlugTaken => Self::Conflict {
                detail: "Another one has this slug: choose another.",
                errors: vec![Self::field("/slug", "taken", "is the slug of another one")],
            },
            AssortmentError::HasProducts => {
                Self::conflict("The category has products: move them to another one first.")
            }
            AssortmentError::NoSuchProduct => Self::NotFound("There is no product with this id."),
            AssortmentError::NoSuchVariant => Self::NotFound("This product has no variant with this id."),
            AssortmentError::UnknownCategory => {
                Self::broken_rule("/categoryId", "unknown", "is not the id of a category")
            }
            AssortmentError::Broken(rules) => Self::Invalid(fields(&rules)),
            AssortmentError::Taken(rules) => Self::Conflict {
                detail: "Some of this is another's already: `errors` says what.",
                errors: fields(&rules),
            },
            AssortmentError::VariantTaken => {
                Self::conflict("Another variant has this SKU, or chooses the same: read the product again.")
            }
            AssortmentError::VariantsDoNotFit { skus } => Self::Conflict {
                detail: "Not every variant would fit these options: change or remove those that do not first.",
                errors: skus
                    .iter()
                    .map(|sku| {
                        Self::field("/options", "fit", format_args!("does not fit what {sku} chooses"))
                    })
                    .collect(),
            },
            AssortmentError::TooManyVariants => {
                Self::conflict("The product has as many variants as it may have: make another product.")
            }
            AssortmentError::LastVariant => Self::conflict(
                "This is all that is sold of the product: add another variant first, or remove the product.",
            ),
            AssortmentError::VariantWasOrdered => Self::conflict(
                "Somebody has ordered this variant: take its stock down to 0 instead, so that nobody can any more.",
            ),
            AssortmentError::UnknownVariant => {
                Self::broken_rule("/variantId", "unknown", "is not the id of one of this product's variants")
            }
            AssortmentError::TooFew { left } => Self::Conflict {
                detail: "There are not that many left: read the product again.",
                errors: vec![Self::field(
                    "/delta",
                    "stock",
                    format_args!("takes more than there are, which is {left}"),
                )],
            },
            AssortmentError::TooMany => Self::Conflict {
                detail: "Nobody has that many: check the count.",
                errors: vec![Self::field("/delta", "stock", "makes more than can be counted")],
            },
            AssortmentError::Cursor(error) => error.into(),
            AssortmentError::Catalog(error) => error.into(),
            AssortmentError::Outdated => Self::PreconditionFailed,
            AssortmentError::Once(error) => error.into(),
            AssortmentError::Database(error) => error.into(),
        }
    }
}

impl From<SearchError> for ApiError {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Catalog(error) => error.into(),
            SearchError::Database(error) => error.into(),
        }
    }
}

impl From<SynonymError> for ApiError {
    fn from(error: SynonymError) -> Self {
        match error {
            SynonymError::NoSuchSynonym => Self::NotFound("There is no term with this id."),
            SynonymError::TermTaken => Self::Conflict {
                detail: "The term has synonyms already: change those.",
                errors: vec![Self::field("/term", "taken", "has synonyms already")],
            },
            SynonymError::NoWord { pointer } => {
                Self::broken_rule(&pointer, "word", "must have a letter or a digit")
            }
            SynonymError::Outdated => Self::PreconditionFailed,
            SynonymError::Once(error) => error.into(),
            SynonymError::Cursor(error) => error.into(),
            SynonymError::Database(error) => error.into(),
        }
    }
}

impl From<AccountError> for ApiError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::EmailTaken => Self::Conflict {
                detail: "There is an account with this e-mail address: sign in, or ask for a new password.",
                errors: vec![Self::field("/email", "taken", "is the address of another account")],
            },
            AccountError::InvalidCredentials => Self::InvalidCredentials,
            AccountError::NotSignedIn => Self::Unauthorized { token_given: true },
            AccountError::WrongPassword { field } => {
                Self::broken_rule(field, "wrong", "is not the account's password")
            }
            AccountError::PasswordRequired => {
                Self::broken_rule("/currentPassword", "required", "is needed for another e-mail address")
            }
            AccountError::CommonPassword { field } => Self::broken_rule(
                field,
                "common",
                "is among the passwords everybody tries first, choose another",
            ),
            AccountError::BadLink => Self::broken_rule(
                "/token",
                "link",
                "is of no link that works: it was used, it expired, or a newer one was sent",
            ),
            AccountError::PostalCode { expected } => Self::broken_rule(
                "/postalCode",
                "postalCode",
                format_args!("is not written as in this country, like {expected}"),
            ),
            AccountError::AlreadyVerified => Self::conflict("The e-mail address is verified already."),
            AccountError::TooManyAddresses => {
                Self::conflict("The address book is full: remove an address first.")
            }
            AccountError::LastAdmin => {
                Self::conflict("This is the only administrator's account: make somebody else one first.")
            }
            AccountError::NoSuchSession => Self::NotFound("There is no open session of yours with this id."),
            AccountError::NoSuchAddress => Self::NotFound("There is no address of yours with this id."),
            AccountError::TooOften(refused) => refused.into(),
            AccountError::Once(error) => error.into(),
            AccountError::Password(error) => Self::internal(error),
            AccountError::Database(error) => error.into(),
        }
    }
}

impl From<OnceError> for ApiError {
    fn from(error: OnceError) -> Self {
        match error {
            OnceError::Running => Self::RequestRunning,
            OnceError::Reused => Self::KeyReused,
            OnceError::Database(error) => error.into(),
        }
    }
}

impl From<OrderError> for ApiError {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::NoSuchOrder => Self::NotFound("There is no order with this id or number."),
            OrderError::NoSuchPayment => Self::NotFound("There is no payment with this id."),
            OrderError::NotSignedIn => Self::Unauthorized { token_given: true },
            OrderError::EmptyCart => {
                Self::conflict("There is nothing in the cart: put something in, or name `items`.")
            }
            OrderError::Broken(rules) => Self::Invalid(fields(&rules)),
            OrderError::OutOfStock(rules) => Self::OutOfStock(fields(&rules)),
            OrderError::TotalChanged(totals) => Self::TotalChanged(totals),
            OrderError::Overtaken => {
                Self::conflict("Others are buying or changing the same at this very moment: try again.")
            }
            OrderError::IllegalTransition { from, to, allowed } => {
                Self::IllegalTransition { from, to, allowed }
            }
            OrderError::Shipped => Self::conflict("It was shipped already, to the address it had."),
            OrderError::Paid => Self::conflict("The order is paid."),
            OrderError::NotPayable(OrderStatus::Cancelled) => {
                Self::conflict("The order was cancelled: there is nothing to pay. Place another one.")
            }
            OrderError::NotPayable(_) => Self::conflict("There is nothing to pay for this order any more."),
            OrderError::NothingPaid => Self::conflict(
                "There is nothing to give back: it was not paid, or all of it is back, or on its way.",
            ),
            OrderError::TooManyPieces(rules) => Self::Conflict {
                detail: "That is more than is left to be given back: `errors` says of what.",
                errors: fields(&rules),
            },
            OrderError::Restocked => {
                Self::conflict("What the order held is in stock again already: ask without `restock`.")
            }
            OrderError::Outdated => Self::PreconditionFailed,
            OrderError::Cursor(error) => error.into(),
            OrderError::Once(error) => error.into(),
            OrderError::Away(error) => Self::PaymentsAway(error),
            OrderError::TooLarge(error) => Self::internal(error),
            OrderError::Database(error) => error.into(),
        }
    }
}

impl From<CustomerError> for ApiError {
    fn from(error: CustomerError) -> Self {
        match error {
            CustomerError::NoSuchCustomer => Self::NotFound("There is no account with this id."),
            CustomerError::OwnAccount => {
                Self::conflict("Nobody changes their own account here: ask another administrator.")
            }
            CustomerError::NoAdmin => Self::Forbidden("Only administrators may do this."),
            CustomerError::Outdated => Self::PreconditionFailed,
            CustomerError::Cursor(error) => error.into(),
            CustomerError::Database(error) => error.into(),
        }
    }
}

impl From<AuditError> for ApiError {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::TimesReversed => Self::query("from", "range", "must not be after to"),
            AuditError::Cursor(error) => error.into(),
            AuditError::Database(error) => error.into(),
        }
    }
}

impl From<CartError> for ApiError {
    fn from(error: CartError) -> Self {
        match error {
            CartError::NoSuchItem => Self::NotFound("There is no such item in this cart."),
            CartError::UnknownVariant => {
                Self::broken_rule("/variantId", "unknown", "names nothing that is sold")
            }
            CartError::UnknownProduct => {
                Self::broken_rule("/productId", "unknown", "names nothing that is sold")
            }
            CartError::SoldOut => Self::conflict("It is sold out."),
            CartError::Full => {
                Self::conflict("There are 100 different things in this cart: take something out first.")
            }
            CartError::NoSecret(error) => Self::internal(error),
            CartError::TooLarge(error) => Self::internal(error),
            CartError::Database(error) => error.into(),
        }
    }
}

impl From<Refused> for ApiError {
    fn from(Refused { retry_after }: Refused) -> Self {
        Self::RateLimited { retry_after }
    }
}

impl From<CursorError> for ApiError {
    fn from(error: CursorError) -> Self {
        Self::query("cursor", "cursor", error)
    }
}

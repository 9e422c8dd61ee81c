//! What each capability's errors mean to whoever asked.

use openapi::{FieldError, orders::OrderStatus};

use super::ApiError;
use crate::{
    accounts::AccountError,
    assortment::AssortmentError,
    audit::AuditError,
    broken::BrokenRule,
    cart::CartError,
    catalog::CatalogError,
    customers::CustomerError,
    db::paging::CursorError,
    idempotency::OnceError,
    limits::Refused,
    orders::OrderError,
    search::{SearchError, SynonymError},
};

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

//! What can be chosen of a product, and what a variant chooses.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError, ValidationErrors};

use crate::{
    bounded::one_rule,
    rules::{self, refusal},
};

/// The most options a product has.
pub const MAX_OPTIONS: usize = 5;
/// The longest name of an option.
pub const MAX_OPTION_NAME: usize = 50;
/// The longest value of an option.
pub const MAX_OPTION_VALUE: usize = 100;

/// Something to choose when buying, like a size, with its values in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewOption {
    #[validate(custom(function = "option_name"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 50,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "size"
        )
    )]
    pub name: String,
    /// Each of them once.
    #[validate(length(min = 1, max = 200), nested)]
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 200, example = json!(["S", "M", "L"])))]
    pub values: Vec<OptionValue>,
}

/// What an option may be, like M.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "schema",
    schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
        example = "M"
    )
)]
#[serde(transparent)]
pub struct OptionValue(pub String);

impl Validate for OptionValue {
    fn validate(&self) -> Result<(), ValidationErrors> {
        one_rule(option_value(&self.0))
    }
}

fn option_name(text: &str) -> Result<(), ValidationError> {
    rules::line(text, MAX_OPTION_NAME)
}

fn option_value(text: &str) -> Result<(), ValidationError> {
    rules::line(text, MAX_OPTION_VALUE)
}

/// The value chosen for each option, by the option's name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Choice(pub BTreeMap<String, String>);

impl Validate for Choice {
    fn validate(&self) -> Result<(), ValidationErrors> {
        one_rule(check(&self.0))
    }
}

fn check(chosen: &BTreeMap<String, String>) -> Result<(), ValidationError> {
    if chosen.len() > MAX_OPTIONS {
        return Err(refusal("length", &format!("must not name more than {MAX_OPTIONS} options")));
    }
    chosen.iter().try_for_each(|(name, value)| {
        option_name(name)?;
        option_value(value)
    })
}

#[cfg(feature = "schema")]
mod schema {
    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
    };

    impl PartialSchema for super::Choice {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(Type::Object)
                .additional_properties(Some(super::OptionValue::schema()))
                .max_properties(Some(super::MAX_OPTIONS))
                .description(Some(
                    "The value chosen for each of the product's options, by the option's name.",
                ))
                .examples([serde_json::json!({"size": "M"})])
                .into()
        }
    }

    impl ToSchema for super::Choice {}
}

//! Synonyms: what else to look for when shoppers search for something.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{change::not_null, paging, rules};

/// The most synonyms one term has.
pub const MAX_SYNONYMS: usize = 20;

/// What else to look for when shoppers search for a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Synonym {
    pub id: Uuid,
    /// What shoppers type: a word, or several in this order.
    #[cfg_attr(feature = "schema", schema(example = "sofa"))]
    pub term: String,
    /// What is found then, too.
    #[cfg_attr(feature = "schema", schema(example = json!(["couch", "settee"])))]
    pub synonyms: Vec<String>,
    /// Counts its changes; `If-Match` wants the ETag made of it.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
    pub version: i64,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub created_at: DateTime<Utc>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub updated_at: DateTime<Utc>,
}

/// A new term with its synonyms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewSynonym {
    /// What shoppers type: a word, or several in this order. Every term is there once, whatever its case and accents.
    #[validate(custom(function = "rules::name"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 100,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "sofa"
        )
    )]
    pub term: String,
    /// What is found then, too: each a word, or several that must all be there.
    #[validate(custom(function = "are_synonyms"))]
    #[cfg_attr(
        feature = "schema",
        schema(min_items = 1, max_items = 20, value_type = Vec<SynonymText>, example = json!(["couch", "settee"]))
    )]
    pub synonyms: Vec<String>,
}

/// What to change about a term and its synonyms. What is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SynonymChange {
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::name"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            value_type = String,
            min_length = 1,
            max_length = 100,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "sofa"
        )
    )]
    pub term: Option<String>,
    /// All of them: these take the place of those there are.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "are_synonyms"))]
    #[cfg_attr(
        feature = "schema",
        schema(min_items = 1, max_items = 20, value_type = Vec<SynonymText>, example = json!(["couch", "settee"]))
    )]
    pub synonyms: Option<Vec<String>>,
}

/// One synonym, for the schema: a list's items have no other way to say how long they may be.
#[cfg(feature = "schema")]
#[derive(utoipa::ToSchema)]
#[schema(
    value_type = String,
    min_length = 1,
    max_length = 100,
    pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
)]
#[expect(dead_code, reason = "only its schema is used")]
struct SynonymText(String);

/// In which order synonyms are listed. A leading minus turns it around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum SynonymSort {
    #[default]
    #[serde(rename = "term")]
    TermAscending,
    #[serde(rename = "-term")]
    TermDescending,
}

/// Which synonyms to list, in which order, and which page of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "schema", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "paging_is_of_one_kind"))]
pub struct SynonymListQuery {
    /// The page by number, from 1. Not together with `cursor`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 100_000))]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 100_000, default = 1))]
    pub page: Option<u32>,
    /// The page by cursor: empty for the first, then the `nextCursor` of the page before. Not together with `page`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 1_000))]
    #[cfg_attr(feature = "schema", param(max_length = 1_000, pattern = "^[A-Za-z0-9_-]*$"))]
    pub cursor: Option<String>,
    /// How many terms a page has at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 100))]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u32>,
    /// The order; `term` unless told otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline))]
    pub sort: Option<SynonymSort>,
}

fn paging_is_of_one_kind(query: &SynonymListQuery) -> Result<(), ValidationError> {
    paging::one_kind(query.page, query.cursor.as_deref())
}

fn are_synonyms(synonyms: &[String]) -> Result<(), ValidationError> {
    if !(1..=MAX_SYNONYMS).contains(&synonyms.len()) {
        return Err(rules::refusal("length", &format!("must be 1 to {MAX_SYNONYMS} synonyms")));
    }
    synonyms.iter().try_for_each(|synonym| rules::name(synonym))
}

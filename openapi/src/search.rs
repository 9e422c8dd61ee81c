//! Finding products and categories by words, what to suggest meanwhile, and what is popular.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{
    Meta, Money,
    catalog::{Category, ProductSummary, is_slug},
    rules,
};

/// The most categories found beside products.
pub const MAX_CATEGORIES_BESIDE_PRODUCTS: usize = 5;

/// What is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SearchKind {
    /// Products, page by page, and the best few categories.
    #[default]
    All,
    /// Products, page by page.
    Products,
    /// Categories, page by page.
    Categories,
}

/// In which order products are found. A leading minus turns it around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum SearchSort {
    /// The best match first.
    #[default]
    #[serde(rename = "relevance")]
    Relevance,
    #[serde(rename = "name")]
    NameAscending,
    #[serde(rename = "-name")]
    NameDescending,
    #[serde(rename = "price")]
    PriceAscending,
    #[serde(rename = "-price")]
    PriceDescending,
    #[serde(rename = "createdAt")]
    Oldest,
    #[serde(rename = "-createdAt")]
    Newest,
}

/// What to search for, among what, in which order, and which page of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "schema", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SearchQuery {
    /// What somebody typed. Case, accents and punctuation do not matter; every word counts, and typing errors are forgiven.
    #[serde(default)]
    #[validate(custom(function = "rules::search_words"))]
    #[cfg_attr(
        feature = "schema",
        param(
            required,
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
        )
    )]
    pub q: String,
    /// What to search for: `all` unless told otherwise.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline))]
    pub kind: Option<SearchKind>,
    /// Only products of the category with this slug and those below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "is_slug"))]
    #[cfg_attr(
        feature = "schema",
        param(min_length = 1, max_length = 120, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")
    )]
    pub category: Option<String>,
    /// Only products of this category and those below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category_id: Option<Uuid>,
    /// Only products that can be bought for this much or more, like "10" or "9.99".
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::amount"))]
    #[cfg_attr(feature = "schema", param(pattern = r"^[0-9]{1,9}(\.[0-9]{1,2})?$"))]
    pub min_price: Option<String>,
    /// Only products that can be bought for this much or less. Not below `minPrice`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::amount"))]
    #[cfg_attr(feature = "schema", param(pattern = r"^[0-9]{1,9}(\.[0-9]{1,2})?$"))]
    pub max_price: Option<String>,
    /// Only products that can be bought now, or only the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_stock: Option<bool>,
    /// Only products that cost less than they did, or only the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_sale: Option<bool>,
    /// The page by number, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 100_000))]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 100_000, default = 1))]
    pub page: Option<u32>,
    /// How many products a page has at most; how many categories where only those are searched for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 100))]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u32>,
    /// The order of the products; `relevance` (the best match first) unless told otherwise. Categories come best first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline))]
    pub sort: Option<SearchSort>,
}

/// What was found, and which page of it this is. The total counts products, or categories where only those were searched for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SearchPage {
    pub data: SearchFindings,
    pub meta: Meta,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SearchFindings {
    /// What was asked for, trimmed.
    #[cfg_attr(feature = "schema", schema(example = "iphnoe"))]
    pub query: String,
    /// What was searched for instead, where a word looked like a typing error.
    #[cfg_attr(feature = "schema", schema(required, example = "iphone"))]
    pub corrected_query: Option<String>,
    pub products: Vec<ProductSummary>,
    /// Categories called so: at most five beside products.
    pub categories: Vec<Category>,
    pub facets: Facets,
}

/// How what was found is spread. Each count tells how many products there would be if only that were chosen instead of
/// what is chosen now, everything else staying as it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Facets {
    /// Every category with some of what was found in it or below it, the fullest first.
    pub categories: Vec<CategoryFacet>,
    /// Every price band with some of what was found, the cheapest first. What is sold at several prices may stand in several.
    pub prices: Vec<PriceFacet>,
}

/// How many of the products found stand in a category and those below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CategoryFacet {
    pub id: Uuid,
    #[cfg_attr(feature = "schema", schema(example = "Smartphones"))]
    pub name: String,
    #[cfg_attr(feature = "schema", schema(example = "smartphones"))]
    pub slug: String,
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub count: u64,
}

/// How many of the products found can be bought within a price band. `min` and `max` are what `minPrice` and `maxPrice` want.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PriceFacet {
    pub min: Money,
    /// The dearest price of the band; null for the last band, which has no end.
    #[cfg_attr(feature = "schema", schema(required))]
    pub max: Option<Money>,
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z]{3}$", example = "USD"))]
    pub currency: String,
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub count: u64,
}

/// What somebody has typed so far, and how much to suggest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "schema", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SuggestQuery {
    /// What was typed so far.
    #[serde(default)]
    #[validate(custom(function = "begun_words"))]
    #[cfg_attr(
        feature = "schema",
        param(
            required,
            min_length = 2,
            max_length = 200,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
        )
    )]
    pub q: String,
    /// How many products at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 10))]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 10, default = 5))]
    pub limit: Option<u32>,
}

/// What somebody who is typing may mean.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Suggestions {
    /// The best match first.
    pub products: Vec<SuggestedProduct>,
    /// At most three.
    pub categories: Vec<SuggestedCategory>,
    /// What was searched for instead, where a word looked like a typing error.
    #[cfg_attr(feature = "schema", schema(required, example = "iphone"))]
    pub corrected_query: Option<String>,
}

/// Just enough of a product to choose it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SuggestedProduct {
    pub id: Uuid,
    #[cfg_attr(feature = "schema", schema(example = "Google Pixel 8 Pro"))]
    pub name: String,
    #[cfg_attr(feature = "schema", schema(example = "google-pixel-8-pro"))]
    pub slug: String,
    #[cfg_attr(
        feature = "schema",
        schema(required, example = "/illustrations/products/google-pixel-8-pro.svg")
    )]
    pub image_url: Option<String>,
    /// The price of its cheapest variant.
    pub price: Money,
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z]{3}$", example = "USD"))]
    pub currency: String,
}

/// Just enough of a category to choose it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SuggestedCategory {
    pub id: Uuid,
    #[cfg_attr(feature = "schema", schema(example = "Smartphones"))]
    pub name: String,
    #[cfg_attr(feature = "schema", schema(example = "smartphones"))]
    pub slug: String,
}

/// What others buy and search for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Popular {
    /// What was bought most in the last 30 days, filled up with what the shop puts forward and what is new: at most six.
    pub products: Vec<SuggestedProduct>,
    /// The categories most was bought from, filled up with the fullest: at most six.
    pub categories: Vec<PopularCategory>,
    /// What many searched for and found: at most eight, the most frequent first.
    #[cfg_attr(feature = "schema", schema(example = json!(["iphone", "yoga mat"])))]
    pub queries: Vec<String>,
}

/// A category many buy from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PopularCategory {
    pub id: Uuid,
    #[cfg_attr(feature = "schema", schema(example = "Smartphones"))]
    pub name: String,
    #[cfg_attr(feature = "schema", schema(example = "smartphones"))]
    pub slug: String,
    /// How many products can be bought here and in all categories below.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 3))]
    pub product_count: u64,
}

/// One letter suggests nothing yet.
fn begun_words(text: &str) -> Result<(), ValidationError> {
    rules::search_words(text)?;
    if text.chars().count() < 2 {
        Err(rules::refusal("length", &"must be at least 2 characters long"))
    } else {
        Ok(())
    }
}

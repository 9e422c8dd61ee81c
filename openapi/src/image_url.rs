//! Where a picture is.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationErrors};

use crate::{bounded::one_rule, rules};

/// A path of this shop, or an address with https.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "schema",
    schema(
        min_length = 2,
        max_length = 2_000,
        pattern = r"^(/|https://)[A-Za-z0-9._~%!$&'()*+,;=:@-][A-Za-z0-9._~%!$&'()*+,;=:@/?-]*$",
        example = "/illustrations/products/modern-led-table-lamp.svg"
    )
)]
#[serde(transparent)]
pub struct ImageUrl(pub String);

impl Validate for ImageUrl {
    fn validate(&self) -> Result<(), ValidationErrors> {
        one_rule(rules::image_url(&self.0))
    }
}

//! What the shop sells in.

use openapi::Currency;

use super::{ConfigError, Environment, Variable};

const CURRENCY: Variable =
    Variable::open("CURRENCY", "`USD`", "The currency of every price, by its ISO 4217 code.");

pub(super) const VARIABLES: &[Variable] = &[CURRENCY];

/// What the shop sells in.
#[derive(Debug, Clone)]
pub struct ShopConfig {
    pub currency: Currency,
}

impl ShopConfig {
    pub(super) fn read(environment: &Environment) -> Result<Self, ConfigError> {
        let currency = match environment.text(&CURRENCY)? {
            None => Currency::USD,
            Some(code) => Currency::try_from(code.trim()).map_err(|error| CURRENCY.refuse(error))?,
        };
        Ok(Self { currency })
    }
}

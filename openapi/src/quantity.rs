//! How many of one thing somebody may want at once.

/// 1 to 99 pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Quantity(u8);

/// The quantity was not between 1 and 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be between {} and {}", Quantity::MIN, Quantity::MAX)]
pub struct QuantityError;

impl Quantity {
    /// The smallest quantity.
    pub const MIN: u32 = 1;
    /// The largest quantity.
    pub const MAX: u32 = 99;

    /// The number of pieces.
    pub fn get(self) -> i64 {
        self.0.into()
    }
}

impl TryFrom<u32> for Quantity {
    type Error = QuantityError;

    fn try_from(pieces: u32) -> Result<Self, QuantityError> {
        match u8::try_from(pieces) {
            Ok(small) if (Self::MIN..=Self::MAX).contains(&pieces) => Ok(Self(small)),
            _ => Err(QuantityError),
        }
    }
}

impl From<Quantity> for u32 {
    fn from(quantity: Quantity) -> Self {
        quantity.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_ninety_nine_and_nothing_else() {
        assert_eq!(Quantity::try_from(1).unwrap().get(), 1);
        assert_eq!(Quantity::try_from(99).unwrap().get(), 99);
        for bad in [0, 100, 256, 257, u32::MAX] {
            assert_eq!(Quantity::try_from(bad), Err(QuantityError), "{bad} passed");
        }
    }
}

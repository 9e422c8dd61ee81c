//! Finding things by what people type. For now: how text is folded, so that it sorts and compares the same everywhere.

mod fold;

pub use fold::fold;

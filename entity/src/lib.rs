//! Bottega's tables as `SeaORM` entities: one module per table, and nothing but what a row looks like.
//!
//! No rules, no wire format. The schema itself – defaults, checks, indexes – is the business of `migration`, whose tests
//! hold the two together.

pub mod address;
pub mod audit_log;
pub mod cache_generation;
pub mod cart;
pub mod cart_line;
pub mod category;
pub mod idempotency_key;
pub mod lease;
pub mod mail_outbox;
pub mod one_time_token;
pub mod order;
pub mod order_event;
pub mod order_line;
pub mod payment;
pub mod product;
pub mod product_count;
pub mod product_option;
pub mod product_variant;
pub mod refund;
pub mod refund_line;
pub mod search_document;
pub mod search_spelling;
pub mod search_tally;
pub mod search_vocabulary;
pub mod session;
pub mod stock_movement;
pub mod synonym;
pub mod user;
pub mod user_word;

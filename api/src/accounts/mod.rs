//! Accounts: the mails they cause, and the links in those. Registering, signing in and the rest are to follow.

mod letters;
mod links;

#[cfg_attr(not(test), expect(unused_imports, reason = "the routes that send mails are to come"))]
pub(crate) use letters::AccountMail;
pub(crate) use letters::compose;

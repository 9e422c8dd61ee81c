//! Who is asking, and what they may do: access tokens, and the guards that routes name in their signature.

mod authenticate;
mod guards;
mod identity;
mod origin;
mod token;

use std::sync::Arc;

use crate::config::AuthConfig;

pub(crate) use authenticate::authenticate;
pub(crate) use guards::{Admin, Customer, Public, identity_if_shown, identity_of};
pub(crate) use identity::{Identity, tag_of};
pub(crate) use origin::OwnSite;
pub(crate) use token::{KeyRing, NewToken};

use identity::Identities;

/// What is needed to know who is asking.
#[derive(Debug)]
pub(crate) struct Access {
    pub(crate) keys: KeyRing,
    identities: Identities,
}

impl Access {
    pub(crate) fn new(config: &AuthConfig) -> Result<Self, crate::config::ConfigError> {
        Ok(Self {
            keys: KeyRing::new(&config.secret()?, config.previous()),
            identities: Identities::default(),
        })
    }
}

/// Why somebody is not let in. Each is told in the same words to whoever asks: 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stranger {
    /// Did not say who they are.
    WithoutToken,
    /// Showed a token that is not good, or not any more.
    BadToken,
}

/// What the layer before the handlers found out, for the guards.
type Verdict = Result<Arc<Identity>, Stranger>;

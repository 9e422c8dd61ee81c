//! Who is asking, and what they may do: access tokens, and the guards that routes name in their signature.

mod authenticate;
mod guards;
mod identity;
mod origin;
mod token;

use std::sync::{Arc, PoisonError, RwLock};

use crate::config::{AuthConfig, ConfigError};

pub(crate) use authenticate::authenticate;
pub(crate) use guards::{Admin, Customer, Public, identity_if_shown, identity_of};
pub(crate) use identity::{EVERYBODY, Identity, tag_of};
pub(crate) use origin::OwnSite;
pub(crate) use token::{KeyRing, NewToken};

use identity::Identities;

/// What is needed to know who is asking.
#[derive(Debug)]
pub(crate) struct Access {
    keys: RwLock<Arc<KeyRing>>,
    identities: Identities,
}

impl Access {
    pub(crate) fn new(config: &AuthConfig) -> Result<Self, ConfigError> {
        Ok(Self { keys: RwLock::new(ring(config)?), identities: Identities::default() })
    }

    /// What tokens are signed and verified with now. Take it once for what belongs together.
    pub(crate) fn keys(&self) -> Arc<KeyRing> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Signs with these from now on.
    pub(crate) fn change_keys(&self, config: &AuthConfig) -> Result<(), ConfigError> {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = ring(config)?;
        Ok(())
    }
}

fn ring(config: &AuthConfig) -> Result<Arc<KeyRing>, ConfigError> {
    Ok(Arc::new(KeyRing::new(&config.secret()?, config.previous())))
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

//! The limits of signing in. Only failures count, so that nobody is locked out for being busy.

use std::net::IpAddr;

use super::{Intent, Limit, Limits, Refused, Report, policy, subject};

/// One attempt to sign in. Ask whether it is permitted before looking at the password; say afterwards how it went,
/// and answer 429 when refused then, *instead of* the verdict: of guesses that run side by side, no more than the
/// limit may learn whether they were right.
#[derive(Debug)]
pub struct SignIn {
    limits: Limits,
    report: Report,
    client: IpAddr,
    guarded: [Limit; 3],
}

impl SignIn {
    pub(super) fn new(limits: Limits, client: IpAddr, folded_email: &str) -> Self {
        let account = subject::account(folded_email);
        let both = format!("{}:{account}", subject::group(client));
        Self {
            limits,
            report: Report::current(),
            client,
            guarded: [
                Limit::new(policy::SIGN_IN, &both),
                Limit::of_client(policy::SIGN_IN_CLIENT, client),
                Limit::new(policy::SIGN_IN_ACCOUNT, &account),
            ],
        }
    }

    /// Whether the password may be looked at.
    pub async fn permitted(&self) -> Result<(), Refused> {
        self.ask(Intent::Look).await
    }

    /// Counts a failure. Refused when others have failed too often meanwhile.
    pub async fn failed(&self) -> Result<(), Refused> {
        self.ask(Intent::Add).await
    }

    /// Counts nothing. Refused when others have failed too often meanwhile.
    pub async fn succeeded(&self) -> Result<(), Refused> {
        self.ask(Intent::Look).await
    }

    async fn ask(&self, intent: Intent) -> Result<(), Refused> {
        self.limits.decide(&self.report, self.client, &self.guarded, intent).await
    }
}

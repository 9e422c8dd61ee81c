//! The CDN in front of the shop, if it is to be told what changed, and who tells it.

use std::{fmt, path::PathBuf};

use url::Url;

use super::{ConfigError, Environment, Variable, variable::web_address};

const CDN_DISTRIBUTION_ID: Variable = Variable::open(
    "CDN_DISTRIBUTION_ID",
    "none",
    "The CloudFront distribution in front, which is told what changed, and so may keep public answers for an hour.",
);
const AWS_ENDPOINT_URL_CLOUDFRONT: Variable = Variable::open(
    "AWS_ENDPOINT_URL_CLOUDFRONT",
    "`https://cloudfront.amazonaws.com`",
    "Where CloudFront is told.",
);
const AWS_CONTAINER_CREDENTIALS_FULL_URI: Variable = Variable::open(
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "none",
    "Where the keys for that are asked for, with `CDN_DISTRIBUTION_ID`. EKS Pod Identity sets it.",
);
const AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: Variable = Variable::open(
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    "none",
    "The file with what is shown there. EKS Pod Identity sets it.",
);
const AWS_ACCESS_KEY_ID: Variable =
    Variable::open("AWS_ACCESS_KEY_ID", "none", "The id of a fixed key, instead of asking for one.");
const AWS_SECRET_ACCESS_KEY: Variable =
    Variable::secret("AWS_SECRET_ACCESS_KEY", "none", "The key itself, with `AWS_ACCESS_KEY_ID`.");
const AWS_SESSION_TOKEN: Variable =
    Variable::secret("AWS_SESSION_TOKEN", "none", "Its session, if it belongs to one.");

pub(super) const VARIABLES: &[Variable] = &[
    CDN_DISTRIBUTION_ID,
    AWS_ENDPOINT_URL_CLOUDFRONT,
    AWS_CONTAINER_CREDENTIALS_FULL_URI,
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE,
    AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY,
    AWS_SESSION_TOKEN,
];

/// The CDN in front of the shop.
#[derive(Debug, Clone)]
pub struct CdnConfig {
    pub distribution: String,
    pub endpoint: Url,
    pub keys: AwsKeySource,
}

/// Where the keys to AWS come from.
#[derive(Debug, Clone)]
pub enum AwsKeySource {
    Fixed(AwsKeys),
    /// From an agent beside the container, who wants to be shown what is in a file.
    Container {
        url: Url,
        token_file: Option<PathBuf>,
    },
}

/// What requests to AWS are signed with. Prints as its id.
#[derive(Clone, PartialEq, Eq)]
pub struct AwsKeys {
    pub id: String,
    pub secret: String,
    pub session_token: Option<String>,
}

impl fmt::Debug for AwsKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AwsKeys({})", self.id)
    }
}

impl CdnConfig {
    pub(super) fn read(environment: &Environment) -> Result<Option<Self>, ConfigError> {
        let Some(distribution) = environment.text(&CDN_DISTRIBUTION_ID)? else {
            return Ok(None);
        };
        if !distribution.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(CDN_DISTRIBUTION_ID.refuse("must look like E1A2B3C4D5E6F7"));
        }
        let endpoint = environment.text(&AWS_ENDPOINT_URL_CLOUDFRONT)?;
        let endpoint = endpoint.as_deref().unwrap_or("https://cloudfront.amazonaws.com");
        Ok(Some(Self {
            distribution,
            endpoint: web_address(endpoint, &AWS_ENDPOINT_URL_CLOUDFRONT)?,
            keys: AwsKeySource::read(environment)?,
        }))
    }
}

impl AwsKeySource {
    fn read(environment: &Environment) -> Result<Self, ConfigError> {
        let id = environment.text(&AWS_ACCESS_KEY_ID)?;
        let secret = environment.text(&AWS_SECRET_ACCESS_KEY)?;
        if let (Some(id), Some(secret)) = (id, secret) {
            let session_token = environment.text(&AWS_SESSION_TOKEN)?;
            return Ok(Self::Fixed(AwsKeys { id, secret, session_token }));
        }
        let url = environment.text(&AWS_CONTAINER_CREDENTIALS_FULL_URI)?.ok_or_else(|| {
            CDN_DISTRIBUTION_ID.refuse(
                "is set and no key to tell CloudFront with: associate the pods with a role, or set AWS_ACCESS_KEY_ID and \
                 AWS_SECRET_ACCESS_KEY",
            )
        })?;
        Ok(Self::Container {
            url: web_address(&url, &AWS_CONTAINER_CREDENTIALS_FULL_URI)?,
            token_file: environment.text(&AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE)?.map(PathBuf::from),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Option<CdnConfig>, ConfigError> {
        CdnConfig::read(&Environment::of(pairs.iter().copied()))
    }

    #[test]
    fn without_a_distribution_nobody_is_told() {
        assert!(read(&[("AWS_ACCESS_KEY_ID", "AKID")]).unwrap().is_none());
    }

    #[test]
    fn keys_are_given_or_asked_for_and_never_shown() {
        let fixed = [
            ("CDN_DISTRIBUTION_ID", "E1"),
            ("AWS_ACCESS_KEY_ID", "AKID"),
            ("AWS_SECRET_ACCESS_KEY", "hush"),
            ("AWS_SESSION_TOKEN", "hush too"),
        ];
        let shown = format!("{:?}", read(&fixed).unwrap().unwrap());
        assert!(shown.contains("AKID") && !shown.contains("hush"), "{shown}");
        let asked = [
            ("CDN_DISTRIBUTION_ID", "E1"),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1"),
        ];
        assert!(matches!(read(&asked).unwrap().unwrap().keys, AwsKeySource::Container { .. }));
        for (bad, why) in [
            (&fixed[..1], "no key to tell CloudFront with"),
            (&fixed[..2], "no key to tell CloudFront with"),
            (&[("CDN_DISTRIBUTION_ID", "E1/../E2")], "must look like E1"),
        ] {
            let refused = read(bad).unwrap_err().to_string();
            assert!(refused.contains(why), "{refused}");
        }
    }
}

//! Where traces of requests go, if anywhere.

use url::Url;

use super::{ConfigError, Environment, Variable, variable::web_address};

const OTEL_EXPORTER_OTLP_ENDPOINT: Variable = Variable::open(
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "none",
    "The collector that is sent traces, by OTLP over HTTP: `http://localhost:4318`. Unset, there are none.",
);
const OTEL_SERVICE_NAME: Variable =
    Variable::open("OTEL_SERVICE_NAME", "`bottega`", "What the shop is called in them.");
const TRACES_SAMPLE_PERCENT: Variable = Variable::open(
    "TRACES_SAMPLE_PERCENT",
    "`5`",
    "Of how many requests in a hundred a trace is sent. What fails or takes more than a second is sent in any case.",
);

pub(super) const VARIABLES: &[Variable] =
    &[OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME, TRACES_SAMPLE_PERCENT];

/// Where traces go, and how many.
#[derive(Debug, Clone)]
pub struct TracesConfig {
    pub endpoint: Url,
    pub service: String,
    pub percent: u32,
}

impl TracesConfig {
    pub(super) fn read(environment: &Environment) -> Result<Option<Self>, ConfigError> {
        let percent = environment.number(&TRACES_SAMPLE_PERCENT, 0, 100, 5)?;
        let Some(endpoint) = environment.text(&OTEL_EXPORTER_OTLP_ENDPOINT)? else {
            return Ok(None);
        };
        let mut endpoint = web_address(&endpoint, &OTEL_EXPORTER_OTLP_ENDPOINT)?;
        endpoint.set_path(&format!("{}/v1/traces", endpoint.path().trim_end_matches('/')));
        let service = environment.text(&OTEL_SERVICE_NAME)?.unwrap_or_else(|| "bottega".to_owned());
        Ok(Some(Self { endpoint, service, percent }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Option<TracesConfig>, ConfigError> {
        TracesConfig::read(&Environment::of(pairs.iter().copied()))
    }

    #[test]
    fn the_endpoint_is_where_the_collector_is() {
        assert!(read(&[]).unwrap().is_none());
        for (given, used) in [
            ("http://agent:4318", "http://agent:4318/v1/traces"),
            ("https://agent/otlp/", "https://agent/otlp/v1/traces"),
        ] {
            let config = read(&[("OTEL_EXPORTER_OTLP_ENDPOINT", given)]).unwrap().unwrap();
            assert_eq!(
                (config.endpoint.as_str(), config.service.as_str(), config.percent),
                (used, "bottega", 5)
            );
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for (name, bad) in [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "agent:4318"),
            ("TRACES_SAMPLE_PERCENT", "101"),
            ("TRACES_SAMPLE_PERCENT", "5%"),
        ] {
            let refused = read(&[(name, bad)]).unwrap_err().to_string();
            assert!(refused.starts_with(name), "{refused}");
        }
    }
}

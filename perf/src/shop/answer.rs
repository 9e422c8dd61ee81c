//! An answer, and what the server says it cost.

use serde::de::DeserializeOwned;

use crate::failure::Failure;

/// What the server says an answer cost, in milliseconds and statements.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Timing {
    pub(crate) total: f64,
    pub(crate) database: f64,
    pub(crate) statements: u32,
}

/// The answer to a GET, with status 200.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
    pub(crate) server_timing: String,
}

impl Answer {
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_slice(&self.body).map_err(|error| self.wrong(error.to_string()))
    }

    pub(crate) fn timing(&self) -> Result<Timing, Failure> {
        timing(&self.server_timing)
            .ok_or_else(|| self.wrong(format!("its Server-Timing is `{}`", self.server_timing)))
    }

    fn wrong(&self, reason: String) -> Failure {
        Failure::Request { path: self.path.clone(), reason }
    }
}

/// Reads `db;dur=0.41;desc="3", total;dur=1.07`.
fn timing(header: &str) -> Option<Timing> {
    let value = |metric: &str, parameter: &str| {
        let mut parts = header.split(',').map(|part| part.trim().split(';'));
        let mut parameters = parts.find_map(|mut part| (part.next()? == metric).then_some(part))?;
        parameters.find_map(|text| Some(text.strip_prefix(parameter)?.strip_prefix('=')?.trim_matches('"')))
    };
    Some(Timing {
        total: value("total", "dur")?.parse().ok()?,
        database: value("db", "dur")?.parse().ok()?,
        statements: value("db", "desc")?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_timing_is_read_by_name() {
        let expected = Timing { total: 1.072, database: 0.41, statements: 3 };
        assert_eq!(timing("db;dur=0.410;desc=\"3\", total;dur=1.072"), Some(expected));
        assert_eq!(timing("total;dur=1.072,db;desc=\"3\";dur=0.410"), Some(expected));
    }

    #[test]
    fn half_a_server_timing_is_none() {
        for header in ["", "total;dur=1", "db;dur=1;desc=\"3\"", "db;dur=1;desc=\"many\", total;dur=2"] {
            assert_eq!(timing(header), None, "{header}");
        }
    }
}

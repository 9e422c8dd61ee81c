//! Reading variables: from the environment, from a `.env` file in development, secrets also from files.

use std::{
    collections::HashMap,
    fmt::{self, Display},
    path::Path,
    str::FromStr,
};

use url::Url;

/// One variable the server knows. `docs/configuration.md` lists them all; a test holds it against the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    pub name: &'static str,
    /// What holds when it is unset, in words.
    pub default: &'static str,
    pub about: &'static str,
    /// Secrets may also be given as a file: `NAME_FILE=/run/secrets/name`.
    pub secret: bool,
}

impl Variable {
    /// A variable whose value may be seen by anybody.
    pub const fn open(name: &'static str, default: &'static str, about: &'static str) -> Self {
        Self { name, default, about, secret: false }
    }

    /// A variable whose value must not be seen.
    pub const fn secret(name: &'static str, default: &'static str, about: &'static str) -> Self {
        Self { name, default, about, secret: true }
    }

    /// This variable cannot hold what it holds.
    pub fn refuse(&self, why: impl Display) -> ConfigError {
        ConfigError::Invalid { name: self.name, why: why.to_string() }
    }
}

/// A setting that keeps the server from starting. Each says in one sentence what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error("{name} {why}.")]
    Invalid { name: &'static str, why: String },
    #[error("Both {name} and {name}_FILE are set: unset one of them.")]
    Ambiguous { name: &'static str },
    #[error("{name}_FILE names {path}, which cannot be read ({why}): correct the path or its permissions.")]
    UnreadableFile { name: &'static str, path: String, why: String },
    #[error("The file .env cannot be read ({0}): correct its permissions, or remove it.")]
    DotEnv(String),
    #[error(
        "The file .env cannot be understood in line {0}: write NAME=value, with quotes around a value with spaces."
    )]
    DotEnvLine(usize),
    #[error("APP_ENV=production refuses to start: {0}.")]
    UnsafeInProduction(String),
}

/// A snapshot of the variables, so that reading them twice gives the same answer and tests need no globals. Files that
/// secrets are in are read each time. Prints as nothing.
#[derive(Clone, Default)]
pub struct Environment {
    values: HashMap<String, String>,
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Environment(…)")
    }
}

impl Environment {
    /// The process's environment, and below it what `.env` in the working folder says unless in production.
    pub fn of_process() -> Result<Self, ConfigError> {
        let process: HashMap<String, String> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        if process.get("APP_ENV").is_some_and(|env| env.trim() == "production") {
            return Ok(Self { values: process });
        }
        let mut values = Self::dot_env(Path::new(".env"))?;
        values.extend(process);
        Ok(Self { values })
    }

    /// Just these, for tests.
    pub fn of<K: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        Self { values: pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect() }
    }

    fn dot_env(path: &Path) -> Result<HashMap<String, String>, ConfigError> {
        if !path.exists() {
            return Ok(HashMap::new());
        }
        dotenvy::from_path_iter(path).and_then(Iterator::collect).map_err(|error| match error {
            // Its own words repeat what stands there, which may be a secret.
            dotenvy::Error::LineParse(text, _) => ConfigError::DotEnvLine(line_of(path, &text)),
            other => ConfigError::DotEnv(other.to_string()),
        })
    }

    fn value(&self, name: &str) -> Option<String> {
        self.values.get(name).filter(|value| !value.trim().is_empty()).cloned()
    }

    /// The file this secret is in, if it is in one.
    pub(super) fn file(&self, variable: &Variable) -> Option<String> {
        variable.secret.then(|| self.value(&format!("{}_FILE", variable.name))).flatten()
    }

    /// What the variable holds; empty is unset.
    pub fn text(&self, variable: &Variable) -> Result<Option<String>, ConfigError> {
        let name = variable.name;
        let direct = self.value(name);
        match (direct, self.file(variable)) {
            (Some(_), Some(_)) => Err(ConfigError::Ambiguous { name }),
            (None, Some(path)) => match std::fs::read_to_string(&path) {
                Ok(content) => Ok(Some(content.trim().to_owned()).filter(|text| !text.is_empty())),
                Err(error) => Err(ConfigError::UnreadableFile { name, path, why: error.to_string() }),
            },
            (direct, None) => Ok(direct),
        }
    }

    /// What the variable holds, as a `T`.
    pub fn parsed<T: FromStr<Err: Display>>(&self, variable: &Variable) -> Result<Option<T>, ConfigError> {
        self.text(variable)?
            .map(|text| {
                text.trim().parse().map_err(|error| variable.refuse(format!("is not usable: {error}")))
            })
            .transpose()
    }

    /// A number between `min` and `max`, or the default.
    pub fn number<T>(&self, variable: &Variable, min: T, max: T, default: T) -> Result<T, ConfigError>
    where
        T: FromStr + PartialOrd + Display + Copy,
    {
        Ok(self.optional_number(variable, min, max)?.unwrap_or(default))
    }

    /// A number between `min` and `max`, if there is one.
    pub fn optional_number<T>(&self, variable: &Variable, min: T, max: T) -> Result<Option<T>, ConfigError>
    where
        T: FromStr + PartialOrd + Display + Copy,
    {
        let Some(text) = self.text(variable)? else {
            return Ok(None);
        };
        match text.trim().parse::<T>() {
            Ok(number) if (&min..=&max).contains(&&number) => Ok(Some(number)),
            _ => Err(variable.refuse(format!("must be a whole number between {min} and {max}"))),
        }
    }

    /// `true` or `false` (in any case), or the default.
    pub fn flag(&self, variable: &Variable, default: bool) -> Result<bool, ConfigError> {
        match self.text(variable)?.map(|text| text.trim().to_ascii_lowercase()).as_deref() {
            None => Ok(default),
            Some("true" | "1") => Ok(true),
            Some("false" | "0") => Ok(false),
            Some(_) => Err(variable.refuse("must be true or false")),
        }
    }

    /// The items of a comma-separated list.
    pub fn list(&self, variable: &Variable) -> Result<Vec<String>, ConfigError> {
        let text = self.text(variable)?.unwrap_or_default();
        Ok(text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect())
    }
}

/// An address that can be asked by HTTP.
pub(super) fn web_address(text: &str, variable: &Variable) -> Result<Url, ConfigError> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url),
        _ => Err(variable.refuse("must look like https://host")),
    }
}

/// The number of the line that ends in this text.
fn line_of(path: &Path, text: &str) -> usize {
    let content = std::fs::read_to_string(path).unwrap_or_default();
    let end = text.lines().next().unwrap_or_default().trim_end();
    content.lines().position(|line| line.trim_end().ends_with(end)).unwrap_or_default() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORT: Variable = Variable::open("PORT", "4000", "");
    const SECRET: Variable = Variable::secret("SECRET", "", "");

    #[test]
    fn empty_is_unset() {
        let environment = Environment::of([("PORT", "  ")]);
        assert_eq!(environment.number(&PORT, 0, 65_535, 4_000).unwrap(), 4_000);
    }

    #[test]
    fn a_bad_value_is_refused_with_its_name() {
        for bad in ["x", "-1", "70000"] {
            let error = Environment::of([("PORT", bad)]).number::<u32>(&PORT, 0, 65_535, 4_000).unwrap_err();
            assert!(error.to_string().starts_with("PORT "), "{error}");
        }
        assert!(Environment::of([("PORT", "maybe")]).flag(&PORT, true).is_err());
    }

    #[test]
    fn a_secret_may_come_from_a_file_but_not_from_both() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "hush\n").unwrap();
        let path = file.path().to_str().unwrap();
        assert_eq!(Environment::of([("SECRET_FILE", path)]).text(&SECRET).unwrap().as_deref(), Some("hush"));
        let both = Environment::of([("SECRET_FILE", path), ("SECRET", "x")]);
        assert_eq!(both.text(&SECRET), Err(ConfigError::Ambiguous { name: "SECRET" }));
        let missing = Environment::of([("SECRET_FILE", "/nowhere/at/all")]);
        assert!(matches!(missing.text(&SECRET), Err(ConfigError::UnreadableFile { .. })));
        assert_eq!(Environment::of([("PORT_FILE", path)]).text(&PORT).unwrap(), None);
    }
}

//! How every time is written on the wire: RFC 3339 in UTC with exactly three decimals.
//! For `#[serde(with = "crate::time")]`.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// A digit for every digit; everything else as it is.
const FORM: &[u8; 24] = b"0000-00-00T00:00:00.000Z";
/// So much of it is the day.
const DAY: usize = 10;

/// Writes `2026-01-31T12:00:00.000Z`.
pub(crate) fn serialize<S: Serializer>(time: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&time.to_rfc3339_opts(SecondsFormat::Millis, true))
}

/// Reads what is written so, and nothing else: whatever reads every form of a time is a large part of the browser's program.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    let text = String::deserialize(deserializer)?;
    read(&text).ok_or_else(|| D::Error::custom("must be a time like 2026-01-31T12:00:00.000Z"))
}

/// The same for times that may not have come.
pub(crate) mod optional {
    use chrono::{DateTime, Utc};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Time(#[serde(with = "super")] DateTime<Utc>);

    #[expect(clippy::ref_option, reason = "serde calls it so")]
    pub(crate) fn serialize<S: Serializer>(
        time: &Option<DateTime<Utc>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        time.map(Time).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<DateTime<Utc>>, D::Error> {
        Ok(Option::<Time>::deserialize(deserializer)?.map(|Time(time)| time))
    }
}

/// For parameters, which people and programs of every kind write: any form of RFC 3339, to the millisecond. Only the
/// server reads them.
pub(crate) mod parameter {
    use chrono::{DateTime, Datelike, SubsecRound, Utc};
    use serde::{Deserialize, Deserializer, de::Error};

    pub(crate) use super::optional::serialize;

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<DateTime<Utc>>, D::Error> {
        let text = String::deserialize(deserializer)?;
        read(&text).map(Some).ok_or_else(|| D::Error::custom("must be a time like 2026-01-31T12:00:00Z"))
    }

    /// Years of more than four digits, which an offset can lead to, would not be sorted like the others.
    pub(super) fn read(text: &str) -> Option<DateTime<Utc>> {
        let time = DateTime::parse_from_rfc3339(text).ok()?.to_utc().trunc_subsecs(3);
        (0..=9999).contains(&time.year()).then_some(time)
    }
}

/// The same for days: `2026-01-31`.
pub(crate) mod day {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(crate) fn serialize<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
        let text = String::deserialize(deserializer)?;
        super::read_day(&text).ok_or_else(|| D::Error::custom("must be a day like 2026-01-31"))
    }
}

fn read(text: &str) -> Option<DateTime<Utc>> {
    if !has_form(text, FORM) {
        return None;
    }
    let day = read_day(&text[..DAY])?;
    let number = |from: usize, to: usize| text[from..to].parse().ok();
    let time = day.and_hms_milli_opt(number(11, 13)?, number(14, 16)?, number(17, 19)?, number(20, 23)?)?;
    Some(time.and_utc())
}

fn read_day(text: &str) -> Option<NaiveDate> {
    if !has_form(text, &FORM[..DAY]) {
        return None;
    }
    NaiveDate::from_ymd_opt(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
}

fn has_form(text: &str, form: &[u8]) -> bool {
    let fits = |(byte, form): (u8, &u8)| if *form == b'0' { byte.is_ascii_digit() } else { byte == *form };
    text.len() == form.len() && text.bytes().zip(form).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(time: DateTime<Utc>) -> String {
        time.to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["2026-01-31T12:00:00.000Z", "0001-01-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z"] {
            assert_eq!(read(text).map(written).as_deref(), Some(text));
        }
    }

    #[test]
    fn parameters_are_read_in_every_form_there_is() {
        for (text, expected) in [
            ("2026-01-31T12:00:00.000Z", Some("2026-01-31T12:00:00.000Z")),
            ("2026-01-31T12:00:00Z", Some("2026-01-31T12:00:00.000Z")),
            ("2026-01-31t12:00:00.1239z", Some("2026-01-31T12:00:00.123Z")),
            ("2026-02-01T01:30:00+01:30", Some("2026-02-01T00:00:00.000Z")),
            ("9999-12-31T23:59:59Z", Some("9999-12-31T23:59:59.000Z")),
            ("9999-12-31T23:59:59-00:01", None),
            ("0000-01-01T00:00:00+00:01", None),
            ("2026-01-31", None),
            ("2026-01-31T12:00:00", None),
            ("2026-01-31T12:00:00 01:00", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(parameter::read(text).map(written).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn other_forms_and_days_that_never_were_are_refused() {
        for text in [
            "",
            "2026-01-31T12:00:00Z",
            "2026-01-31T12:00:00.000+00:00",
            "2026-01-31 12:00:00.000Z",
            "2026-02-30T12:00:00.000Z",
            "2026-01-31T24:00:00.000Z",
            "+026-01-31T12:00:00.000Z",
            "2026-01-31T12:00:00.0é",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

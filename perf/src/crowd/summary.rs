//! The results in Markdown, for the page of a workflow's run and for the terminal.

use super::{
    Run,
    figures::{Figures, Row},
    limits::{self, Verdict},
};
use crate::report::Table;

pub(crate) fn write(run: &Run, figures: &Figures, verdicts: &[Verdict]) -> String {
    let head = format!("## Load test “{}”: {}\n", run.scenario, word(verdicts));
    let mut tables = vec![head, in_short(run, figures)];
    let mut limits = Table::headed(["Limit", "Measured", "Kept"]);
    for verdict in verdicts {
        limits.row([
            verdict.limit.clone(),
            verdict.measured.clone(),
            if verdict.is_kept { "yes" } else { "NO" }.to_owned(),
        ]);
    }
    tables.push(limits.to_string());
    let all = [("all", figures.all)];
    tables.push(rows("Endpoint", all.iter().chain(&figures.endpoints)));
    if figures.parts.len() > 1 {
        tables.push(rows("Phase", figures.parts.iter()));
    }
    tables.extend(remarks(run, figures).into_iter().map(|remark| format!("{remark}\n")));
    if !figures.errors.is_empty() {
        let mut errors = Table::headed(["Failed", "Answer", "Times"]);
        for (endpoint, status, times) in &figures.errors {
            errors.row([(*endpoint).to_owned(), answer(*status), thousands(*times)]);
        }
        tables.push(errors.to_string());
    }
    tables.join("\n")
}

fn in_short(run: &Run, figures: &Figures) -> String {
    let all = &figures.all;
    format!(
        "{} requests in {} s by up to {} visitors: {:.1} a second, p95 {}, {:.2} % failed. Answers: {}.\n",
        thousands(all.requests),
        run.plan.length().as_secs_f64(),
        run.plan.most_users(),
        all.per_second,
        milliseconds(all.p95),
        all.failed_percent(),
        statuses(figures)
    )
}

fn rows<'a>(title: &str, rows: impl Iterator<Item = &'a (&'static str, Row)>) -> String {
    let mut table =
        Table::headed([title, "Requests", "a second", "Failed", "p50", "p90", "p95", "p99", "max"]);
    for (name, row) in rows {
        table.row([
            (*name).to_owned(),
            thousands(row.requests),
            format!("{:.1}", row.per_second),
            thousands(row.failed),
            milliseconds(row.p50),
            milliseconds(row.p90),
            milliseconds(row.p95),
            milliseconds(row.p99),
            milliseconds(row.max),
        ]);
    }
    table.to_string()
}

/// What the figures mean, in sentences.
pub(crate) fn remarks(run: &Run, figures: &Figures) -> Vec<String> {
    let mut remarks = vec![limits::saturation(&run.plan, figures)];
    remarks.extend(limits::recovery(figures));
    let refused = figures.statuses.get(&Some(429)).copied().unwrap_or_default();
    if refused > 0 {
        let why = if run.past_limits {
            "the shop does not know the token in RATE_LIMIT_BYPASS_TOKEN"
        } else {
            "RATE_LIMIT_BYPASS_TOKEN is not set, and all visitors come from one address"
        };
        remarks.push(format!("The shop's limits refused {} requests: {why}.", thousands(refused)));
    }
    remarks
}

pub(crate) fn word(verdicts: &[Verdict]) -> &'static str {
    if verdicts.iter().all(|verdict| verdict.is_kept) { "PASS" } else { "FAIL" }
}

/// `1,200 × 200, 3 × no answer`.
pub(crate) fn statuses(figures: &Figures) -> String {
    let counted =
        figures.statuses.iter().map(|(status, times)| format!("{} × {}", thousands(*times), answer(*status)));
    counted.collect::<Vec<_>>().join(", ")
}

pub(crate) fn answer(status: Option<u16>) -> String {
    status.map_or("no answer".to_owned(), |status| status.to_string())
}

pub(crate) fn milliseconds(value: f64) -> String {
    if value >= 1_000.0 {
        return format!("{:.2} s", value / 1_000.0);
    }
    let digits = if value < 10.0 { 2 } else { usize::from(value < 100.0) };
    format!("{value:.digits$} ms")
}

pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_as_people_read_them() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            [1.234, 12.34, 500.0, 1_234.0].map(milliseconds),
            ["1.23 ms", "12.3 ms", "500 ms", "1.23 s"]
        );
    }
}

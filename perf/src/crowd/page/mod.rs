//! The report as one page of HTML that asks for nothing from anywhere else.

mod chart;

use std::fmt::Display;

use super::{
    Run,
    figures::{Figures, Row},
    limits::Verdict,
    summary::{answer, milliseconds, remarks, statuses, thousands, word},
};

const STYLE: &str = include_str!("style.css");

pub(crate) fn write(run: &Run, figures: &Figures, verdicts: &[Verdict]) -> String {
    let title = format!("Load test “{}”", run.scenario);
    let word = word(verdicts);
    let remarks: String =
        remarks(run, figures).iter().map(|remark| format!("<p>{}</p>", escaped(remark))).collect();
    let body = [
        format!(
            "<header><h1>{title}</h1><span class=\"badge {}\">{word}</span><p>{} · {}{}</p></header>",
            word.to_lowercase(),
            escaped(&run.url),
            run.begun.format("%Y-%m-%d %H:%M UTC"),
            if run.with_orders { " · with orders" } else { "" },
        ),
        cards(run, figures),
        section("Over time", &chart::draw(&run.plan, figures)),
        section("Limits", &limits(verdicts)),
        section("What it means", &remarks),
        section("How long answers took", &percentiles(&figures.all)),
        section("By endpoint", &rows("Endpoint", &figures.endpoints)),
        if figures.parts.len() > 1 {
            section("By phase", &rows("Phase", &figures.parts))
        } else {
            String::new()
        },
        section("Answers", &format!("<p>{}</p>{}", escaped(&statuses(figures)), errors(figures))),
    ];
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}: {word}</title><style>{STYLE}</style></head>\n<body>\n{}\n</body></html>\n",
        body.join("\n")
    )
}

fn cards(run: &Run, figures: &Figures) -> String {
    let all = &figures.all;
    let cards = [
        ("requests", thousands(all.requests)),
        ("a second", format!("{:.1}", all.per_second)),
        ("p95", milliseconds(all.p95)),
        ("failed", format!("{:.2} %", all.failed_percent())),
        ("visitors at most", thousands(run.plan.most_users())),
        ("seconds", format!("{:.0}", run.plan.length().as_secs_f64())),
    ];
    let cards = cards.map(|(name, value)| format!("<li><strong>{value}</strong>{name}</li>"));
    format!("<ul class=\"cards\">{}</ul>", cards.concat())
}

fn limits(verdicts: &[Verdict]) -> String {
    let rows = verdicts.iter().map(|verdict| {
        let (class, word) = if verdict.is_kept { ("pass", "kept") } else { ("fail", "missed") };
        let kept = format!("<span class=\"badge {class}\">{word}</span>");
        vec![escaped(&verdict.limit), escaped(&verdict.measured), kept]
    });
    table(&["It must be that", "Measured", ""], rows)
}

fn percentiles(all: &Row) -> String {
    let values = [all.min, all.mean, all.p50, all.p90, all.p95, all.p99, all.max];
    let head = ["least", "mean", "p50", "p90", "p95", "p99", "most"];
    table(&head, [values.map(milliseconds).to_vec()].into_iter())
}

fn rows(title: &str, rows: &[(&'static str, Row)]) -> String {
    let head = [title, "Requests", "a second", "Failed", "p50", "p90", "p95", "p99", "most"];
    let rows = rows.iter().map(|(name, row)| {
        let counts =
            [escaped(name), thousands(row.requests), format!("{:.1}", row.per_second), thousands(row.failed)];
        let times = [row.p50, row.p90, row.p95, row.p99, row.max].map(milliseconds);
        counts.into_iter().chain(times).collect()
    });
    table(&head, rows)
}

fn errors(figures: &Figures) -> String {
    if figures.errors.is_empty() {
        return "<p>Nothing failed.</p>".to_owned();
    }
    let rows = figures
        .errors
        .iter()
        .map(|(endpoint, status, times)| vec![escaped(endpoint), answer(*status), thousands(*times)]);
    table(&["Failed", "Answer", "Times"], rows)
}

fn section(title: &str, content: &str) -> String {
    format!("<section><h2>{title}</h2>{content}</section>")
}

/// Of cells that are HTML.
fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let row = |kind: &str, cells: &[String]| -> String {
        let cells: String = cells.iter().map(|cell| format!("<{kind}>{cell}</{kind}>")).collect();
        format!("<tr>{cells}</tr>")
    };
    let head: Vec<_> = head.iter().map(ToString::to_string).collect();
    let rows: String = rows.map(|cells| row("td", &cells)).collect();
    format!(
        "<div class=\"wide\"><table><thead>{}</thead><tbody>{rows}</tbody></table></div>",
        row("th", &head)
    )
}

fn escaped(text: &(impl Display + ?Sized)) -> String {
    text.to_string().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

//! What a mail says, worded once and shown twice: as plain text and as HTML that needs nothing from anywhere.

use std::fmt::Write;

use openapi::Locale;

/// What every mail is signed with.
const SHOP: &str = "Bottega";

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) subject: String,
    locale: Locale,
    greeting: String,
    opening: Vec<String>,
    rows: Vec<[String; 2]>,
    action: Option<Action>,
    closing: Vec<String>,
}

/// The one thing a mail asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Action {
    label: String,
    url: String,
}

impl Letter {
    pub(crate) fn new(locale: Locale, subject: &str, greeting: String) -> Self {
        Self {
            subject: subject.to_owned(),
            locale,
            greeting,
            opening: vec![],
            rows: vec![],
            action: None,
            closing: vec![],
        }
    }

    /// Says something, before the action or after it.
    pub(crate) fn say(mut self, paragraph: impl Into<String>) -> Self {
        let part = if self.action.is_none() { &mut self.opening } else { &mut self.closing };
        part.push(paragraph.into());
        self
    }

    /// Lists things and what they come to, after what was said so far.
    pub(crate) fn list(mut self, rows: Vec<[String; 2]>) -> Self {
        self.rows = rows;
        self
    }

    /// Asks for something.
    pub(crate) fn ask(mut self, label: &str, url: String) -> Self {
        self.action = Some(Action { label: label.to_owned(), url });
        self
    }

    fn farewell(&self) -> &'static str {
        match self.locale {
            Locale::En => "Warm regards,",
            Locale::It => "Un caro saluto,",
        }
    }

    /// As plain text: a paragraph is a line, and so is the link.
    pub(crate) fn text(&self) -> String {
        let action = self.action.iter().map(|action| format!("{}:\n{}", action.label, action.url));
        let mut blocks = vec![self.greeting.clone()];
        blocks.extend(self.opening.iter().cloned());
        if !self.rows.is_empty() {
            let lines: Vec<_> = self.rows.iter().map(|[what, sum]| format!("{what}: {sum}")).collect();
            blocks.push(lines.join("\n"));
        }
        blocks.extend(action);
        blocks.extend(self.closing.iter().cloned());
        blocks.push(format!("{}\n{SHOP}\n", self.farewell()));
        blocks.join("\n\n")
    }

    /// As HTML: styles on the elements, because many readers drop all others, and nothing to be loaded.
    pub(crate) fn html(&self) -> String {
        let mut body = paragraph(&self.greeting);
        body.extend(self.opening.iter().map(|text| paragraph(text)));
        if !self.rows.is_empty() {
            let rows: String = self.rows.iter().map(row).collect();
            // Writing into a string does not fail.
            let _ = writeln!(
                body,
                "<table style=\"width:100%;margin:0 0 16px;border-collapse:collapse\">{rows}</table>"
            );
        }
        if let Some(Action { label, url }) = &self.action {
            let (label, url) = (escape(label), escape(url));
            // Writing into a string does not fail.
            let _ = write!(
                body,
                "<p style=\"margin:28px 0\"><a href=\"{url}\" style=\"display:inline-block;padding:12px 22px;\
                 border-radius:8px;background:#0369a1;color:#ffffff;font-weight:600;text-decoration:none\">\
                 {label}</a></p>\n\
                 <p style=\"margin:0 0 16px;font-size:13px;color:#475569;word-break:break-all\">{url}</p>\n"
            );
        }
        body.extend(self.closing.iter().map(|text| paragraph(text)));
        format!(
            "<!doctype html>\n\
             <html lang=\"{lang}\">\n\
             <head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
             <title>{subject}</title></head>\n\
             <body style=\"margin:0;padding:24px 12px;background:#f1f5f9\">\n\
             <div style=\"max-width:560px;margin:0 auto;padding:32px;border-radius:14px;background:#ffffff;\
             color:#0f172a;font:16px/1.6 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif\">\n\
             <p style=\"margin:0 0 24px;font-size:20px;font-weight:700;color:#0369a1\">{SHOP}</p>\n\
             {body}\
             <p style=\"margin:28px 0 0;color:#475569\">{farewell}<br>{SHOP}</p>\n\
             </div>\n</body>\n</html>\n",
            lang = self.locale.as_str(),
            subject = escape(&self.subject),
            farewell = escape(self.farewell()),
        )
    }
}

fn paragraph(text: &str) -> String {
    format!("<p style=\"margin:0 0 16px\">{}</p>\n", escape(text))
}

fn row([what, sum]: &[String; 2]) -> String {
    let (what, sum) = (escape(what), escape(sum));
    format!(
        "<tr><td style=\"padding:6px 0;border-bottom:1px solid #e2e8f0\">{what}</td>\
         <td style=\"padding:6px 0;border-bottom:1px solid #e2e8f0;text-align:right;white-space:nowrap\">{sum}</td></tr>"
    )
}

/// Text that means nothing but itself, between tags and in quoted attributes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter::new(Locale::It, "Prova & riprova", "Ciao Eve <b> & \"co\",".to_owned())
            .say("Uno.")
            .list(vec![["2 × <Lamp>".to_owned(), "1.00".to_owned()], ["Total".to_owned(), "9.00".to_owned()]])
            .ask("Apri", "https://shop.test/x?a=1&b=2".to_owned())
            .say("Due.")
    }

    #[test]
    fn text_has_the_link_on_a_line_of_its_own() {
        assert_eq!(
            letter().text(),
            "Ciao Eve <b> & \"co\",\n\nUno.\n\n2 × <Lamp>: 1.00\nTotal: 9.00\n\nApri:\nhttps://shop.test/x?a=1&b=2\n\nDue.\n\nUn caro saluto,\nBottega\n"
        );
    }

    #[test]
    fn html_means_the_same_and_nothing_more() {
        let html = letter().html();
        assert!(html.contains("<html lang=\"it\">"), "{html}");
        assert!(html.contains("Ciao Eve &lt;b&gt; &amp; &quot;co&quot;,"), "{html}");
        assert!(html.contains("href=\"https://shop.test/x?a=1&amp;b=2\""), "{html}");
        assert!(html.contains(">2 × &lt;Lamp&gt;</td>") && html.contains(">9.00</td>"), "{html}");
        assert!(html.contains("<title>Prova &amp; riprova</title>"), "{html}");
        for remote in ["<img", "<link", "<script", "@import", "url("] {
            assert!(!html.contains(remote), "{remote}");
        }
        let at = |text: &str| html.find(text).unwrap();
        assert!(at("Uno.") < at("href=") && at("href=") < at("Due."), "{html}");
    }
}

//! How servers tell each other of changes: a line for each tag, with its generation and when it changed.

use chrono::DateTime;
use entity::cache_generation::Model;

pub(super) fn write(changes: &[Model]) -> String {
    let line = |change: &Model| {
        format!("{} {} {}\n", change.tag, change.generation, change.changed_at.timestamp_micros())
    };
    changes.iter().map(line).collect()
}

/// What cannot be read is left out: the table tells it a moment later.
pub(super) fn read(text: &str) -> impl Iterator<Item = Model> {
    text.lines().filter_map(|line| {
        let mut words = line.split(' ');
        Some(Model {
            tag: words.next()?.to_owned(),
            generation: words.next()?.parse().ok()?,
            changed_at: DateTime::from_timestamp_micros(words.next()?.parse().ok()?)?,
            purged_generation: None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_is_written_is_read_again_and_nonsense_is_not() {
        let changes = [("catalog", 1), ("product:1", 2)].map(|(tag, generation)| Model {
            tag: tag.to_owned(),
            generation: Uuid::from_u128(generation),
            changed_at: DateTime::from_timestamp_micros(1_700_000_000_123_456).unwrap(),
            purged_generation: None,
        });
        let text = write(&changes) + "catalog\nno generation 1\n\n";
        assert_eq!(read(&text).collect::<Vec<_>>(), changes);
    }
}

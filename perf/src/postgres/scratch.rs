//! Databases of our own on somebody's server.

use super::psql;
use crate::failure::Failure;

/// An empty database, dropped again with everything in it.
#[derive(Debug)]
pub(crate) struct ScratchDatabase {
    server: String,
    name: String,
}

impl ScratchDatabase {
    /// Makes one on the server that has the database with this URL. Its name ends in this word.
    pub(crate) fn make(server: &str, word: &str) -> Result<Self, Failure> {
        let name = format!("perf_{}_{word}", std::process::id());
        // Before it is there, so that it is dropped even when this is stopped meanwhile.
        let database = Self { server: server.to_owned(), name };
        psql(server, &format!("CREATE DATABASE {}", database.name))?;
        Ok(database)
    }

    pub(crate) fn url(&self) -> String {
        with_database(&self.server, &self.name)
    }
}

impl Drop for ScratchDatabase {
    fn drop(&mut self) {
        // Nobody is left to tell an error; psql has said it.
        drop(psql(&self.server, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)));
    }
}

/// The URL of another database on the same server.
fn with_database(url: &str, name: &str) -> String {
    let (place, parameters) = url.split_at(url.find('?').unwrap_or(url.len()));
    let host = place.find("://").map_or(0, |at| at + "://".len());
    let end = place[host..].find('/').map_or(place.len(), |slash| host + slash);
    format!("{}/{name}{parameters}", &place[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_database_of_a_url_changes() {
        for (url, changed) in [
            ("postgres://me:secret@host:5432/postgres", "postgres://me:secret@host:5432/other"),
            ("postgres://host/postgres?sslmode=disable", "postgres://host/other?sslmode=disable"),
            ("postgres://host?options=/a", "postgres://host/other?options=/a"),
        ] {
            assert_eq!(with_database(url, "other"), changed);
        }
    }
}

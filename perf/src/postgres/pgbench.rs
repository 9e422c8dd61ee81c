//! How fast PostgreSQL answers on its own, measured with `pgbench`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use crate::{
    failure::{Failure, While},
    stop,
};

/// Where Debian keeps the programs of each version.
const INSTALLED: &str = "/usr/lib/postgresql";

/// The program.
#[derive(Debug)]
pub(crate) struct Pgbench(PathBuf);

impl Pgbench {
    /// The one on `PATH`, else that of the newest version installed.
    pub(crate) fn find() -> Result<Self, Failure> {
        let path = env::var_os("PATH").unwrap_or_default();
        let mut on_path = env::split_paths(&path).map(|folder| folder.join("pgbench"));
        let found = on_path.find(|program| program.is_file()).or_else(|| newest(Path::new(INSTALLED)));
        found.map(Self).ok_or(Failure::NoPgbench)
    }

    /// Its version, as it tells it.
    pub(crate) fn version(&self) -> Result<String, Failure> {
        self.run(Command::new(&self.0).arg("--version"))
    }

    /// How often in a second a script is run to its end, by so many clients for so long, with prepared statements.
    pub(crate) fn rate(
        &self,
        url: &str,
        script: &Path,
        clients: usize,
        length: Duration,
    ) -> Result<f64, Failure> {
        self.rate_with(url, script, &[], clients, length)
    }

    /// The same with variables that begin so for each client.
    pub(crate) fn rate_with(
        &self,
        url: &str,
        script: &Path,
        variables: &[(&str, String)],
        clients: usize,
        length: Duration,
    ) -> Result<f64, Failure> {
        let mut command = Command::new(&self.0);
        command.args(["-n", "-M", "prepared", "-j", "1", "-c", &clients.to_string()]);
        command.args(["-T", &length.as_secs().to_string()]);
        for (name, value) in variables {
            command.args(["-D", &format!("{name}={value}")]);
        }
        command.arg("-f").arg(script).arg(url);
        let said = self.run(&mut command)?;
        rate_in(&said).ok_or_else(|| Failure::Broken(format!("pgbench tells no rate but: {}", said.trim())))
    }

    fn run(&self, command: &mut Command) -> Result<String, Failure> {
        let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().doing("start pgbench")?;
        stop::check()?;
        if !output.status.success() {
            return Err(Failure::Command { command: self.0.display().to_string() });
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

/// The program of the highest version below this folder.
fn newest(folder: &Path) -> Option<PathBuf> {
    let versions = fs::read_dir(folder).ok()?.flatten().filter_map(|version| {
        let number: u32 = version.file_name().to_str()?.parse().ok()?;
        let program = version.path().join("bin/pgbench");
        program.is_file().then_some((number, program))
    });
    versions.max().map(|(_, program)| program)
}

/// Reads `tps = 1234.56 (without initial connection time)`.
fn rate_in(said: &str) -> Option<f64> {
    said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_read_from_among_what_pgbench_says() {
        let said = "transaction type: page.sql\nlatency average = 1.6 ms\n\
                    tps = 6193.87 (without initial connection time)\n";
        assert_eq!(rate_in(said), Some(6_193.87));
        assert_eq!(rate_in("latency average = 1.6 ms"), None);
    }

    #[test]
    fn the_newest_version_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        for (version, program) in [("9", "pgbench"), ("15", "pgbench"), ("16", "psql"), ("common", "pgbench")]
        {
            let bin = folder.path().join(version).join("bin");
            fs::create_dir_all(&bin).unwrap();
            fs::write(bin.join(program), "").unwrap();
        }
        assert_eq!(newest(folder.path()), Some(folder.path().join("15/bin/pgbench")));
        assert_eq!(newest(&folder.path().join("none")), None);
    }
}

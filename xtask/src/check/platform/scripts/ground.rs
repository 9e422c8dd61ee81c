//! Where a script can be run without harm, and what it does there.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::failure::{Outcome, While};
use crate::members;
use crate::process;
use crate::scratch::Scratch;

/// A folder with the scripts, something for them to work on, and stand-ins for the programs they call.
#[derive(Debug)]
pub(super) struct Ground(Scratch);

impl Ground {
    pub(super) fn prepare() -> Outcome<Self> {
        let ground = Self(Scratch::new("scripts")?);
        let tests = members::in_root("tf/scripts/tests/ground");
        copy(&tests.join("."), ground.0.path())?;
        copy(&members::in_root("tf/scripts"), &ground.0.path().join("tf"))?;
        fs::create_dir(ground.0.join("temporary")).while_trying("make a folder for temporary files")?;
        Ok(ground)
    }

    /// What a command prints here, how it ends, and what it calls.
    pub(super) fn run(&self, command: &str) -> Outcome<String> {
        let root = self.0.path();
        let calls = root.join("calls");
        let output = Command::new("bash")
            .args(["-c", &format!("exec 2>&1\n{command}")])
            .current_dir(root)
            .env_clear()
            .env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", root.join("bin").display()))
            .env("STUB_CALLS", &calls)
            .env("TMPDIR", root.join("temporary"))
            .env("HOME", root)
            .stdin(Stdio::null())
            .output()
            .while_trying("start bash")?;
        let calls = each_wait_once(&fs::read_to_string(calls).unwrap_or_default());
        let printed = String::from_utf8_lossy(&output.stdout);
        let status = output.status.code().map_or("a signal".to_owned(), |code| code.to_string());
        let text = format!("{printed}--- ended with {status}, having called\n{calls}");
        Ok(without_accidents(&text, &root.display().to_string()))
    }
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    let mut copy = Command::new("cp");
    copy.arg("--archive").arg(from).arg(to);
    process::run(&mut copy, "Copying the scripts")
}

/// What is looked at again after a pause, again and again, is told once, with how often it was.
fn each_wait_once(calls: &str) -> String {
    let mut rest: Vec<&str> = calls.lines().collect();
    let mut told = Vec::new();
    while !rest.is_empty() {
        let rounds = rest.chunks_exact(2).take_while(|pair| rest[..2] == **pair).count();
        let taken = if rounds > 2 { 2 * rounds } else { 1 };
        told.extend(rest.iter().take(taken.min(2)).map(ToString::to_string));
        if rounds > 2 {
            told.push(format!("(these two {} times more)", rounds - 1));
        }
        rest.drain(..taken);
    }
    told.iter().map(|line| format!("{line}\n")).collect()
}

/// Without the names of temporary folders, which are others each time.
fn without_accidents(text: &str, root: &str) -> String {
    let mut pieces = text.replace(root, "<root>");
    let mark = "temporary/tmp.";
    let mut from = 0;
    while let Some(at) = pieces[from..].find(mark) {
        let start = from + at + mark.len();
        let length = pieces[start..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        pieces.replace_range(start..start + length, "X");
        from = start;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accidents_are_left_out() {
        let text = "cp /tmp/a-1/x /tmp/a-1/temporary/tmp.Ab3dE/y /tmp/a-1/temporary/tmp.Zz/y";
        let clean = "cp <root>/x <root>/temporary/tmp.X/y <root>/temporary/tmp.X/y";
        assert_eq!(without_accidents(text, "/tmp/a-1"), clean);
    }

    #[test]
    fn a_wait_is_told_once() {
        let calls = "look\nsleep\nlook\nsleep\nlook\nsleep\nlook\nstop\nstop\n";
        assert_eq!(each_wait_once(calls), "look\nsleep\n(these two 2 times more)\nlook\nstop\nstop\n");
    }
}

//! terraform without a registry: with providers of our own, which know what may be written (`xtask/tools/terraform/`).

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use nix::sys::signal::Signal;

use super::python::Environment;
use crate::failure::{self, Outcome, While};
use crate::members;
use crate::process::{self, Background};
use crate::scratch::Scratch;

/// Set to 1, the registry's providers are used instead: they also know which values AWS takes.
const REGISTRY: &str = "BOTTEGA_TERRAFORM_REGISTRY";
/// What the providers know, as `terraform providers schema -json` prints it.
pub(crate) const SCHEMAS: &str = "xtask/tools/terraform/schemas.json.gz";
const PROVIDERS: &str = "xtask/tools/terraform/provider.py";

/// Terraform, ready for any number of folders.
#[derive(Debug)]
pub(crate) struct Terraform {
    scratch: Scratch,
    providers: Option<Providers>,
}

/// Running servers, stopped when dropped.
#[derive(Debug)]
struct Providers {
    /// How Terraform finds them.
    reattach: String,
    _servers: Background,
}

/// What terraform said, and whether it was content.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) fine: bool,
    pub(crate) text: String,
}

/// Whether the registry shall be asked.
pub(crate) fn uses_registry() -> bool {
    env::var(REGISTRY).is_ok_and(|value| value == "1")
}

impl Terraform {
    pub(crate) fn start() -> Outcome<Self> {
        let scratch = Scratch::new("terraform")?;
        let providers = if uses_registry() { None } else { Some(Providers::start(&scratch)?) };
        Ok(Self { scratch, providers })
    }

    /// Initialises a folder, without its backend.
    pub(crate) fn init(&self, folder: &Path) -> Outcome<()> {
        let answer = self.ask(folder, &["init", "-backend=false", "-input=false", "-no-color"])?;
        if answer.fine {
            return Ok(());
        }
        failure::because(format!("{}: terraform init failed:\n{}", folder.display(), answer.text.trim()))
    }

    /// Runs a command in a folder.
    pub(crate) fn ask(&self, folder: &Path, arguments: &[&str]) -> Outcome<Answer> {
        let mut terraform = Command::new("terraform");
        for (name, _) in env::vars_os() {
            // Whoever runs this may have variables and habits of their own.
            if name.to_string_lossy().starts_with("TF_") {
                terraform.env_remove(name);
            }
        }
        terraform
            .current_dir(folder)
            .args(arguments)
            .env("TF_CLI_CONFIG_FILE", "/dev/null")
            .env("CHECKPOINT_DISABLE", "1")
            .env("TF_IN_AUTOMATION", "1")
            .env("TF_DATA_DIR", self.data(folder));
        if let Some(providers) = &self.providers {
            terraform.env("TF_REATTACH_PROVIDERS", &providers.reattach);
        }
        let (fine, text) = process::quietly(&mut terraform, "Checking the infrastructure")?;
        Ok(Answer { fine, text })
    }

    /// Where Terraform keeps what it needs for a folder: not in the checkout.
    fn data(&self, folder: &Path) -> PathBuf {
        self.scratch.join(&folder.to_string_lossy().replace('/', "-"))
    }
}

impl Providers {
    fn start(scratch: &Scratch) -> Outcome<Self> {
        let python = Environment::obtain("terraform")?.python();
        let (said, found) = (scratch.join("log"), scratch.join("providers.json"));
        let log = fs::File::create(&said).while_trying("write the providers' log")?;
        let mut command = process::dying_with_us(python.get_program(), "TERM", None);
        command.arg(members::in_root(PROVIDERS)).arg(members::in_root(SCHEMAS)).arg(&found).stderr(log);
        let servers = Background::start(&mut command, "Starting Terraform's providers", Signal::SIGTERM)?;
        if !servers.becomes_ready(Duration::from_secs(30), || found.exists()) {
            let said = fs::read_to_string(said).unwrap_or_default();
            return failure::because(format!(
                "Terraform's providers do not start; they say: {}",
                said.trim()
            ));
        }
        let reattach = fs::read_to_string(found).while_trying("read where the providers are")?;
        Ok(Self { reattach, _servers: servers })
    }
}

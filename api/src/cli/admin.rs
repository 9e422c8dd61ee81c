//! `bottega admin`: how a shop gets its first administrator, and what to do when one has lost the password or the trust.

use std::io::{IsTerminal, Read};

use clap::{Args, Subcommand};
use entity::user::{self, UserRole};
use openapi::{Email, accounts::RegisterRequest, text::clean_line};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, DbErr, IntoActiveModel};
use serde_json::json;
use validator::Validate;

use super::{CliError, database, say};
use crate::{
    access::tag_of,
    accounts::{self, AccountError, Which},
    audit::{Audit, Caller, Entry},
    cache::Invalidation,
    clock::{Clock, IdSource},
    config::Config,
    customers,
    db::Database,
};

/// A longer password is refused anyway.
const MOST_BYTES: u64 = 4_096;

#[derive(Debug, Subcommand)]
pub(super) enum Admin {
    /// Open an administrator's account. The password is asked for, or read from standard input.
    Create(Create),
    /// Make an account that is there an administrator's.
    Promote(Named),
    /// Sign an account out everywhere, and keep it from signing in.
    Disable(Named),
    /// Give an account another password, asked for or read from standard input, and sign it out everywhere.
    ResetPassword(Named),
}

#[derive(Debug, Args)]
pub(super) struct Create {
    /// The account's e-mail address.
    #[arg(long)]
    email: String,
    #[arg(long, value_name = "NAME")]
    first_name: Option<String>,
    #[arg(long, value_name = "NAME")]
    last_name: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Named {
    /// The account's e-mail address.
    #[arg(long)]
    email: String,
}

/// What every one of these commands works with.
struct Desk {
    db: Database,
    clock: Clock,
    ids: IdSource,
    audit: Audit,
}

pub(super) async fn run(command: &Admin, config: &Config) -> Result<(), CliError> {
    let clock = Clock::system();
    let ids = IdSource::new(clock.clone());
    let audit = Audit::new(clock.clone(), ids.clone());
    let desk = Desk { db: database(config).await?, clock, ids, audit };
    match command {
        Admin::Create(create) => desk.create(create).await?,
        Admin::Promote(named) => desk.promote(&address(&named.email)?).await?,
        Admin::Disable(named) => desk.disable(&address(&named.email)?).await?,
        Admin::ResetPassword(named) => desk.reset_password(&address(&named.email)?).await?,
    }
    desk.db.close().await.map_err(failed)
}

impl Desk {
    async fn create(&self, create: &Create) -> Result<(), CliError> {
        let email = address(&create.email)?;
        if accounts::find_by_email(self.db.reader(), &email).await.map_err(failed)?.is_some() {
            return Err(taken(&email));
        }
        let names = [
            name("--first-name", create.first_name.as_deref())?,
            name("--last-name", create.last_name.as_deref())?,
        ];
        let [first_name, last_name] = names;
        let hash = new_password(&email)?;
        let now = self.clock.now();
        let account = user::Model {
            id: self.ids.next(),
            email: email.to_string(),
            email_folded: email.folded(),
            password_hash: hash,
            first_name,
            last_name,
            role: UserRole::Admin,
            is_active: true,
            // Whoever runs commands here is believed.
            email_verified_at: Some(now),
            locale: None,
            erased_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        let transaction = self.db.begin().await.map_err(failed)?;
        let account = accounts::insert(&transaction, account).await.map_err(|error| match error {
            AccountError::EmailTaken => taken(&email),
            other => CliError::Failed(format!("The account cannot be opened ({other}).")),
        })?;
        let entry = Entry::about_user("account.registered", account.id).after(json!({"role": "ADMIN"}));
        self.finish(transaction, &account, entry).await?;
        say(format_args!("{email} is an administrator."));
        Ok(())
    }

    async fn promote(&self, email: &Email) -> Result<(), CliError> {
        let (transaction, account) = self.open(email).await?;
        if account.role == UserRole::Admin {
            say(format_args!("{email} is an administrator already."));
            return Ok(());
        }
        let account = self.change(&transaction, account, |row| row.role = Set(UserRole::Admin)).await?;
        let entry = Entry::about_user("account.role-changed", account.id)
            .before(json!({"role": "CUSTOMER"}))
            .after(json!({"role": "ADMIN"}));
        self.finish(transaction, &account, entry).await?;
        say(format_args!("{email} is an administrator."));
        Ok(())
    }

    async fn disable(&self, email: &Email) -> Result<(), CliError> {
        let (transaction, account) = self.open(email).await?;
        if !account.is_active {
            say(format_args!("{email} is disabled already."));
            return Ok(());
        }
        let was_last = customers::is_last_admin(&transaction, account.id).await.map_err(failed)?;
        let account = self.change(&transaction, account, |row| row.is_active = Set(false)).await?;
        let now = self.clock.now();
        accounts::end_sessions(&transaction, account.id, Which::All, now).await.map_err(failed)?;
        let entry = Entry::about_user("account.disabled", account.id)
            .before(json!({"isActive": true}))
            .after(json!({"isActive": false}));
        self.finish(transaction, &account, entry).await?;
        say(format_args!("{email} is disabled."));
        if was_last {
            say("Nobody administers the shop now: make somebody else with `bottega admin create`.");
        }
        Ok(())
    }

    async fn reset_password(&self, email: &Email) -> Result<(), CliError> {
        if accounts::find_by_email(self.db.reader(), email).await.map_err(failed)?.is_none() {
            return Err(unknown(email));
        }
        let hash = new_password(email)?;
        let (transaction, account) = self.open(email).await?;
        accounts::set_password(&transaction, &account, hash, self.clock.now()).await.map_err(failed)?;
        let entry = Entry::about_user("account.password-reset", account.id);
        self.finish(transaction, &account, entry).await?;
        say(format_args!("{email} has another password, and is signed out everywhere."));
        Ok(())
    }

    /// A transaction that holds the account.
    async fn open(&self, email: &Email) -> Result<(DatabaseTransaction, user::Model), CliError> {
        let transaction = self.db.begin().await.map_err(failed)?;
        let found = accounts::find_by_email(&transaction, email).await.map_err(failed)?;
        let id = found.ok_or_else(|| unknown(email))?.id;
        let held = accounts::find_to_change(&transaction, id).await.map_err(failed)?;
        Ok((transaction, held.ok_or_else(|| unknown(email))?))
    }

    async fn change(
        &self,
        transaction: &DatabaseTransaction,
        account: user::Model,
        change: impl FnOnce(&mut user::ActiveModel),
    ) -> Result<user::Model, CliError> {
        let version = account.version + 1;
        let mut row = account.into_active_model();
        change(&mut row);
        row.version = Set(version);
        row.updated_at = Set(self.clock.now());
        row.update(transaction).await.map_err(failed)
    }

    async fn finish(
        &self,
        transaction: DatabaseTransaction,
        account: &user::Model,
        entry: Entry,
    ) -> Result<(), CliError> {
        let tags = vec![tag_of(account.id)];
        // Running servers are not told: they look, and find out within a second.
        let _ = Invalidation::record(&transaction, &self.clock, &self.ids, tags).await.map_err(failed)?;
        self.audit.record(&transaction, &Caller::default(), entry).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }
}

fn address(text: &str) -> Result<Email, CliError> {
    Email::try_from(text).map_err(|why| CliError::Failed(format!("--email {why}.")))
}

fn name(option: &str, text: Option<&str>) -> Result<Option<String>, CliError> {
    text.map(|text| clean_line(text, openapi::rules::MAX_NAME))
        .transpose()
        .map_err(|why| CliError::Failed(format!("{option} {why}.")))
}

/// Reads a password that may be chosen, and hashes it.
fn new_password(email: &Email) -> Result<String, CliError> {
    let password = read_password()
        .map_err(|error| CliError::Failed(format!("The password cannot be read ({error}).")))?;
    let request = RegisterRequest {
        email: email.to_string(),
        password,
        first_name: None,
        last_name: None,
        locale: None,
    };
    if request.validate().is_err() {
        return Err(CliError::Failed(format!(
            "The password must be between {} and {} characters long, without control characters.",
            openapi::rules::MIN_PASSWORD,
            openapi::rules::MAX_PASSWORD
        )));
    }
    if accounts::is_common(&request.password) {
        return Err(CliError::Failed(
            "This password is among those everybody tries first: choose another.".into(),
        ));
    }
    accounts::hash(&openapi::rules::composed_password(&request.password))
        .map_err(|error| CliError::Failed(format!("{error}.")))
}

/// From a terminal without showing it, or from a pipe: never from an argument, which everybody on the machine can read.
fn read_password() -> std::io::Result<String> {
    if std::io::stdin().is_terminal() {
        return rpassword::prompt_password("Password: ");
    }
    let mut text = String::new();
    std::io::stdin().lock().take(MOST_BYTES).read_to_string(&mut text)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn taken(email: &Email) -> CliError {
    CliError::Failed(format!(
        "There is an account with the address {email}: make it an administrator's with `bottega admin promote`."
    ))
}

fn unknown(email: &Email) -> CliError {
    CliError::Failed(format!("There is no account with the address {email}."))
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn failed(error: DbErr) -> CliError {
    CliError::Failed(format!("The database refused ({error})."))
}

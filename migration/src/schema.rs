//! The words the steps are written in: tables with named constraints, indexes, and their removal.
//!
//! Columns are NOT NULL unless the method says `_or_null`. Keys, checks and foreign keys are part of CREATE TABLE because
//! `SQLite` cannot add them later. A change here changes old steps: extend, do not alter.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// What becomes of a row when the row it points to is deleted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum OnDelete {
    Cascade,
    SetNull,
    Restrict,
}

impl OnDelete {
    fn sql(self) -> &'static str {
        match self {
            OnDelete::Cascade => "CASCADE",
            OnDelete::SetNull => "SET NULL",
            OnDelete::Restrict => "RESTRICT",
        }
    }
}

/// A table being described.
pub(crate) struct NewTable {
    name: &'static str,
    statement: TableCreateStatement,
    indexes: Vec<IndexCreateStatement>,
}

pub(crate) fn table(name: &'static str) -> NewTable {
    NewTable { name, statement: Table::create().table(name).take(), indexes: Vec::new() }
}

impl NewTable {
    /// The primary key: a `UUIDv7` made by the application.
    pub(crate) fn id(self) -> Self {
        let key = format!("CONSTRAINT \"pk_{}\" PRIMARY KEY", self.name);
        self.column(ColumnDef::new("id").uuid().not_null().extra(key))
    }

    /// A primary key of several columns, or of one that is not an `id`. `SQLite` does not keep its name.
    pub(crate) fn primary_key(mut self, columns: &[&'static str]) -> Self {
        let mut key = Index::create().name(format!("pk_{}", self.name)).take();
        for column in columns {
            key.col(*column);
        }
        self.statement.primary_key(&mut key);
        self
    }

    pub(crate) fn uuid(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).uuid().not_null())
    }

    pub(crate) fn uuid_or_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).uuid().null())
    }

    pub(crate) fn text(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).text().not_null())
    }

    pub(crate) fn text_or_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).text().null())
    }

    /// Text that lists are sorted and searched by: compared by its bytes, as `SQLite` does anyway.
    pub(crate) fn folded(self, manager: &SchemaManager<'_>, name: &'static str) -> Self {
        let mut column = ColumnDef::new(name).text().not_null().take();
        if manager.get_database_backend() == DbBackend::Postgres {
            column.extra("COLLATE \"C\"");
        }
        self.column(&mut column)
    }

    /// Text that is one of a few known words.
    pub(crate) fn one_of(self, name: &'static str, words: &[&str]) -> Self {
        self.text(name).known_words(name, words)
    }

    pub(crate) fn one_of_or_null(self, name: &'static str, words: &[&str]) -> Self {
        self.text_or_null(name).known_words(name, words)
    }

    fn known_words(self, name: &'static str, words: &[&str]) -> Self {
        self.check(name, &format!("{name} IN ('{}')", words.join("', '")))
    }

    pub(crate) fn boolean(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).boolean().not_null())
    }

    pub(crate) fn integer(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).integer().not_null())
    }

    pub(crate) fn integer_from_zero(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).integer().not_null().default(0)).check(name, &format!("{name} >= 0"))
    }

    pub(crate) fn big_integer(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).big_integer().not_null())
    }

    /// An amount in minor units, never negative.
    pub(crate) fn money(self, name: &'static str) -> Self {
        self.big_integer(name).check(name, &format!("{name} >= 0"))
    }

    pub(crate) fn big_integer_or_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).big_integer().null())
    }

    /// A rate in basis points.
    pub(crate) fn rate(self, name: &'static str) -> Self {
        self.integer(name).check(name, &format!("{name} BETWEEN 0 AND 10000"))
    }

    pub(crate) fn currency(self) -> Self {
        self.text("currency").check("currency", "length(currency) = 3")
    }

    pub(crate) fn json(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).json_binary().not_null())
    }

    pub(crate) fn json_or_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).json_binary().null())
    }

    pub(crate) fn bytes(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).blob().not_null())
    }

    pub(crate) fn moment(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).timestamp_with_time_zone().not_null())
    }

    pub(crate) fn moment_or_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).timestamp_with_time_zone().null())
    }

    /// `created_at` and `updated_at`, both from the application's clock.
    pub(crate) fn timestamps(self) -> Self {
        self.moment("created_at").moment("updated_at")
    }

    /// Counts the changes of what administrators edit, for `If-Match`.
    pub(crate) fn version(self) -> Self {
        self.column(ColumnDef::new("version").big_integer().not_null().default(1))
            .check("version", "version >= 1")
    }

    pub(crate) fn references(self, name: &'static str, parent: &str, on_delete: OnDelete) -> Self {
        let foreign_key = self.foreign_key(name, parent, on_delete);
        self.column(ColumnDef::new(name).uuid().not_null().extra(foreign_key))
    }

    pub(crate) fn references_or_null(self, name: &'static str, parent: &str, on_delete: OnDelete) -> Self {
        let foreign_key = self.foreign_key(name, parent, on_delete);
        self.column(ColumnDef::new(name).uuid().null().extra(foreign_key))
    }

    /// Written at the column: sea-query drops the name of a table-level foreign key on `SQLite`.
    fn foreign_key(&self, name: &str, parent: &str, on_delete: OnDelete) -> String {
        let (table, action) = (self.name, on_delete.sql());
        format!("CONSTRAINT \"fk_{table}_{name}\" REFERENCES \"{parent}\" (\"id\") ON DELETE {action}")
    }

    /// `name` is what follows `ck_<table>_`: the column, or what the rule is about.
    pub(crate) fn check(mut self, name: &str, rule: &str) -> Self {
        let name = format!("ck_{}_{name}", self.name);
        self.statement.check(Check::named(name, Expr::cust(rule.to_owned())));
        self
    }

    pub(crate) fn index(self, name: &str, columns: &[&'static str]) -> Self {
        self.new_index(name, columns, |index| index)
    }

    pub(crate) fn unique(self, name: &str, columns: &[&'static str]) -> Self {
        self.new_index(name, columns, IndexCreateStatement::unique)
    }

    /// An index over the rows for which `rule` holds. A query uses it only if it states the rule in the same words.
    pub(crate) fn index_where(self, rule: &'static str, name: &str, columns: &[&'static str]) -> Self {
        self.new_index(name, columns, |index| index.and_where(Expr::cust(rule)))
    }

    pub(crate) fn unique_where(self, rule: &'static str, name: &str, columns: &[&'static str]) -> Self {
        self.new_index(name, columns, |index| index.unique().and_where(Expr::cust(rule)))
    }

    fn new_index(
        mut self,
        name: &str,
        columns: &[&'static str],
        kind: impl FnOnce(&mut IndexCreateStatement) -> &mut IndexCreateStatement,
    ) -> Self {
        let mut index = Index::create().name(name).table(self.name).take();
        for column in columns {
            index.col(*column);
        }
        self.indexes.push(kind(&mut index).take());
        self
    }

    fn column(mut self, column: &mut ColumnDef) -> Self {
        self.statement.col(column);
        self
    }

    pub(crate) async fn create(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        manager.create_table(self.statement).await?;
        for index in self.indexes {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

pub(crate) async fn drop_tables(manager: &SchemaManager<'_>, names: &[&'static str]) -> Result<(), DbErr> {
    for name in names {
        manager.drop_table(Table::drop().table(*name).take()).await?;
    }
    Ok(())
}

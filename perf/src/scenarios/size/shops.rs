//! Two shops that differ in nothing but their size, on one engine.

use std::path::PathBuf;

use tempfile::TempDir;

use super::Options;
use crate::{
    failure::{Failure, While},
    postgres::ScratchDatabase,
    shop::{Binary, Engine, Server},
};

/// One of each size.
#[derive(Debug, Default)]
pub(super) struct Both<T> {
    pub(super) small: T,
    pub(super) large: T,
}

impl<T> Both<T> {
    pub(super) fn make<U>(&self, mut of: impl FnMut(&T) -> Result<U, Failure>) -> Result<Both<U>, Failure> {
        Ok(Both { small: of(&self.small)?, large: of(&self.large)? })
    }
}

/// Products in a database.
#[derive(Debug)]
pub(super) struct Shop {
    engine: Engine,
    pub(super) products: u32,
    folder: PathBuf,
    /// Removed with the shop.
    _folder: TempDir,
    /// Dropped with the shop, where it is one of PostgreSQL.
    _database: Option<ScratchDatabase>,
}

impl Shop {
    /// Both shops on each engine: the embedded one, and `PostgreSQL` where a server is given.
    pub(super) fn all(binary: &Binary, options: &Options) -> Result<Vec<Both<Self>>, Failure> {
        let sizes = Both { small: options.small, large: options.large() };
        let mut all = vec![sizes.make(|products| Self::on_sqlite(binary, *products))?];
        if let Some(url) = &options.database_url {
            all.push(sizes.make(|products| Self::on_postgres(binary, url, *products))?);
        }
        Ok(all)
    }

    fn on_sqlite(binary: &Binary, products: u32) -> Result<Self, Failure> {
        Self::fill(binary, Engine::all(None).remove(0), None, products)
    }

    fn on_postgres(binary: &Binary, server: &str, products: u32) -> Result<Self, Failure> {
        let database = ScratchDatabase::make(server, &products.to_string())?;
        Self::fill(binary, Engine::postgres(&database.url()), Some(database), products)
    }

    fn fill(
        binary: &Binary,
        engine: Engine,
        database: Option<ScratchDatabase>,
        products: u32,
    ) -> Result<Self, Failure> {
        println!("{}: making {products} products …", engine.name);
        let folder = tempfile::tempdir().doing("make a temporary folder")?;
        engine.prepare(binary, folder.path())?;
        engine.run(binary, folder.path(), &["seed", "--products", &products.to_string()])?;
        let place = folder.path().to_path_buf();
        Ok(Self { engine, products, folder: place, _folder: folder, _database: database })
    }

    pub(super) fn engine(&self) -> &'static str {
        self.engine.name
    }

    /// A server of this shop that answers, started with these variables besides those of every measurement.
    pub(super) fn open(
        &self,
        binary: &Binary,
        variables: &[(&'static str, String)],
    ) -> Result<Server, Failure> {
        let mut all = self.engine.variables();
        all.extend_from_slice(variables);
        let mut server = Server::start(binary, &self.folder, &all)?;
        server.first_answer("/health")?;
        Ok(server)
    }
}

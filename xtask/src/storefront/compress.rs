//! Compressed siblings (`app.js` → `app.js.br`, `app.js.gz`), so that the server never compresses a file.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::Build;

/// What compresses well; pictures and fonts are compressed already.
const KINDS: [&str; 10] = ["js", "wasm", "css", "html", "svg", "json", "txt", "map", "ico", "webmanifest"];
/// Smaller files fit into one packet as they are.
const AT_LEAST: u64 = 1024;

#[derive(Clone, Copy)]
struct Effort {
    brotli: u32,
    gzip: u32,
}

/// Compresses every file worth it, on all cores.
pub(super) fn folder(dist: &Path, build: Build) -> io::Result<()> {
    let effort = match build {
        Build::Quick => Effort { brotli: 4, gzip: 5 },
        Build::Shipped => Effort { brotli: 11, gzip: 9 },
    };
    let mut files = Vec::new();
    collect(dist, &mut files)?;
    let queue = Mutex::new(files);
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let work = || -> io::Result<()> {
        while let Some(file) = next() {
            compress(&file, effort)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores()).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|_| Err(io::Error::other("a compressing thread failed")))
        })
    })
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            collect(&path, files)?;
        } else if is_worth_it(&path, entry.metadata()?.len()) {
            files.push(path);
        }
    }
    Ok(())
}

fn is_worth_it(path: &Path, size: u64) -> bool {
    let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    size >= AT_LEAST && KINDS.contains(&kind)
}

fn compress(file: &Path, effort: Effort) -> io::Result<()> {
    let content = fs::read(file)?;
    write_brotli(&content, &sibling(file, "br"), effort.brotli)?;
    let mut gzip = GzEncoder::new(File::create(sibling(file, "gz"))?, Compression::new(effort.gzip));
    gzip.write_all(&content)?;
    gzip.finish()?;
    Ok(())
}

fn write_brotli(content: &[u8], to: &Path, quality: u32) -> io::Result<()> {
    const LARGEST_WINDOW: u32 = 22;
    const BUFFER: usize = 1 << 16;
    let mut brotli = brotli::CompressorWriter::new(File::create(to)?, BUFFER, quality, LARGEST_WINDOW);
    brotli.write_all(content)?;
    brotli.flush()
}

fn sibling(file: &Path, kind: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".");
    name.push(kind);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;
    use std::io::Read;

    #[test]
    fn large_texts_get_siblings_that_unpack_to_the_same_bytes() {
        let dist = Scratch::new("compress").unwrap();
        let text = "let shop = 'bottega';\n".repeat(500);
        fs::write(dist.join("app.js"), &text).unwrap();
        fs::write(dist.join("small.js"), "x").unwrap();
        fs::write(dist.join("photo.webp"), &text).unwrap();
        folder(dist.path(), Build::Quick).unwrap();

        let mut unpacked = String::new();
        let brotli = File::open(dist.join("app.js.br")).unwrap();
        brotli::Decompressor::new(brotli, 4096).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        let mut unpacked = String::new();
        let gzip = File::open(dist.join("app.js.gz")).unwrap();
        flate2::read::GzDecoder::new(gzip).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        assert!(!dist.join("small.js.br").exists());
        assert!(!dist.join("photo.webp.gz").exists());
    }
}

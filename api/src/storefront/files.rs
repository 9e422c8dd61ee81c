//! The files of the built storefront, and how long each may be kept.

use std::{collections::HashMap, fs, io, path::Path};

use actix_web::web::Bytes;
use sha2::{Digest, Sha256};

/// One file, with the compressed forms that were built beside it.
#[derive(Debug)]
pub(super) struct File {
    pub(super) body: Bytes,
    pub(super) brotli: Option<Bytes>,
    pub(super) gzip: Option<Bytes>,
    pub(super) digest: String,
    pub(super) content_type: &'static str,
    pub(super) cache_control: &'static str,
}

/// All of them by their path below the root. What is not in here cannot be asked for, whatever a path says.
#[derive(Debug)]
pub(super) struct Files(HashMap<String, File>);

impl Files {
    pub(super) fn load(root: &Path) -> io::Result<Self> {
        let mut contents = HashMap::new();
        collect(root, "", &mut contents)?;
        let names: Vec<String> =
            contents.keys().filter(|name| content_type(name).is_some()).cloned().collect();
        let files = names.into_iter().filter_map(|name| {
            let body = contents.get(&name)?.clone();
            let file = File {
                brotli: contents.get(&format!("{name}.br")).cloned(),
                gzip: contents.get(&format!("{name}.gz")).cloned(),
                digest: digest(&body),
                content_type: content_type(&name)?,
                cache_control: cache_control(&name),
                body,
            };
            Some((name, file))
        });
        Ok(Self(files.collect()))
    }

    pub(super) fn get(&self, path: &str) -> Option<&File> {
        self.0.get(path)
    }
}

fn collect(folder: &Path, prefix: &str, contents: &mut HashMap<String, Bytes>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        // Whatever begins with a dot is the builder's business.
        if name.starts_with('.') {
            continue;
        }
        // What a link leads to counts: Kubernetes mounts folders full of them.
        if fs::metadata(entry.path())?.is_dir() {
            collect(&entry.path(), &format!("{prefix}{name}/"), contents)?;
        } else {
            contents.insert(format!("{prefix}{name}"), fs::read(entry.path())?.into());
        }
    }
    Ok(())
}

fn digest(body: &[u8]) -> String {
    Sha256::digest(body).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// By extension; what has none of these is not served.
fn content_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

/// A name with a hash in it never changes its content; a page must be asked for each time; pictures may be a day old.
fn cache_control(name: &str) -> &'static str {
    if is_hashed(name) {
        "public, max-age=31536000, immutable"
    } else if content_type(name) == Some("text/html; charset=utf-8") {
        "no-cache"
    } else {
        "public, max-age=86400, stale-while-revalidate=604800"
    }
}

/// `web-0123456789abcdef.js`, `web-0123456789abcdef_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '_', '.', '/'])
        .any(|part| part.len() >= 14 && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_are_kept_for_ever_and_pages_never() {
        assert!(cache_control("web-0f1e2d3c4b5a6978.js").contains("immutable"));
        assert!(cache_control("web-0f1e2d3c4b5a6978_bg.wasm").contains("immutable"));
        assert_eq!(cache_control("index.html"), "no-cache");
        assert!(!cache_control("illustrations/products/google-pixel-8-pro.svg").contains("immutable"));
    }
}

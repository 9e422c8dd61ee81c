//! Whether a request was signed as AWS wants it: reckoned from what arrived, and not by the server's own code.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::stand_in::Heard;

/// Whether it was signed with this key, of an id and a secret.
pub fn is_signed(request: &Heard, [id, secret]: [&str; 2]) -> bool {
    let authorization = request.header("authorization");
    let part = |name: &str| {
        let found =
            authorization.split([' ', ',']).find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        found.unwrap_or_default()
    };
    let (credential, names) = (part("Credential"), part("SignedHeaders"));
    let (known, scope) = credential.split_once('/').unwrap_or_default();
    // What is not signed, anybody between could change.
    let needed = ["host", "x-amz-date", "x-amz-security-token"];
    let is_missing =
        |name: &&str| !request.header(name).is_empty() && !names.split(';').any(|signed| signed == *name);
    if known != id || needed.iter().any(is_missing) {
        return false;
    }

    let mut line = request.target.split(' ');
    let (method, path) = (line.next().unwrap_or_default(), line.next().unwrap_or_default());
    let headers: String = names.split(';').map(|name| format!("{name}:{}\n", request.header(name))).collect();
    let canonical =
        format!("{method}\n{path}\n\n{headers}\n{names}\n{}", hex(&Sha256::digest(&request.body)));
    let time = request.header("x-amz-date");
    let text = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
    let key = scope.split('/').fold(format!("AWS4{secret}").into_bytes(), |key, part| mac(&key, part));
    part("Signature") == hex(&mac(&key, &text))
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(text).finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

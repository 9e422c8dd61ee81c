//! What PostgreSQL keeps of a password. Given this instead of the password itself, it never sees that, and cannot log it.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::Mac;
use sha2::{Digest, Sha256};

use crate::mac::mac;

/// As often as PostgreSQL itself does.
const ITERATIONS: u32 = 4_096;

/// The verifier of a password for SCRAM-SHA-256, as PostgreSQL writes it. The password must be ASCII: others would have to
/// be brought into a normal form first.
pub(super) fn verifier(password: &str, salt: &[u8; 16]) -> String {
    let salted = salted(password, salt);
    let stored_key = Sha256::digest(hmac(&salted, b"Client Key"));
    let server_key = hmac(&salted, b"Server Key");
    let [salt, stored_key, server_key] =
        [&salt[..], &stored_key, &server_key].map(|bytes| BASE64_STANDARD.encode(bytes));
    format!("SCRAM-SHA-256${ITERATIONS}:{salt}${stored_key}:{server_key}")
}

/// `Hi` of RFC 5802.
fn salted(password: &str, salt: &[u8]) -> [u8; 32] {
    let mut round = hmac(password.as_bytes(), &[salt, &1_u32.to_be_bytes()].concat());
    let mut sum = round;
    for _ in 1..ITERATIONS {
        round = hmac(password.as_bytes(), &round);
        sum.iter_mut().zip(round).for_each(|(sum, byte)| *sum ^= byte);
    }
    sum
}

fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
    mac(key).chain_update(text).finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7677.
    #[test]
    fn a_server_that_has_the_verifier_proves_that_it_does() {
        let salt: [u8; 16] = BASE64_STANDARD.decode("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap().try_into().unwrap();
        let verifier = verifier("pencil", &salt);
        let (head, server_key) = verifier.rsplit_once(':').unwrap();
        assert!(head.starts_with("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"), "{head}");
        let nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        let exchanged = format!(
            "n=user,r=rOprNGfwEbeRWgbNEkqO,r={nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r={nonce}"
        );
        let signature = hmac(&BASE64_STANDARD.decode(server_key).unwrap(), exchanged.as_bytes());
        assert_eq!(BASE64_STANDARD.encode(signature), "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");

        // A client's proof is its key, and what the server keeps is the hash of that.
        let stored_key = BASE64_STANDARD.decode(head.rsplit_once('$').unwrap().1).unwrap();
        let proof = BASE64_STANDARD.decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=").unwrap();
        let mask = hmac(&stored_key, exchanged.as_bytes());
        let client_key: Vec<u8> = proof.iter().zip(mask).map(|(byte, mask)| byte ^ mask).collect();
        assert_eq!(Sha256::digest(client_key)[..], stored_key);
    }
}

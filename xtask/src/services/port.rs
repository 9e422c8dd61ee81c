//! Free ports.

use std::net::{Ipv4Addr, TcpListener};

use crate::failure::{Outcome, While};

/// A port nobody listens on now. Somebody may take it before a server does, so servers try again with another.
pub(crate) fn free() -> Outcome<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).while_trying("find a free port")?;
    Ok(listener.local_addr().while_trying("find a free port")?.port())
}

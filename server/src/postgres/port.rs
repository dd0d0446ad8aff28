//! The loopback port: free, remembered from start to start, explained when it is taken.

use super::error::Error;
use super::folder::Folder;
use std::net::{Ipv4Addr, TcpListener};

/// The port for the next start: the one asked for, else the remembered one, else a free one.
pub(super) fn choose(folder: &Folder, wanted: Option<u16>) -> Result<u16, Error> {
    if let Some(port) = wanted {
        return if is_free(port) {
            Ok(port)
        } else {
            Err(Error::PortTaken { port })
        };
    }
    let file = folder.base().join("postgres.port");
    let remembered = std::fs::read_to_string(&file)
        .ok()
        .and_then(|text| text.trim().parse().ok());
    if let Some(port) = remembered.filter(|port| is_free(*port)) {
        return Ok(port);
    }
    let port = free().map_err(Error::io("finding a free port for", &file))?;
    if let Some(taken) = remembered {
        tracing::warn!(
            taken,
            port,
            "the database's port is taken by another program: moved"
        );
    }
    std::fs::write(&file, format!("{port}\n")).map_err(Error::io("writing", &file))?;
    Ok(port)
}

/// Whether a server could listen there now.
pub(super) fn is_free(port: u16) -> bool {
    port != 0 && TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

fn free() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}

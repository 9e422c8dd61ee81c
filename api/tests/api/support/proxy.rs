//! A way to the database that can be broken on purpose.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::Notify,
};

/// Forwards connections to a server, until it is broken.
pub struct Proxy {
    pub address: SocketAddr,
    broken: Arc<AtomicBool>,
    breaking: Arc<Notify>,
}

impl Proxy {
    pub async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (broken, breaking) = (Arc::new(AtomicBool::new(false)), Arc::new(Notify::new()));
        let (is_broken, breaks) = (broken.clone(), breaking.clone());
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                if is_broken.load(Ordering::SeqCst) {
                    continue;
                }
                let (server, breaks) = (server.clone(), breaks.clone());
                tokio::spawn(async move {
                    let mut upstream = TcpStream::connect(server).await.unwrap();
                    tokio::select! {
                        _ = copy_bidirectional(&mut client, &mut upstream) => {}
                        () = breaks.notified() => {}
                    }
                });
            }
        });
        Self { address, broken, breaking }
    }

    /// Cuts every connection, and every new one at once.
    pub fn cut(&self) {
        self.broken.store(true, Ordering::SeqCst);
        self.breaking.notify_waiters();
    }

    pub fn mend(&self) {
        self.broken.store(false, Ordering::SeqCst);
    }
}

//! What happens to whom when the server is told to stop.

use std::{net::SocketAddr, thread::JoinHandle, time::Duration};

use actix_web::{
    HttpResponse,
    web::{self, Data},
};
use api::state::AppState;
use futures_util::StreamExt;
use openapi::operations::NotReadyProblem;
use reqwest::Method;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Semaphore,
};

use crate::support::{Answer, TestApp};

/// Longer than anything here takes, and shorter than the server's patience with an idle connection.
const PATIENCE: Duration = Duration::from_mins(1);

/// Where a handler waits for the test, and the test for the handler.
struct Gate {
    entered: Semaphore,
    open: Semaphore,
}

impl Gate {
    const fn new() -> Self {
        Self { entered: Semaphore::const_new(0), open: Semaphore::const_new(0) }
    }

    /// The handler's side.
    async fn pass(&self) {
        self.entered.add_permits(1);
        self.open.acquire().await.unwrap().forget();
    }

    /// Waits until a handler has come to the gate.
    async fn reached(&self) {
        tokio::time::timeout(PATIENCE, self.entered.acquire()).await.unwrap().unwrap().forget();
    }

    fn open(&self) {
        self.open.add_permits(1);
    }
}

/// Waits until the server is gone.
async fn ended(stopping: JoinHandle<()>) {
    let joining = tokio::task::spawn_blocking(|| stopping.join().unwrap());
    tokio::time::timeout(PATIENCE, joining)
        .await
        .unwrap_or_else(|_| panic!("the server does not stop"))
        .unwrap();
}

/// Waits until nobody takes connections any more.
async fn refuses_connections(address: SocketAddr) {
    let refused = async {
        while TcpStream::connect(address).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, refused).await.unwrap_or_else(|_| panic!("still takes connections"));
}

/// Asks on a connection of the test's own, and reads nothing of the answer.
async fn ask(app: &TestApp, request: &str) -> TcpStream {
    let mut connection = TcpStream::connect(app.address).await.unwrap();
    connection.write_all(request.as_bytes()).await.unwrap();
    connection
}

async fn rest_of(mut connection: TcpStream) -> Vec<u8> {
    let mut rest = vec![];
    tokio::time::timeout(PATIENCE, connection.read_to_end(&mut rest)).await.unwrap().unwrap();
    rest
}

#[tokio::test]
async fn a_running_request_is_answered_while_new_connections_are_refused() {
    static GATE: Gate = Gate::new();
    async fn slow() -> HttpResponse {
        GATE.pass().await;
        HttpResponse::Ok().body("done")
    }
    let builder = TestApp::builder().routes(|config| {
        config.route("/test/slow", web::get().to(slow));
    });
    let mut app = builder.start().await;
    let running = tokio::spawn(app.client.get(app.url("/test/slow")).send());
    GATE.reached().await;
    let stopping = app.begin_stop();
    refuses_connections(app.address).await;
    assert!(!running.is_finished());
    assert!(!stopping.is_finished());

    GATE.open();
    let answer = Answer::read(running.await.unwrap().unwrap()).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (200, "done"));
    assert_eq!(answer.header("connection"), "close", "no more requests here");
    ended(stopping).await;
}

#[tokio::test]
async fn a_request_may_take_its_time() {
    static GATE: Gate = Gate::new();
    async fn slow() -> HttpResponse {
        GATE.pass().await;
        // The server below ours looks every second whether it can end, and must not do so.
        tokio::time::sleep(Duration::from_millis(2_500)).await;
        HttpResponse::Ok().body("done")
    }
    let builder = TestApp::builder().routes(|config| {
        config.route("/test/slow", web::get().to(slow));
    });
    let mut app = builder.start().await;
    let running = tokio::spawn(app.client.get(app.url("/test/slow")).send());
    GATE.reached().await;
    let stopping = app.begin_stop();
    refuses_connections(app.address).await;
    GATE.open();
    let answer = Answer::read(running.await.unwrap().unwrap()).await;
    assert_eq!(answer.text(), "done");
    ended(stopping).await;
}

#[tokio::test]
async fn a_body_on_its_way_arrives_and_is_answered() {
    static GATE: Gate = Gate::new();
    async fn upload(mut body: web::Payload) -> HttpResponse {
        let first = body.next().await.unwrap().unwrap();
        GATE.entered.add_permits(1);
        let mut length = first.len();
        while let Some(part) = body.next().await {
            length += part.unwrap().len();
        }
        HttpResponse::Ok().body(format!("{length} bytes"))
    }
    let builder = TestApp::builder().routes(|config| {
        config.route("/test/upload", web::post().to(upload));
    });
    let mut app = builder.start().await;
    let mut connection =
        ask(&app, "POST /test/upload HTTP/1.1\r\nhost: shop\r\ncontent-length: 10\r\n\r\n01234").await;
    GATE.reached().await;
    let stopping = app.begin_stop();
    refuses_connections(app.address).await;
    connection.write_all(b"56789").await.unwrap();
    let answer = String::from_utf8(rest_of(connection).await).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("10 bytes"), "{answer}");
    ended(stopping).await;
}

#[tokio::test]
async fn a_slow_reader_gets_a_large_answer_whole() {
    const LENGTH: usize = 32 * 1024 * 1024;
    let web_root = tempfile::tempdir().unwrap();
    std::fs::write(web_root.path().join("index.html"), "<!doctype html>").unwrap();
    std::fs::write(web_root.path().join("catalogue.txt"), vec![b'x'; LENGTH]).unwrap();
    let mut app = TestApp::builder().with("WEB_ROOT", web_root.path().to_str().unwrap()).start().await;

    let mut connection = ask(&app, "GET /catalogue.txt HTTP/1.1\r\nhost: shop\r\n\r\n").await;
    let mut begun = vec![0; 1024];
    let read = connection.read(&mut begun).await.unwrap();
    let head_ends = begun.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    assert!(begun.starts_with(b"HTTP/1.1 200 OK\r\n"));
    let stopping = app.begin_stop();
    refuses_connections(app.address).await;
    // Slow: the rest is larger than what all buffers on the way hold.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert!(!stopping.is_finished());
    assert_eq!(read - head_ends + rest_of(connection).await.len(), LENGTH);
    ended(stopping).await;
}

#[tokio::test]
async fn connections_nobody_is_served_on_are_closed_at_once() {
    let mut app = TestApp::start().await;
    let mut idle = ask(&app, "GET /health HTTP/1.1\r\nhost: shop\r\n\r\n").await;
    let mut begun = vec![0; 8 * 1024];
    let read = idle.read(&mut begun).await.unwrap();
    assert!(begun[..read].ends_with(b"}"), "the answer came in one piece");
    let half_a_head = ask(&app, "GET /health HTTP/1.1\r\nhost:").await;
    let silent = ask(&app, "").await;
    // The server has taken these connections when it answers on one that came after them.
    for _ in 0..2 {
        app.get("/health").await.ok::<serde_json::Value>();
    }

    let stopping = app.begin_stop();
    for (mut connection, name) in [(idle, "idle"), (half_a_head, "half a head"), (silent, "silent")] {
        let mut rest = vec![];
        let closed = tokio::time::timeout(PATIENCE, connection.read_to_end(&mut rest)).await;
        // Without a word, or with a reset where something was left unread.
        assert!(closed.is_ok() && rest.is_empty(), "{name}: {rest:?}");
    }
    ended(stopping).await;
}

#[tokio::test]
async fn who_takes_longer_than_the_patience_is_cut_off() {
    static GATE: Gate = Gate::new();
    async fn endless() -> HttpResponse {
        GATE.pass().await;
        HttpResponse::Ok().finish()
    }
    let builder = TestApp::builder().with("SHUTDOWN_TIMEOUT_SECONDS", "1").routes(|config| {
        config.route("/test/endless", web::get().to(endless));
    });
    let mut app = builder.start().await;
    let running = tokio::spawn(app.client.get(app.url("/test/endless")).send());
    GATE.reached().await;
    ended(app.begin_stop()).await;
    assert!(running.await.unwrap().is_err());
}

#[tokio::test]
async fn a_draining_server_says_that_it_is_not_ready() {
    async fn drain(state: Data<AppState>) -> HttpResponse {
        state.lifecycle.drain();
        HttpResponse::NoContent().finish()
    }
    let builder = TestApp::builder().routes(|config| {
        config.route("/test/drain", web::post().to(drain));
    });
    let app = builder.start().await;
    assert_eq!(app.get("/ready").await.status, 200);
    assert_eq!(app.send(Method::POST, "/test/drain", &[]).await.status, 204);
    let answer = app.get("/ready").await;
    answer.problem(503, "NOT_READY");
    assert_eq!(answer.header("retry-after"), "5");
    let told: NotReadyProblem = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(told.problem.detail, "This server is about to stop.");
    assert_eq!(told.checks[0].name, "database");
    // It is still up, and still answers who comes.
    assert_eq!(app.get("/health").await.status, 200);
    assert_eq!(app.get("/api/catalog/products").await.status, 200);
}

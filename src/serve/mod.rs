//! `banshi serve`: a page in the user's own browser over the same engine. Nothing leaves the machine: the server listens
//! on the loopback address alone, [`guard`] lets in only the page that it gave out itself, and documents are kept in
//! memory until it ends. [`route`] answers requests, [`session`] holds the documents, [`work`] converts them on bounded
//! threads, [`view`] says what the page shows.

mod archive;
mod guard;
mod route;
mod session;
mod view;
mod work;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore};

use guard::Guard;
use session::Sessions;
use work::Pool;

/// Connections served at a time; others wait.
const CONNECTIONS: usize = 256;
/// Time for the head of a request to come, and for a connection to be idle.
const HEAD: Duration = Duration::from_secs(10);
/// Time that a connection lasts at most.
const CONNECTION: Duration = Duration::from_secs(300);

/// What all requests share.
struct Server {
    guard: Guard,
    sessions: Sessions,
    pool: Pool,
    /// Told when the page says that it is done.
    quit: Notify,
}

/// Serves until the page quits. `ready` gets the address once it can be opened. Port 0 is any free one.
///
/// # Errors
/// What the system says where the port is taken or there is no randomness for the token.
pub(crate) fn run(port: u16, ready: impl FnOnce(&str)) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let guard = Guard::new(listener.local_addr()?.port())?;
        ready(&guard.address());
        let server =
            Arc::new(Server { guard, sessions: Sessions::default(), pool: Pool::new(), quit: Notify::new() });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&server)));
        server.quit.notified().await;
        accepting.abort();
        // The last answer still goes out.
        tokio::time::sleep(Duration::from_millis(200)).await;
        Ok(())
    })
}

async fn accept(listener: TcpListener, server: Arc<Server>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file handles, say: others will be closed.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let server = Arc::clone(&server);
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let server = Arc::clone(&server);
                async move { Ok::<_, std::convert::Infallible>(route::answer(&server, request).await) }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD)
                .max_buf_size(64 << 10)
                .serve_connection(TokioIo::new(stream), service);
            // What goes wrong with a connection concerns its client alone.
            let _ = tokio::time::timeout(CONNECTION, connection).await;
            drop(place);
        });
    }
}

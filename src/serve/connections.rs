//! Connections: how many wait, how many are served at a time, and which of them give way to others.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::AbortHandle;

use super::{Server, route};

/// Connections served at a time; others wait.
const SERVED: usize = 1024;
/// Connections that the system keeps waiting. Those beyond it try again after a second, or are reset.
const WAITING: u32 = 4096;
/// Time for the head of a request to come, and for a connection to be idle.
const HEAD: Duration = Duration::from_secs(5);
/// Time that a connection has to say anything before it gives way to others.
const FIRST_HEAD: Duration = Duration::from_millis(500);
/// Time after which it is seen again whether there is a place.
const PAUSE: Duration = Duration::from_millis(50);
/// Time that a connection lasts at most.
const LAST: Duration = Duration::from_secs(300);

/// Listens on the loopback address alone; port 0 is any free one.
///
/// # Errors
/// What the system says where the port is taken.
pub(super) fn listen(port: u16) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    // On Windows this would let other programs take the port over.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    socket.listen(WAITING)
}

/// Connections on which no request has come whole, by their numbers.
#[derive(Default)]
struct Unheard(Mutex<BTreeMap<u64, (Instant, AbortHandle)>>);

impl Unheard {
    fn all(&self) -> MutexGuard<'_, BTreeMap<u64, (Instant, AbortHandle)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes those that had their time.
    fn give_way(&self) {
        self.all().retain(|_, (since, task)| {
            let stays = since.elapsed() < FIRST_HEAD;
            if !stays {
                task.abort();
            }
            stays
        });
    }
}

/// Serves every connection that comes.
pub(super) async fn accept(listener: TcpListener, server: Arc<Server>) {
    let places = Arc::new(Semaphore::new(SERVED));
    let unheard = Arc::new(Unheard::default());
    for number in 0.. {
        let place = loop {
            match tokio::time::timeout(PAUSE, Arc::clone(&places).acquire_owned()).await {
                Ok(Ok(place)) => break place,
                Ok(Err(_)) => return,
                Err(_) => unheard.give_way(),
            }
        };
        let stream = loop {
            match listener.accept().await {
                Ok((stream, _)) => break stream,
                // Out of file handles, say: others will be closed.
                Err(_) => {
                    unheard.give_way();
                    tokio::time::sleep(PAUSE).await;
                }
            }
        };
        let connection = serve(stream, place, number, Arc::clone(&server), Arc::clone(&unheard));
        let task = tokio::spawn(connection).abort_handle();
        unheard.all().insert(number, (Instant::now(), task));
    }
}

/// Answers the requests of a connection until either side ends it.
async fn serve(
    stream: TcpStream,
    place: OwnedSemaphorePermit,
    number: u64,
    server: Arc<Server>,
    unheard: Arc<Unheard>,
) {
    let service = service_fn(|request| {
        unheard.all().remove(&number);
        let server = Arc::clone(&server);
        async move { Ok::<_, std::convert::Infallible>(route::answer(&server, request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(64 << 10)
        .serve_connection(TokioIo::new(stream), service);
    // What goes wrong with a connection concerns its client alone.
    let _ = tokio::time::timeout(LAST, connection).await;
    unheard.all().remove(&number);
    drop(place);
}

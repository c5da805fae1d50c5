//! `banshi serve`: a page in the user's own browser over the same engine. Nothing leaves the machine: the server listens
//! on the loopback address alone, [`guard`] lets in only the page that it gave out itself, and documents are kept in
//! memory until it ends. [`connections`] takes in who comes, [`route`] answers requests, [`session`] holds the documents,
//! [`work`] converts them on bounded threads, [`view`] says what the page shows, [`presence`] which pages are open.

mod archive;
mod connections;
mod guard;
mod presence;
mod route;
mod session;
mod view;
mod work;

use std::io;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};

use guard::Guard;
use presence::Presence;
use session::Sessions;
use work::Pool;

/// Bodies of requests read at a time.
const UPLOADS: usize = 8;

/// What all requests share.
struct Server {
    guard: Guard,
    sessions: Arc<Sessions>,
    pool: Pool,
    /// Turns for bodies of requests to be read.
    uploads: Semaphore,
    presence: Arc<Presence>,
    /// How long after a page was closed its documents go.
    linger: Duration,
    /// Whether the run ends so long after its last page.
    ends: bool,
    stop: Arc<Stop>,
}

/// Why the server ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The page said that it is done, or was the last one and is closed.
    Quit,
    /// Ctrl-C.
    Interrupted,
    /// Nothing shows the page.
    Unseen,
}

/// Ends the server, from any thread.
#[derive(Debug, Default)]
pub(crate) struct Stop {
    ending: OnceLock<Ending>,
    told: Notify,
}

impl Stop {
    /// The first one that is said counts.
    pub(crate) fn end(&self, ending: Ending) {
        let _ = self.ending.set(ending);
        self.told.notify_one();
    }
}

/// Serves until the page quits or it is stopped. `ready` gets the address once it can be opened, and what stops it. Port
/// 0 is any free one. Documents go `linger` after their page was closed; the run `ends` so long after its last page.
///
/// # Errors
/// What the system says where the port is taken or there is no randomness for the token.
pub(crate) fn run(
    port: u16,
    linger: Duration,
    ends: bool,
    ready: impl FnOnce(&str, &Arc<Stop>),
) -> io::Result<Ending> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    runtime.block_on(async {
        let listener = connections::listen(port)?;
        let guard = Guard::new(listener.local_addr()?.port())?;
        let stop = Arc::new(Stop::default());
        ready(&guard.address(), &stop);
        let server = Server {
            guard,
            sessions: Arc::default(),
            pool: Pool::new(),
            uploads: Semaphore::new(UPLOADS),
            presence: Arc::default(),
            linger,
            ends,
            stop: Arc::clone(&stop),
        };
        let accepting = tokio::spawn(connections::accept(listener, Arc::new(server)));
        stop.told.notified().await;
        accepting.abort();
        let ending = stop.ending.get().copied().unwrap_or(Ending::Quit);
        if ending == Ending::Quit {
            // The last answer still goes out.
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Ok(ending)
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn documents_go_after_their_page_and_a_run_that_nobody_sees_after_the_last() {
        let (sender, address) = channel();
        let server = std::thread::spawn(move || {
            run(0, Duration::from_millis(100), true, |address, _| {
                sender.send(address.to_owned()).expect("sent");
            })
        });
        let address = address.recv().expect("an address");
        let rest = address.strip_prefix("http://").expect("the scheme");
        let (host, token) = rest.split_once('/').expect("a token");
        let ask = |request: &str, body: &str| {
            let (method, path) = request.split_once(' ').expect("a method");
            let mut stream = TcpStream::connect(host).expect("listens");
            write!(
                stream,
                "{method} /{token}{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )
            .expect("sent");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).expect("an answer");
            answer.split(' ').nth(1).unwrap_or_default().to_owned()
        };
        let wait = || std::thread::sleep(Duration::from_millis(400));
        assert_eq!(ask("POST api/pages/one/open", ""), "200");
        assert_eq!(ask("POST api/documents?page=one&name=a.txt", "通知"), "200");
        // Loaded anew, it goes and comes, and finds its documents.
        assert_eq!(ask("POST api/pages/one/closed", ""), "200");
        assert_eq!(ask("POST api/pages/one/open", ""), "200");
        wait();
        assert_eq!(ask("GET api/documents/1", ""), "200");
        // Beside another page it ends nothing but its documents.
        assert_eq!(ask("POST api/pages/two/open", ""), "200");
        assert_eq!(ask("POST api/pages/one/closed", ""), "200");
        wait();
        assert!(!server.is_finished());
        assert_eq!(ask("GET api/documents/1", ""), "404");
        assert_eq!(ask("POST api/pages/two/closed", ""), "200");
        assert_eq!(server.join().expect("ends").expect("well"), Ending::Quit);
    }
}

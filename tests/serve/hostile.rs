//! Whom the server turns away, and what it bears.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::program::SPEECH;
use super::server::Server;

#[test]
fn strangers_are_turned_away() {
    let server = Server::start();
    let (port, token) = (server.port, &server.token);
    let head = |path: &str, host: &str, more: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n")
    };
    let own = format!("127.0.0.1:{port}");
    let page = format!("/{token}/");
    let status = |head: String| server.raw(&head, b"").status;
    assert_eq!(status(head(&page, &own, "")), 200);
    assert_eq!(
        status(head(&page, &format!("localhost:{port}"), &format!("Origin: http://localhost:{port}\r\n"))),
        200
    );
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "127.0.0.1".into(),
        format!("127.0.0.1:{port}.evil.example"),
    ] {
        assert_eq!(status(head(&page, &host, "")), 403, "{host}");
    }
    assert_eq!(status(head(&page, &own, "Host: evil.example\r\n")), 403);
    // The request line may name a host of its own.
    assert_eq!(status(head(&format!("http://{own}{page}"), &own, "")), 200);
    assert_eq!(status(head(&format!("http://evil.example{page}"), &own, "")), 403);
    assert_eq!(status(head(&format!("http://{own}{page}"), "evil.example", "")), 403);
    assert_eq!(server.raw(&format!("GET {page} HTTP/1.0\r\n\r\n"), b"").status, 403, "no host at all");
    for origin in
        ["http://evil.example", "null", "https://127.0.0.1", &format!("http://127.0.0.1:{}", port ^ 1)]
    {
        assert_eq!(status(head(&page, &own, &format!("Origin: {origin}\r\n"))), 403, "{origin}");
    }
    let two = format!("Origin: http://127.0.0.1:{port}\r\nOrigin: http://evil.example\r\n");
    assert_eq!(status(head(&page, &own, &two)), 403, "the second of two origins");
    let wrong = format!("/{}/", "0".repeat(token.len()));
    for path in ["/", "/api/setup", "//", &wrong, &format!("/{}", &token[1..]), &format!("/x/{token}/")] {
        assert_eq!(status(head(path, &own, "")), 403, "{path}");
    }
    for path in [
        "../Cargo.toml",
        "..%2f..%2fetc/passwd",
        "style.css/",
        "./style.css",
        "page/style.css",
        "api/documents/1/pages/../0",
        "api/documents/99999999999999999999",
        "%00",
    ] {
        assert_eq!(status(head(&format!("{page}{path}"), &own, "")), 404, "{path}");
    }
    let quit = format!(
        "POST {page}api/quit HTTP/1.1\r\nHost: {own}\r\nOrigin: http://evil.example\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    );
    assert_eq!(status(quit), 403);
    assert_eq!(status(head(&page, &own, "")), 200);
}

#[test]
fn every_answer_forbids_what_is_not_its_own() {
    let server = Server::start();
    for (path, status) in [("", 200), ("app.js", 200), ("no-such", 404)] {
        let answer = server.get(path);
        assert_eq!(answer.status, status);
        for header in ["default-src 'none'", "nosniff", "no-referrer", "frame-ancestors 'none'", "no-store"] {
            assert!(answer.head.contains(header), "{path}: {header}\n{}", answer.head);
        }
        assert!(!answer.head.contains("unsafe-inline"));
    }
    let page = String::from_utf8(server.get("").body).expect("UTF-8");
    assert!(!page.contains("style=") && !page.contains("onclick") && !page.contains("http://"), "{page}");
}

#[test]
fn what_is_too_large_or_no_document_is_refused() {
    let server = Server::start();
    let head = format!(
        "POST /{}/api/documents?name=a.txt HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: {}\r\n\r\n",
        server.token,
        server.port,
        200 << 20
    );
    assert_eq!(server.raw(&head, &vec![b'a'; 33 << 20]).status, 413);
    // Text of a thousand pages is taken, and no more; nor is a file of nothing but ends of lines.
    assert_eq!(server.ask("POST", "api/documents?name=a.txt", &vec![b'a'; 5 << 20]).status, 413);
    let lines = server.add("b.txt", &b"a\n".repeat(150_000));
    assert_eq!(lines["error"]["code"], "too-large", "{lines}");
    for (name, bytes) in [("a.exe", &b"MZ"[..]), ("a.pdf", b"%PDF")] {
        let refused = server.ask("POST", &format!("api/documents?name={name}"), bytes).json();
        assert_eq!(refused["refused"]["code"], "unsupported", "{name}");
    }
    let view = server.add("a.docx", b"PK\x03\x04 no zip");
    assert!(view["error"]["said"]["zh"].is_string(), "{view}");
    let id = &view["id"];
    for bad in ["{", "{}", "{\"corrections\": {}, \"settings\": 1}"] {
        assert_eq!(server.ask("PUT", &format!("api/documents/{id}"), bad.as_bytes()).status, 422, "{bad}");
    }
    let other =
        server.ask("PUT", &format!("api/documents/{id}"), b"{\"corrections\": {}, \"settings\": {}}").json();
    assert!(other["refused"]["said"]["zh"].is_string(), "no corrections: {other}");
    let unknown = "{\"corrections\": {\"banshi-corrections\": 1}, \"settings\": {\"profile\": \"x\"}}";
    let refused = server.ask("PUT", &format!("api/documents/{id}"), unknown.as_bytes()).json();
    assert!(refused["refused"].is_object(), "{refused}");
    assert_eq!(server.get("api/setup").status, 200);
}

#[test]
fn slow_clients_are_let_go_and_keep_nobody_waiting() {
    let server = Server::start();
    let mut slow: Vec<TcpStream> = (0..40).map(|_| server.connect()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET / HT").expect("sent");
    }
    let start = Instant::now();
    assert_eq!(server.get("api/setup").status, 200);
    assert!(start.elapsed() < Duration::from_secs(5));
    let mut end = Vec::new();
    let read = slow[0].read_to_end(&mut end);
    assert!(read.is_ok() || read.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset));
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

/// Whether this process may open thousands of connections, which not every system grants; said where it may not.
#[allow(clippy::print_stderr, reason = "what is not tested is said")]
fn may_open_thousands() -> bool {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find(|line| line.starts_with("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().nth(3)?.parse::<u64>().ok());
    let may = soft.is_some_and(|most| most >= 5000);
    if !may {
        eprintln!("skipped: needs `ulimit -n 5000`");
    }
    may
}

#[test]
fn more_slow_heads_than_there_are_places_give_way() {
    if !may_open_thousands() {
        return;
    }
    let server = Server::start();
    let slow: Vec<TcpStream> = (0..1300)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(b"GET / HT").expect("sent");
            stream
        })
        .collect();
    let start = Instant::now();
    assert_eq!(server.get("api/setup").status, 200);
    // The heads may take five seconds.
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    drop(slow);
}

#[test]
fn a_thousand_connections_at_once_are_all_answered() {
    if !may_open_thousands() {
        return;
    }
    let server = Server::start();
    let mut all: Vec<TcpStream> = (0..1000).map(|_| server.connect()).collect();
    let head = format!(
        "GET /{}/api/setup HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
        server.token, server.port
    );
    for stream in &mut all {
        stream.write_all(head.as_bytes()).expect("sent");
    }
    for stream in &mut all {
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("no reset");
        assert!(answer.starts_with(b"HTTP/1.1 200"));
    }
}

#[test]
fn a_thousand_conversions_at_once_are_bounded() {
    let server = Server::start();
    let id = server.add("a.txt", SPEECH.as_bytes())["id"].to_string();
    let (done, next) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let most: usize = std::env::var("BANSHI_LOAD").ok().and_then(|load| load.parse().ok()).unwrap_or(1000);
    std::thread::scope(|scope| {
        for _ in 0..100 {
            scope.spawn(|| {
                while next.fetch_add(1, Ordering::SeqCst) < most {
                    let file = server.get(&format!("api/documents/{id}/as/md"));
                    assert_eq!(file.status, 200);
                    assert!(file.body.starts_with("# 在全县".as_bytes()));
                    done.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    assert_eq!(done.into_inner(), most);
    if let Ok(status) = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())) {
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
        let kib: u64 = peak.trim().trim_end_matches(" kB").parse().expect("a number");
        println!("memory at most {} MiB", kib >> 10);
        assert!(kib < 700 << 10, "{peak}");
    }
}

/// What comes back on a connection until the server closes it.
fn exchange(server: &Server, bytes: &[u8]) -> String {
    let mut stream = server.connect();
    let mut writing = stream.try_clone().expect("a second handle");
    let mut answer = Vec::new();
    std::thread::scope(|scope| {
        // Who asks much and reads nothing would wait for ever.
        scope.spawn(move || drop(writing.write_all(bytes)));
        let _ = stream.read_to_end(&mut answer);
    });
    // Heads are ASCII; nothing else is looked at.
    answer.into_iter().map(char::from).collect()
}

/// The status of every answer on a connection.
fn statuses(answer: &str) -> Vec<&str> {
    answer.split("HTTP/1.1 ").skip(1).map(|one| &one[..3]).collect()
}

#[test]
fn every_refusal_carries_the_policy_too() {
    let server = Server::start();
    let own = format!("127.0.0.1:{}", server.port);
    let token = &server.token;
    for (request, status) in [
        (format!("GET / HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n"), "403"),
        (format!("GET /{token}/x HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n"), "404"),
        (format!("TRACE /{token}/ HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n"), "404"),
        (
            format!(
                "OPTIONS /{token}/api/setup HTTP/1.1\r\nHost: {own}\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\nConnection: close\r\n\r\n"
            ),
            "403",
        ),
        (
            format!(
                "PUT /{token}/api/documents/1 HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\nContent-Length: 1\r\n\r\n{{"
            ),
            "422",
        ),
    ] {
        let answer = exchange(&server, request.as_bytes());
        assert_eq!(statuses(&answer), [status], "{request}");
        for header in ["default-src 'none'", "nosniff", "no-referrer", "no-store"] {
            assert!(answer.contains(header), "{request}: {header}");
        }
        assert!(!answer.to_lowercase().contains("access-control-allow"), "{request}");
    }
}

#[test]
fn what_is_no_proper_request_ends_its_connection() {
    let server = Server::start();
    let own = format!("127.0.0.1:{}", server.port);
    let page = format!("/{}/", server.token);
    let head = format!("GET {page} HTTP/1.1\r\nHost: {own}\r\n");
    let post = format!("POST {page}api/documents?name=a.txt HTTP/1.1\r\nHost: {own}\r\n");
    let many: String = (0..3000).map(|n| format!("X-{n}: a\r\n")).collect();
    let next = format!("GET {page} HTTP/1.1\r\nHost: {own}\r\n\r\n");
    for (what, request) in [
        ("HTTP/0.9", format!("GET {page}\r\n")),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned()),
        ("TLS", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}".to_owned()),
        ("very many headers", format!("{head}{many}\r\n{next}")),
        ("a very long header", format!("{head}X: {}\r\n\r\n{next}", "a".repeat(1 << 20))),
        ("a very long path", format!("GET /{} HTTP/1.1\r\nHost: {own}\r\n\r\n{next}", "a".repeat(1 << 20))),
        ("a blank before the colon", format!("{head}Content-Length : 5\r\n\r\nabcde{next}")),
        ("two lengths", format!("{post}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde{next}")),
        ("a length with a sign", format!("{post}Content-Length: +5\r\n\r\nabcde{next}")),
        (
            "a chunk of no size",
            format!("{post}Transfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n0\r\n\r\n{next}"),
        ),
        (
            "a chunk larger than all",
            format!("{post}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n{next}"),
        ),
        (
            "a coding that is unknown",
            format!("{post}Transfer-Encoding: xchunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n{next}"),
        ),
        ("NUL in a header", format!("{head}X: a\u{0}b\r\n\r\n{next}")),
    ] {
        let answer = exchange(&server, request.as_bytes());
        // At most a refusal; nothing that follows is taken for a request.
        let answers = statuses(&answer);
        assert!(
            answers.len() <= 1 && answers.iter().all(|status| status.starts_with('4')),
            "{what}: {answers:?}"
        );
        assert_eq!(server.get("api/setup").status, 200, "{what}");
    }
    // Both a length and chunks: the length is nobody's, and what is smuggled behind the last chunk is judged by itself.
    let evil = format!(
        "POST {page}api/quit HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    let both =
        format!("{post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n{evil}");
    let answer = exchange(&server, both.as_bytes());
    assert!(statuses(&answer).iter().skip(1).all(|status| *status == "403"), "{answer}");
    assert_eq!(server.get("api/setup").status, 200);
    // Chunks that are in order are a body like any other, and too many of them are too many.
    let text = SPEECH.as_bytes();
    let chunked = format!(
        "{post}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{SPEECH}\r\n0\r\n\r\n",
        text.len()
    );
    assert_eq!(statuses(&exchange(&server, chunked.as_bytes())), ["200"]);
    let mut endless = format!("{post}Transfer-Encoding: chunked\r\n\r\n").into_bytes();
    let piece = [format!("{:x}\r\n", 1 << 20).as_bytes(), &vec![b'a'; 1 << 20], b"\r\n"].concat();
    (0..34).for_each(|_| endless.extend(&piece));
    let answer = exchange(&server, &endless);
    assert!(statuses(&answer).iter().all(|status| *status == "413"), "{answer:.200}");
    // An upgrade is not made.
    let upgrade = format!(
        "{head}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    );
    assert_eq!(statuses(&exchange(&server, upgrade.as_bytes())), ["200"]);
}

#[test]
fn floods_on_one_connection_and_on_many_pass() {
    let server = Server::start();
    let one = format!("GET /{}/api/setup HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n", server.token, server.port);
    let flood = format!("{one}\r\n").repeat(2000) + &format!("{one}Connection: close\r\n\r\n");
    let answer = exchange(&server, flood.as_bytes());
    assert_eq!(statuses(&answer).iter().filter(|status| **status == "200").count(), 2001);
    // More idle connections than are served at a time: they are let go, and the next request has its turn.
    let idle: Vec<TcpStream> = (0..300).map(|_| server.connect()).collect();
    let start = Instant::now();
    assert_eq!(server.get("api/setup").status, 200);
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    drop(idle);
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let server = Server::start();
    let head = format!(
        "POST /{}/api/documents?name=a.txt HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: 100\r\n\r\n",
        server.token, server.port
    );
    let start = Instant::now();
    assert_eq!(server.raw(&head, b"abc").status, 408);
    assert!(start.elapsed() < Duration::from_secs(45), "{:?}", start.elapsed());
}

#[test]
fn a_name_is_no_path_and_misleads_nobody() {
    let server = Server::start();
    let mut ids = Vec::new();
    for (given, kept) in [
        ("..%2F..%2Fetc%2Fa.txt", "a"),
        ("..%5C..%5Cb.txt", "b"),
        ("C:%5Cc.txt", "c"),
        ("...txt", "未命名"),
        (".hidden.txt", "hidden"),
        ("con.txt", "_con"),
        ("LPT1.x.txt", "_LPT1.x"),
        ("a%E2%80%AEfdp.txt", "afdp"),
        ("%00%0D%0Ad.txt", "d"),
        ("%3Cimg%20src=x%20onerror=alert(1)%3E.txt", "img src=x onerror=alert(1)"),
        ("trail..%20.txt", "trail"),
        ("%FF%FE.txt", "未命名"),
    ] {
        let view = server.add(given, SPEECH.as_bytes());
        assert_eq!(view["name"], kept, "{given}");
        ids.push(view["id"].to_string());
    }
    let zip = server.get(&format!("api/archive/zh/md/{}", ids.join(","))).body;
    let zip = zip::ZipArchive::new(std::io::Cursor::new(zip)).expect("a zip");
    for name in zip.file_names() {
        assert!(!name.contains(['/', '\\', ':']) && !name.starts_with('.') && !name.contains(".."), "{name}");
    }
    let name = server.get(&format!("api/documents/{}/as/md", ids[9])).head;
    assert!(!name.contains('<') && name.contains("filename*=UTF-8''img%20src%3Dx"), "{name}");
}

#[test]
fn a_page_that_is_loaded_anew_finds_its_documents_and_their_corrections() {
    let server = Server::start();
    let first = server.ask("POST", "api/documents?page=p1&name=a.txt", SPEECH.as_bytes()).json();
    let id = &first["id"];
    let corrections = r#"{"banshi-corrections": 1, "paragraphs": [{"at": 3, "role": "body"}]}"#;
    let change = format!("{{\"corrections\": {corrections}, \"settings\": {{}}}}");
    assert_eq!(server.ask("PUT", &format!("api/documents/{id}"), change.as_bytes()).status, 200);
    assert_eq!(server.get("api/pages/p1").json()["documents"], serde_json::json!([id]));
    assert_eq!(server.get("api/pages/p2").json()["documents"], serde_json::json!([]));
    let again = server.get(&format!("api/documents/{id}")).json();
    assert_eq!(again["name"], "a");
    assert_eq!(again["corrections"]["paragraphs"][0]["at"], 3, "{again}");
    assert_eq!(again["units"].as_array().map(Vec::len), first["units"].as_array().map(Vec::len));
    assert_eq!(server.get("api/documents/99").status, 404);
}

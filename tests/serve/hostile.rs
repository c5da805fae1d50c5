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
    for origin in
        ["http://evil.example", "null", "https://127.0.0.1", &format!("http://127.0.0.1:{}", port ^ 1)]
    {
        assert_eq!(status(head(&page, &own, &format!("Origin: {origin}\r\n"))), 403, "{origin}");
    }
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
    assert_eq!(server.ask("POST", "api/documents?name=a.exe", b"MZ").status, 415);
    assert_eq!(server.ask("POST", "api/documents?name=a.pdf", b"%PDF").status, 415);
    let view = server.add("a.docx", b"PK\x03\x04 no zip");
    assert!(view["error"]["said"]["zh"].is_string(), "{view}");
    let id = &view["id"];
    for bad in [
        "{",
        "{}",
        "{\"corrections\": {}, \"settings\": {}}",
        "{\"corrections\": {\"banshi-corrections\": 1}, \"settings\": {\"profile\": \"x\"}}",
    ] {
        assert_eq!(server.ask("PUT", &format!("api/documents/{id}"), bad.as_bytes()).status, 422, "{bad}");
    }
    // A name is no path.
    let view = server.add("..%2F..%2Fetc%2Fa.txt", SPEECH.as_bytes());
    assert_eq!(view["name"], "a");
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

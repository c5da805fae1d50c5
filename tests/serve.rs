//! The page's server over plain TCP: what it answers, and whom it turns away.
#![cfg(feature = "serve")]

#[path = "support/program.rs"]
mod program;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use program::SPEECH;
use serde_json::{Value, json};

/// A server of its own, ended with the test.
struct Server {
    child: Child,
    port: u16,
    token: String,
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

impl Server {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_banshi"))
            .args(["serve", "--no-open", "--quiet"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("starts");
        let mut address = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut address).expect("an address");
        let rest = address.trim().strip_prefix("http://127.0.0.1:").expect("loopback alone");
        let (port, token) = rest.split_once('/').expect("a token");
        let token = token.trim_end_matches('/').to_owned();
        assert!(token.len() >= 32, "{address}");
        Self { child, port: port.parse().expect("a port"), token }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
        stream
    }

    /// Sends a request word for word, and reads all of the answer.
    fn raw(&self, head: &str, body: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(head.as_bytes()).expect("sent");
        // A body that is refused half-way may not go out whole.
        let _ = stream.write_all(body);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8(bytes[..end].to_vec()).expect("ASCII");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    /// A request of the page's own.
    fn ask(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let head = format!(
            "{method} /{}/{path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            self.token,
            self.port,
            body.len()
        );
        self.raw(&head, body)
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, b"")
    }

    fn add(&self, name: &str, bytes: &[u8]) -> Value {
        let answer = self.ask("POST", &format!("api/documents?name={name}"), bytes);
        assert_eq!(answer.status, 200, "{}", answer.head);
        answer.json()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_speech_is_read_corrected_and_taken_away() {
    let server = Server::start();
    let view = server.add("%E8%AE%B2%E8%AF%9D.txt", SPEECH.as_bytes());
    let id = view["id"].as_u64().expect("a number");
    assert_eq!(view["name"], "讲话");
    let roles = |view: &Value| -> Vec<String> {
        let units = view["units"].as_array().expect("units");
        units.iter().map(|unit| unit["kind"].as_str().expect("a role").to_owned()).collect()
    };
    assert_eq!(roles(&view), ["title", "salutation", "heading", "body", "closing"]);
    assert_eq!(
        view["units"][3]["parts"][0],
        json!({"at": 4, "piece": 1, "start": 0, "base": 0, "text": "这项工作很重要。"})
    );
    let page = server.get(&format!("api/documents/{id}/pages/0"));
    let picture = String::from_utf8(page.body).expect("UTF-8");
    assert!(picture.contains("data-paragraph=\"3\" aria-label=\"这项工作很重要。\""));
    assert_eq!(view["units"][3]["paragraph"], 3);

    let change = json!({
        "corrections": {
            "banshi-corrections": 1,
            "fields": { "byline": "王小明" },
            "paragraphs": [{ "at": 4, "text": "这项工作", "role": "heading", "level": 2 }],
        },
        "settings": { "profile": "reading", "number": "none" },
    });
    let changed = server.ask("PUT", &format!("api/documents/{id}"), change.to_string().as_bytes());
    assert_eq!(changed.status, 200);
    let changed = changed.json();
    assert_eq!(roles(&changed), ["title", "byline", "salutation", "heading", "heading", "closing"]);
    assert_eq!(changed["units"][4]["rule"], "corrected");
    assert_ne!(changed["pages"][0], view["pages"][0]);
    for (kind, start) in [("docx", &b"PK"[..]), ("pdf", b"%PDF"), ("two-up", b"%PDF"), ("booklet", b"%PDF")] {
        let file = server.get(&format!("api/documents/{id}/as/{kind}"));
        assert_eq!(file.status, 200);
        assert!(file.body.starts_with(start), "{kind}");
        assert!(
            file.head.to_lowercase().contains("attachment; filename*=utf-8''%e8%ae%b2%e8%af%9d"),
            "{}",
            file.head
        );
    }
    let markdown = String::from_utf8(server.get(&format!("api/documents/{id}/as/md")).body).expect("UTF-8");
    assert!(markdown.contains("### 这项工作很重要。") && markdown.contains("王小明"), "{markdown}");
    let saved = server.get(&format!("api/documents/{id}/corrections"));
    let saved = String::from_utf8(saved.body).expect("UTF-8");
    assert!(
        banshi::correction::Corrections::from_json(&saved).is_ok_and(|saved| saved.paragraphs.len() == 1)
    );
    assert_eq!(server.ask("DELETE", &format!("api/documents/{id}"), b"").status, 200);
    assert_eq!(server.get(&format!("api/documents/{id}/as/md")).status, 404);
}

#[test]
fn many_documents_go_into_one_zip_with_a_report() {
    let server = Server::start();
    let ids: Vec<String> = (0..3).map(|_| server.add("a.txt", SPEECH.as_bytes())["id"].to_string()).collect();
    let broken = server.add("b.txt", b"\xb0\xa1\xff\xff\xb0\xa1\xff");
    assert!(broken["error"]["code"].is_string(), "{broken}");
    let zip = server.get(&format!("api/archive/md,docx/{},{}", ids.join(","), broken["id"]));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip.body)).expect("a zip");
    let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
    assert_eq!(names.len(), 7, "{names:?}");
    assert!(names.iter().any(|name| name == "a (2).md"), "{names:?}");
    let mut report = String::new();
    zip.by_name("报告.txt").expect("a report").read_to_string(&mut report).expect("UTF-8");
    assert!(report.contains("失败  b.docx") && report.contains("完成  a (3).docx"), "{report}");
}

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
    assert!(view["error"]["message"].is_string(), "{view}");
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

#[test]
fn the_page_ends_the_server() {
    let mut server = Server::start();
    assert_eq!(server.ask("POST", "api/quit", b"").status, 200);
    assert!(server.child.wait().expect("ends").success());
}

#[test]
fn a_taken_port_is_an_error() {
    let server = Server::start();
    let output = Command::new(env!("CARGO_BIN_EXE_banshi"))
        .args(["serve", "--no-open", "--port", &server.port.to_string()])
        .output()
        .expect("runs");
    program::refused(&output, 1, &format!("127.0.0.1:{}", server.port));
}

//! Requests and what is answered.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use banshi::correction::Corrections;
use banshi::message::Language;
use banshi::profile::BUILT_IN;
use banshi::profile::edit::Refused;
use banshi::tree::Role;
use banshi::{Format, Message, Pictures};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::session::{DOCUMENTS, Entry, Kind, Settings};
use super::work::Trouble;
use super::{Ending, Server, archive, guard, view};

/// Bytes of a document, of one that is text (a thousand pages), and of a request that carries none.
const DOCUMENT: usize = 32 << 20;
const TEXT: usize = 4 << 20;
const MESSAGE: usize = 4 << 20;
/// Time for the body of a request to come.
const BODY: Duration = Duration::from_secs(15);

type Answer = Response<Full<Bytes>>;

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The files of the page: name, media type, bytes.
const PAGE: [(&str, &str, &str); 11] = [
    ("", "text/html; charset=utf-8", include_str!("page/index.html")),
    ("style.css", "text/css; charset=utf-8", include_str!("page/style.css")),
    ("icon.svg", "image/svg+xml", include_str!("page/icon.svg")),
    ("app.js", SCRIPT, include_str!("page/app.js")),
    ("desk.js", SCRIPT, include_str!("page/desk.js")),
    ("dom.js", SCRIPT, include_str!("page/dom.js")),
    ("edit.js", SCRIPT, include_str!("page/edit.js")),
    ("outline.js", SCRIPT, include_str!("page/outline.js")),
    ("pages.js", SCRIPT, include_str!("page/pages.js")),
    ("profile.js", SCRIPT, include_str!("page/profile.js")),
    ("words.js", SCRIPT, include_str!("page/words.js")),
];

/// Answers one request, whatever it is.
pub(super) async fn answer(server: &Server, request: Request<Incoming>) -> Answer {
    let path = request.uri().path().to_owned();
    let mut answer = match server.guard.admit(&path, request.uri().authority(), request.headers()) {
        Some(path) => route(server, path, request).await.unwrap_or_else(Refusal::answer),
        // Strangers hold no connection.
        None => closing(refusal(StatusCode::FORBIDDEN, "forbidden")).answer(),
    };
    guard::protect(answer.headers_mut());
    answer
}

async fn route(server: &Server, path: &str, request: Request<Incoming>) -> Result<Answer, Refusal> {
    let parts: Vec<&str> = path.split('/').collect();
    let get = request.method() == Method::GET;
    let is = |method: Method| *request.method() == method;
    match parts.as_slice() {
        [file] if get => {
            let (_, media, text) = PAGE.iter().find(|(name, ..)| name == file).ok_or_else(missing)?;
            Ok(made(media, Bytes::from_static(text.as_bytes())))
        }
        ["api", "setup"] if get => Ok(shown(&setup())),
        ["api", "pages", page] if get => Ok(shown(&json!({ "documents": server.sessions.of(page) }))),
        ["api", "documents"] if is(Method::POST) => add(server, request).await,
        ["api", "documents", id] if get => again(server, number(id)?).await,
        ["api", "documents", id] if is(Method::PUT) => change(server, number(id)?, request).await,
        ["api", "documents", id] if is(Method::DELETE) => {
            let gone = server.sessions.remove(number(id)?);
            if gone { Ok(shown(&json!({}))) } else { Err(missing()) }
        }
        ["api", "documents", id, "pages", page] if get => {
            let page = index(page)?;
            match pages(server, id).await.and_then(|pages| pages.svg(page).ok_or_else(missing)) {
                Ok(picture) => Ok(made("image/svg+xml", picture.into())),
                Err(refusal) if refusal.is_missing() => Ok(nothing()),
                Err(refusal) => Err(refusal),
            }
        }
        ["api", "documents", id, "sheets", page] if get => {
            let pages = pages(server, id).await.map_err(Refusal::of_what_may_go)?;
            let page = pages.pages.get(index(page)?).ok_or_else(|| missing().of_what_may_go())?;
            let shapes: BTreeMap<&String, Option<&String>> =
                page.shapes.iter().map(|id| (id, pages.shapes.get(id))).collect();
            Ok(shown(&json!({
                "width": pages.width, "height": pages.height, "parts": page.parts, "shapes": shapes,
            })))
        }
        ["api", "documents", id, "profile"] if get => {
            let entry = held(server, id).map_err(Refusal::of_what_may_go)?;
            let profile = entry.settings.profile().map_err(refused)?;
            Ok(shown(&json!({ "settings": profile.settings() })))
        }
        ["api", "documents", id, "profile.toml"] if get => {
            let entry = held(server, id)?;
            let file = entry.settings.file_of_profile().map_err(refused)?;
            let mut answer = made("application/toml; charset=utf-8", file.into());
            attach(&mut answer, &format!("{}.toml", entry.name));
            Ok(answer)
        }
        ["api", "documents", id, "corrections"] if get => {
            let entry = held(server, id)?;
            let mut answer = made("application/json", entry.corrections.to_json().into());
            attach(&mut answer, &format!("{}.corrections.json", entry.name));
            Ok(answer)
        }
        ["api", "documents", id, "as", kind] if get => {
            let (entry, kind) = (held(server, id)?, Kind::from_name(kind).ok_or_else(missing)?);
            let name = format!("{}{}", entry.name, kind.ending());
            let made_of = server.pool.run(move || entry.convert(kind)).await.map_err(trouble)?;
            let file = made_of.map_err(failed)?;
            let mut answer = made(kind.media_type(), file.value.into());
            attach(&mut answer, &name);
            Ok(answer)
        }
        ["api", "archive", language, kinds, ids] if get => pack(server, language, kinds, ids).await,
        ["api", "pages", page, "open"] if is(Method::POST) => {
            server.presence.come(page);
            Ok(shown(&json!({})))
        }
        ["api", "pages", page, "closed"] if is(Method::POST) => {
            let left = server.presence.go(page).filter(|_| server.ends);
            let (presence, sessions) = (Arc::clone(&server.presence), Arc::clone(&server.sessions));
            let (stop, linger, page) = (Arc::clone(&server.stop), server.linger, (*page).to_owned());
            // The browser waits for nothing any more, so the answer does not wait either.
            tokio::spawn(async move {
                tokio::time::sleep(linger).await;
                if !presence.has(&page) {
                    sessions.forget(&page);
                }
                if left.is_some_and(|turn| presence.is_left_since(turn)) {
                    stop.end(Ending::Quit);
                }
            });
            Ok(shown(&json!({})))
        }
        ["api", "quit"] if is(Method::POST) => {
            server.stop.end(Ending::Quit);
            Ok(shown(&json!({})))
        }
        _ => Err(missing()),
    }
}

/// What the page needs to know at the start.
fn setup() -> Value {
    let role = |role: &Role| json!({ "name": role.name(), "levels": role.level().is_some() });
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "profiles": BUILT_IN.iter().map(|profile| profile.name).collect::<Vec<_>>(),
        "roles": Role::EACH.iter().map(role).collect::<Vec<_>>(),
        "limit": DOCUMENT,
        "encodings": banshi::charset::Encoding::names().collect::<Vec<_>>(),
    })
}

/// Takes in a document: its bytes are the body, its name and its page are in the query.
async fn add(server: &Server, request: Request<Incoming>) -> Result<Answer, Refusal> {
    let query = request.uri().query().unwrap_or_default();
    let asked =
        |key: &str| query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('=')).map(decoded);
    let name = file_name(&asked("name").unwrap_or_default());
    let page = asked("page").unwrap_or_default();
    let (stem, _) = name.rsplit_once('.').unwrap_or((&name, ""));
    let from = if stem.len() == name.len() { Some(Format::Text) } else { Format::of_source(&name) };
    let from =
        from.filter(|format| format.row().reads()).ok_or_else(|| refusal(StatusCode::OK, "unsupported"))?;
    let stem = match stem.trim_end_matches(['.', ' ']) {
        "" => "未命名".to_owned(),
        stem if is_device(stem) => format!("_{stem}"),
        stem => stem.to_owned(),
    };
    let most = if from == Format::Docx { DOCUMENT } else { TEXT };
    let bytes = body(server, request, most).await?;
    let entry = Entry {
        name: stem,
        page,
        bytes: bytes.to_vec().into(),
        from,
        corrections: Corrections::default(),
        settings: Settings::default(),
        source: Arc::default(),
        pages: None,
    };
    let id = server.sessions.add(entry).ok_or_else(|| refusal(StatusCode::INSUFFICIENT_STORAGE, "full"))?;
    let answer = render(server, id).await;
    if answer.is_err() {
        server.sessions.remove(id);
    }
    answer
}

/// The last part of what may be a path, as every file system takes it and no reader is misled by it: without control
/// characters, marks of direction, and dots that hide a file.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let misleads = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let kept = last.chars().filter(|c| !misleads(*c) && !"<>:\"|?*".contains(*c)).take(200);
    let kept: String = kept.collect();
    let (stem, extension) = kept.rsplit_once('.').unwrap_or((&kept, ""));
    let stem = stem.trim_start_matches(['.', ' ']);
    if extension.is_empty() { stem.to_owned() } else { format!("{stem}.{extension}") }
}

/// Names that Windows keeps for devices.
fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = first.strip_prefix("com").or_else(|| first.strip_prefix("lpt"));
    matches!(first.as_str(), "con" | "prn" | "aux" | "nul")
        || numbered.is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
}

/// What the page sends when something was corrected or chosen.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    corrections: Value,
    settings: Settings,
}

async fn change(server: &Server, id: u64, request: Request<Incoming>) -> Result<Answer, Refusal> {
    let bytes = body(server, request, MESSAGE).await?;
    let change: Change = serde_json::from_slice(&bytes).map_err(|error| failed(Message::of_json(&error)))?;
    // The file's own reader checks them, so that what is saved can be read.
    let corrections = Corrections::from_json(&change.corrections.to_string()).map_err(unfit)?;
    change.settings.options(&corrections).map_err(refused)?;
    server.sessions.get(id).ok_or_else(missing)?;
    server.sessions.change(id, |entry| entry.set(corrections, change.settings));
    render(server, id).await
}

/// A document that is held, for a page that was loaded anew: what is shown of it, and what its reader corrected.
async fn again(server: &Server, id: u64) -> Result<Answer, Refusal> {
    let corrections = server.sessions.get(id).ok_or_else(missing)?.corrections;
    let (mut view, _) = set(server, id).await?;
    view["corrections"] = serde_json::from_str(&corrections.to_json()).unwrap_or_default();
    Ok(shown(&view))
}

/// Reads and sets a document anew, and shows it.
async fn render(server: &Server, id: u64) -> Result<Answer, Refusal> {
    Ok(shown(&set(server, id).await?.0))
}

/// Reads and sets a document anew, and keeps its pages.
async fn set(server: &Server, id: u64) -> Result<(Value, Arc<Pictures>), Refusal> {
    let entry = server.sessions.get(id).ok_or_else(missing)?;
    let (view, pages) = server.pool.run(move || view::view(id, &entry)).await.map_err(trouble)?;
    server.sessions.keep_pages(id, Arc::clone(&pages));
    Ok((view, pages))
}

/// The pages of a document, set again where they were not kept.
async fn pages(server: &Server, id: &str) -> Result<Arc<Pictures>, Refusal> {
    let id = number(id)?;
    let entry = server.sessions.get(id).ok_or_else(missing)?;
    if let Some(pages) = &entry.pages {
        return Ok(Arc::clone(pages));
    }
    Ok(set(server, id).await?.1)
}

async fn pack(server: &Server, language: &str, kinds: &str, ids: &str) -> Result<Answer, Refusal> {
    let language = match language {
        "zh" => Language::Chinese,
        "en" => Language::English,
        _ => return Err(missing()),
    };
    let kinds: Option<Vec<Kind>> = kinds.split(',').map(Kind::from_name).collect();
    let kinds = kinds.filter(|kinds| kinds.len() <= 5).ok_or_else(missing)?;
    let ids: Result<Vec<u64>, Refusal> = ids.split(',').take(DOCUMENTS).map(number).collect();
    let entries: Vec<Entry> = ids?.into_iter().filter_map(|id| server.sessions.get(id)).collect();
    if entries.is_empty() {
        return Err(missing());
    }
    let packed = server.pool.run(move || archive::pack(&entries, &kinds, language)).await.map_err(trouble)?;
    let mut answer = made("application/zip", packed.map_err(failed)?.into());
    attach(&mut answer, "版式.zip");
    Ok(answer)
}

/// The whole body, within size and time; few are in memory at a time.
async fn body(server: &Server, request: Request<Incoming>, most: usize) -> Result<Bytes, Refusal> {
    let stated =
        request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if stated.is_some_and(|stated: u64| stated > most as u64) {
        return Err(closing(refusal(StatusCode::PAYLOAD_TOO_LARGE, "too-large")));
    }
    let turn = tokio::time::timeout(BODY, server.uploads.acquire()).await;
    let _turn = turn.ok().and_then(Result::ok).ok_or_else(|| closing(trouble(Trouble::Busy)))?;
    let body = Limited::new(request.into_body(), most).collect();
    match tokio::time::timeout(BODY, body).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
            Err(closing(refusal(StatusCode::PAYLOAD_TOO_LARGE, "too-large")))
        }
        Ok(Err(_)) => Err(closing(refusal(StatusCode::BAD_REQUEST, "broken"))),
        Err(_) => Err(closing(refusal(StatusCode::REQUEST_TIMEOUT, "slow"))),
    }
}

/// The rest of such a body is not waited for.
fn closing(mut refusal: Refusal) -> Refusal {
    refusal.closes = true;
    refusal
}

fn held(server: &Server, id: &str) -> Result<Entry, Refusal> {
    server.sessions.get(number(id)?).ok_or_else(missing)
}

fn index(page: &str) -> Result<usize, Refusal> {
    page.parse().map_err(|_| missing())
}

fn number(id: &str) -> Result<u64, Refusal> {
    id.parse().map_err(|_| missing())
}

fn made(media: &str, bytes: Bytes) -> Answer {
    let mut answer = Response::new(Full::new(bytes));
    if let Ok(media) = HeaderValue::from_str(media) {
        answer.headers_mut().insert(header::CONTENT_TYPE, media);
    }
    answer
}

/// No picture: of a page that has gone meanwhile, say.
fn nothing() -> Answer {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    answer
}

fn shown(value: &Value) -> Answer {
    made("application/json", value.to_string().into())
}

/// Has the browser save the answer under that name.
fn attach(answer: &mut Answer, name: &str) {
    let name: String = name
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{name}")) {
        answer.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
}

/// Why something is not done: a stable name that the page has words for, and what there is to say besides.
struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: Option<Message>,
    /// The setting that it is about.
    path: Option<String>,
    closes: bool,
}

impl Refusal {
    fn answer(self) -> Answer {
        let said = self.message.as_ref().map(view::said);
        // What its reader may well try is no error of the page, which browsers would put on record.
        let name = if self.status.is_success() { "refused" } else { "error" };
        let mut answer = shown(&json!({ name: { "code": self.code, "path": self.path, "said": said } }));
        *answer.status_mut() = self.status;
        if self.closes {
            answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        answer
    }
}

impl Refusal {
    fn is_missing(&self) -> bool {
        self.status == StatusCode::NOT_FOUND
    }

    /// As of what the page may ask for just when it goes: a document that is closed, the last page of one that is shorter
    /// now. It is no error, either.
    fn of_what_may_go(mut self) -> Self {
        if self.is_missing() {
            self.status = StatusCode::OK;
        }
        self
    }
}

fn refusal(status: StatusCode, code: &'static str) -> Refusal {
    Refusal { status, code, message: None, path: None, closes: false }
}

fn missing() -> Refusal {
    refusal(StatusCode::NOT_FOUND, "missing")
}

/// A setting that is wrong.
fn refused(refused: Refused) -> Refusal {
    Refusal { path: Some(refused.path), status: StatusCode::OK, ..failed(refused.message) }
}

/// Corrections that can't be read, from a file that its reader chose.
fn unfit(error: banshi::Error) -> Refusal {
    Refusal { status: StatusCode::OK, ..failed(error.message()) }
}

fn failed(message: Message) -> Refusal {
    Refusal { message: Some(message), ..refusal(StatusCode::UNPROCESSABLE_ENTITY, "other") }
}

fn trouble(trouble: Trouble) -> Refusal {
    match trouble {
        Trouble::Busy => refusal(StatusCode::SERVICE_UNAVAILABLE, "busy"),
        Trouble::Late => refusal(StatusCode::GATEWAY_TIMEOUT, "late"),
        Trouble::Fault => refusal(StatusCode::INTERNAL_SERVER_ERROR, "fault"),
    }
}

/// A name in a query: `%E8%AE%B2` as its bytes. What is not UTF-8 is shown as such.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |byte: Option<u8>| char::from(byte?).to_digit(16);
        bytes.push(match byte {
            b'%' => match (hex(rest.next()), hex(rest.next())) {
                (Some(high), Some(low)) => u8::try_from(high * 16 + low).unwrap_or(b'?'),
                _ => b'?',
            },
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap_or_else(|_| "未命名.txt".to_owned())
}

//! The page's server over plain TCP: what it answers.
#![cfg(feature = "serve")]

#[path = "serve/hostile.rs"]
mod hostile;
#[path = "support/program.rs"]
mod program;
#[path = "serve/server.rs"]
mod server;
#[path = "serve/start.rs"]
mod start;

use std::io::Read as _;

use program::SPEECH;
use serde_json::json;
use server::Server;

#[test]
fn a_speech_is_read_corrected_and_taken_away() {
    let server = Server::start();
    let view = server.add("%E8%AE%B2%E8%AF%9D.txt", SPEECH.as_bytes());
    let id = view["id"].as_u64().expect("a number");
    assert_eq!(view["name"], "讲话");
    let roles = |view: &serde_json::Value| -> Vec<String> {
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
        "settings": { "profile": "reading", "changes": { "page-number.position": "none" } },
    });
    let changed = server.ask("PUT", &format!("api/documents/{id}"), change.to_string().as_bytes());
    assert_eq!(changed.status, 200);
    let changed = changed.json();
    assert_eq!(roles(&changed), ["title", "byline", "salutation", "heading", "heading", "closing"]);
    assert_eq!(changed["units"][4]["rule"], "corrected");
    assert_ne!(changed["pages"][0], view["pages"][0]);
    // The parts of a page make the same picture as its file.
    let sheet = server.get(&format!("api/documents/{id}/sheets/0")).json();
    let file = String::from_utf8(server.get(&format!("api/documents/{id}/pages/0")).body).expect("UTF-8");
    let parts = sheet["parts"].as_array().expect("parts").iter().map(|part| part.as_str().expect("text"));
    assert!(file.ends_with(&format!("</defs>\n{}</svg>\n", parts.collect::<String>())));
    for (id, shape) in sheet["shapes"].as_object().expect("shapes") {
        assert!(shape.as_str().is_some_and(|shape| file.contains(shape)), "{id}");
    }
    // What may go while it is asked for is no error, which browsers would put on record.
    for path in [format!("{id}/sheets/99"), "99/sheets/0".to_owned(), "99/profile".to_owned()] {
        let answer = server.get(&format!("api/documents/{path}"));
        assert_eq!((answer.status, &answer.json()["refused"]["code"]), (200, &json!("missing")), "{path}");
    }
    for path in [format!("{id}/pages/99"), "99/pages/0".to_owned()] {
        let answer = server.get(&format!("api/documents/{path}"));
        assert_eq!((answer.status, answer.body.len()), (204, 0), "{path}");
    }
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
    let zip = server.get(&format!("api/archive/zh/md,docx/{},{}", ids.join(","), broken["id"]));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip.body)).expect("a zip");
    let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
    assert_eq!(names.len(), 7, "{names:?}");
    assert!(names.iter().any(|name| name == "a (2).md"), "{names:?}");
    let mut report = String::new();
    zip.by_name("报告.txt").expect("a report").read_to_string(&mut report).expect("UTF-8");
    assert!(report.contains("失败：b.docx：") && report.contains("完成：a (3).docx"), "{report}");
    assert!(
        !["made", "failed", "note", "encoding"].iter().any(|word| report.contains(word)),
        "Chinese: {report}"
    );
    let english = server.get(&format!("api/archive/en/md/{}", broken["id"])).body;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(english)).expect("a zip");
    let mut report = String::new();
    zip.by_name("报告.txt").expect("a report").read_to_string(&mut report).expect("UTF-8");
    assert!(report.contains("failed: b.md: "), "{report}");
    assert_eq!(server.get(&format!("api/archive/fr/md/{}", broken["id"])).status, 404);
}

#[test]
fn single_settings_of_the_profile_are_shown_changed_and_saved() {
    let server = Server::start();
    let id = server.add("a.txt", SPEECH.as_bytes())["id"].to_string();
    let path = format!("api/documents/{id}");
    let put = |settings: serde_json::Value| {
        let change = json!({ "corrections": { "banshi-corrections": 1 }, "settings": settings });
        server.ask("PUT", &path, change.to_string().as_bytes())
    };
    let value = |key: &str| {
        let all = server.get(&format!("{path}/profile")).json();
        let all = all["settings"].as_array().expect("settings").clone();
        all.iter().find(|one| one["path"] == key).expect(key)["value"].clone()
    };
    assert_eq!(value("styles.title.size"), 22.0);
    let changes = json!({ "styles.title.size": 26, "page.left": 30.5, "headings.1.face": "kai", "widow-control": true });
    let before = server.get(&format!("{path}/pages/0")).body;
    assert_eq!(put(json!({ "profile": "speech", "changes": changes })).status, 200);
    assert_ne!(server.get(&format!("{path}/pages/0")).body, before, "the preview shows it");
    assert_eq!((value("styles.title.size"), value("headings.1.face")), (json!(26.0), json!("kai")));
    // What is saved is what `--profile` takes, and what the page takes again.
    let file = server.get(&format!("{path}/profile.toml"));
    assert!(file.head.contains("attachment; filename*=UTF-8''a.toml"), "{}", file.head);
    let text = String::from_utf8(file.body).expect("UTF-8");
    let folder = program::folder();
    std::fs::write(folder.path().join("own.toml"), &text).expect("written");
    program::done(&program::banshi(folder.path(), &["讲话.txt", "--profile", "own.toml", "-o", "讲话.svg"]));
    let own = banshi::profile::Profile::from_toml(&text).expect("a profile");
    assert_eq!((own.page.left, own.widow_control, own.leading()), (30.5, true, 28.95));
    assert_eq!(put(json!({ "file": text, "changes": {} })).status, 200);
    assert_eq!(value("page.left"), 30.5);
    // What is wrong is said of its setting, in both languages, and changes nothing.
    for (changes, about) in [
        (json!({ "page.left": 9999 }), "page.left"),
        (json!({ "page.left": 200 }), "page"),
        (json!({ "styles.title.face": "arial" }), "styles.title.face"),
        (json!({ "no.such": true }), "no.such"),
    ] {
        let refused = put(json!({ "changes": changes }));
        let error = &refused.json()["refused"];
        assert_eq!(error["path"].as_str(), Some(about), "{error}");
        let chinese = error["said"]["zh"].as_str().expect("words");
        assert!(chinese.chars().any(|c| c > '\u{4e00}'), "{error}");
    }
    assert!(put(json!({ "file": "#".repeat(1 << 17) })).json()["refused"].is_object());
    assert_eq!(value("page.left"), 30.5);
}

#[test]
fn the_page_has_words_for_every_setting() {
    let server = Server::start();
    let id = server.add("a.txt", SPEECH.as_bytes())["id"].to_string();
    let words = String::from_utf8(server.get("words.js").body).expect("UTF-8");
    let settings = server.get(&format!("api/documents/{id}/profile")).json();
    for one in settings["settings"].as_array().expect("settings") {
        let path = one["path"].as_str().expect("a path");
        let (table, key) = path.rsplit_once('.').unwrap_or(("", path));
        let table = match table.split('.').next().unwrap_or_default() {
            "styles" | "headings" | "leads" => "style",
            "faces" | "latin" => "names",
            table => table,
        };
        assert!(words.contains(&format!("\"{table}.{key}\": [")), "{path}");
        for value in one["words"].as_array().into_iter().flatten() {
            assert!(words.contains(&format!("\"value-{}\": [", value.as_str().expect("a word"))), "{value}");
        }
    }
}

#[test]
fn pages_that_were_not_kept_are_set_again() {
    let server = Server::start();
    let first = server.add("a.txt", SPEECH.as_bytes())["id"].to_string();
    let page = server.get(&format!("api/documents/{first}/pages/0"));
    for _ in 0..20 {
        server.add("b.txt", SPEECH.as_bytes());
    }
    let again = server.get(&format!("api/documents/{first}/pages/0"));
    assert_eq!((again.status, again.body), (200, page.body));
    assert_eq!(server.get(&format!("api/documents/{first}/sheets/0")).status, 200);
}

#[test]
fn the_pieces_of_a_paragraph_are_told_apart() {
    let server = Server::start();
    let view = server.add("a.txt", SPEECH.as_bytes());
    assert!(
        view["units"].as_array().expect("units").iter().all(|unit| unit.get("piece").is_none()),
        "{view}"
    );
    let split = json!([{ "at": 2, "before": "工作" }]);
    let change = json!({
        "corrections": { "banshi-corrections": 1, "paragraphs": [{ "at": 4, "text": "这项", "split": split }] },
        "settings": {},
    });
    let view =
        server.ask("PUT", &format!("api/documents/{}", view["id"]), change.to_string().as_bytes()).json();
    let units = view["units"].as_array().expect("units");
    let pieces: Vec<_> = units.iter().map(|unit| (unit["line"].as_u64(), unit["piece"].as_u64())).collect();
    let expected = [(1, None), (2, None), (3, None), (4, Some(1)), (4, Some(2)), (5, None)];
    assert_eq!(pieces, expected.map(|(line, piece)| (Some(line), piece)));
}

#[test]
fn the_page_says_why_for_every_rule() {
    let server = Server::start();
    let words = String::from_utf8(server.get("words.js").body).expect("UTF-8");
    let documented = include_str!("../docs/structure.md").lines().filter_map(|line| line.strip_prefix("| `"));
    for row in documented {
        let names = row.split(" | ").next().unwrap_or_default();
        for rule in names.split('`').filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')) {
            // What is noticed has its sentence from the program itself.
            if rule.is_empty() || rule.starts_with("numbering-") || rule.starts_with("correction-") {
                continue;
            }
            assert!(
                words.contains(&format!("{rule}: [")) || words.contains(&format!("\"{rule}\": [")),
                "{rule}"
            );
        }
    }
}

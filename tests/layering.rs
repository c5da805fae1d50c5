//! Imports point one way, and every dependency has one home.

#[path = "support/sources.rs"]
mod sources;

use sources::code;

/// Which crates only some modules may name.
const HOMES: &[(&str, &[&str])] = &[
    ("encoding_rs", &["charset"]),
    ("chardetng", &["charset"]),
    ("unicode_normalization", &["tree/han"]),
    ("imagesize", &["tree/picture"]),
    ("base64", &["tree/picture"]),
    ("pulldown_cmark", &["decode/markdown"]),
    ("docx_rs", &["encode/docx", "decode/docx"]),
    ("zip", &["encode/docx", "ooxml", "serve/archive"]),
    ("quick_xml", &["encode/docx", "decode/docx", "ooxml"]),
    ("printpdf", &["encode/pdf"]),
    ("lopdf", &["encode/pdf"]),
    ("subsetter", &["encode/subset"]),
    ("zlib_rs", &["encode/pdf"]),
    ("png", &["encode/pdf/image"]),
    ("zune_jpeg", &["encode/pdf/image"]),
    ("skrifa", &["layout/font", "fonts"]),
    ("unicode_linebreak", &["layout", "encode/text"]),
    ("unicode_width", &["encode/text", "message/table"]),
    ("toml", &["profile", "cli/config"]),
    ("imara_diff", &["roundtrip"]),
    (
        "serde_json",
        &[
            "tree/json",
            "encode/json",
            "decode/json",
            "pandoc",
            "encode/pandoc",
            "decode/pandoc",
            "correction",
            // What its parser finds wrong, in our words.
            "message/parsers",
            "cli",
            "serve",
        ],
    ),
    ("clap", &["cli"]),
    ("tempfile", &["cli"]),
    ("rayon", &["cli/convert"]),
    ("walkdir", &["cli/sources"]),
    ("globset", &["cli/sources"]),
    ("percent_encoding", &["cli/pictures"]),
    ("wild", &["cli"]),
    ("mimalloc", &["main"]),
    ("indicatif", &["cli/progress"]),
    ("ctrlc", &["cli/interrupt"]),
    ("anstream", &["cli/messages"]),
    ("anstyle", &["cli/messages"]),
    ("strsim", &["cli/suggest", "profile/check"]),
    ("etcetera", &["cli/config"]),
    ("sys_locale", &["cli/language"]),
    ("clap_complete", &["cli/help", "cli/arguments"]),
    ("clap_mangen", &["cli/help"]),
    ("notify", &["cli/watch"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    ("http_body_util", &["serve/route"]),
    ("tokio", &["serve"]),
    ("getrandom", &["serve/guard"]),
    ("webbrowser", &["cli/serve"]),
    ("std::fs", &["cli"]),
];

/// Which modules of this crate each module may name, besides itself and `message`.
const IMPORTS: &[(&str, &[&str])] = &[
    ("message", &[]),
    ("tree", &[]),
    ("diagnostic", &["tree"]),
    ("limits", &["error"]),
    ("error", &["limits", "tree"]),
    ("profile", &["error", "tree"]),
    ("charset", &["diagnostic", "error", "tree"]),
    ("fonts", &["error", "profile"]),
    ("correction", &["error", "tree"]),
    ("options", &["charset", "correction", "error", "fonts", "limits", "profile", "tree"]),
    ("attributes", &["diagnostic", "tree"]),
    ("pandoc", &["tree"]),
    (
        "decode",
        &[
            "attributes",
            "charset",
            "diagnostic",
            "error",
            "limits",
            "markdown",
            "ooxml",
            "options",
            "pandoc",
            "parallel",
            "tree",
        ],
    ),
    ("parallel", &[]),
    ("structure", &["correction", "diagnostic", "parallel", "tree"]),
    ("outline", &["diagnostic", "tree"]),
    (
        "layout",
        &["charset", "diagnostic", "error", "fonts", "limits", "options", "parallel", "profile", "tree"],
    ),
    (
        "encode",
        &[
            "attributes",
            "charset",
            "diagnostic",
            "error",
            "layout",
            "limits",
            "markdown",
            "ooxml",
            "options",
            "pandoc",
            "parallel",
            "profile",
            "tree",
        ],
    ),
    ("markdown", &["tree"]),
    ("ooxml", &["error", "limits", "profile", "tree"]),
    ("format", &["decode", "diagnostic", "encode", "error", "options", "tree"]),
    (
        "roundtrip",
        &[
            "attributes",
            "charset",
            "diagnostic",
            "encode",
            "error",
            "format",
            "layout",
            "markdown",
            "options",
            "tree",
        ],
    ),
];

/// True where `code` names the module or crate `name` in a path.
fn names(code: &str, name: &str) -> bool {
    let path = format!("{name}::");
    code.match_indices(&path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    }) || code.contains(&format!("use {name};"))
}

#[test]
fn every_dependency_has_one_home() {
    for (name, code) in code() {
        for (dependency, homes) in HOMES.iter().copied() {
            let at_home = homes.iter().any(|home| name.starts_with(home));
            assert!(
                at_home || !names(&code, dependency),
                "{name} names {dependency}, which belongs to {homes:?}"
            );
        }
    }
}

#[test]
fn imports_point_one_way() {
    for (name, code) in code() {
        let module = name.split(['/', '.']).next().expect("a name");
        let Some((_, allowed)) = IMPORTS.iter().find(|(of, _)| *of == module) else { continue };
        for (other, _) in IMPORTS.iter().copied() {
            let fine = other == module || other == "message" || allowed.contains(&other);
            assert!(fine || !names(&code, &format!("crate::{other}")), "{name} names crate::{other}");
        }
    }
}

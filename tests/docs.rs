//! The pages of documentation say what is true: keys, findings, formats, commands and links are those of the program.

#[path = "support/program.rs"]
mod program;
#[path = "support/sources.rs"]
mod sources;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use banshi::format::TABLE;
use banshi::profile::{BUILT_IN, Profile};
use program::{banshi, printed};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join("docs").join(name)).expect("a page")
}

/// All pages with their names, those of the root too.
fn pages() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in [root().to_owned(), root().join("docs")] {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(&path).expect("UTF-8");
                found.push((path, text));
            }
        }
    }
    found
}

/// The blocks of code of a page in that language.
fn code<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let open = format!("```{language}\n");
    text.split(&open).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

/// The words that a profile may have in the place of `?`, as the reader itself lists them.
fn words(toml: &str) -> Vec<String> {
    let error = Profile::from_toml(&toml.replace('?', "no-such-word")).expect_err("no such word").to_string();
    let listed = error.split("one of ").nth(1).unwrap_or_else(|| panic!("{toml}: {error}"));
    let words: Vec<String> = listed.split(", ").map(str::to_owned).collect();
    assert!(!words.is_empty(), "{toml}: {error}");
    words
}

#[test]
fn every_key_of_a_profile_is_explained() {
    let page = page("profiles.md");
    let tables = [
        "? = 1",
        "[page]\n? = 1",
        "[grid]\n? = 1",
        "[page-number]\n? = 1",
        "[imposition]\n? = 1",
        "[latin]\n? = 1",
        "[faces]\n? = 1",
        "[faces.hei]\n? = 1",
        "[styles]\n? = 1",
        "[styles.body]\n? = 1",
        "[[headings]]\n? = 1",
        "[[leads]]\n? = 1",
        "kinsoku = '?'",
        "imprint-page = '?'",
        "page-number.position = '?'",
        "styles.body.align = '?'",
    ];
    // These stand in the page as the tables that they are.
    let headed = |word: &str| {
        page.contains(&format!("`[{word}]`"))
            || page.contains(&format!("`[[{word}]]`"))
            || page.contains(&format!("`[{word}.…]`"))
    };
    let missing: BTreeSet<String> = tables
        .into_iter()
        .flat_map(words)
        .filter(|word| !page.contains(&format!("`{word}`")) && !headed(word))
        .collect();
    assert!(missing.is_empty(), "docs/profiles.md does not explain {missing:?}");
    for built_in in BUILT_IN {
        assert!(page.contains(&format!("| `{}` |", built_in.name)), "{} is not listed", built_in.name);
    }
}

#[test]
fn every_profile_of_a_page_can_be_used() {
    let mut count = 0;
    for (path, text) in pages() {
        for toml in code(&text, "toml").into_iter().filter(|toml| toml.contains("extends")) {
            Profile::from_toml(toml).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            count += 1;
        }
    }
    assert!(count >= 3, "the profiles were not found");
}

/// Words in the sources that look like codes of findings and are none.
const NO_CODES: [&str; 23] = [
    "arabic-bracketed",
    "banshi-block",
    "banshi-contents",
    "banshi-corrections",
    "banshi-item",
    "banshi-loose",
    "banshi-quote",
    "banshi-roles",
    "core-properties",
    "custom-properties",
    "custom-style",
    "euc-cn",
    "extended-properties",
    "han-bracketed",
    "kebab-case",
    "latin-bold",
    "line-height",
    "ms-word",
    "pandoc-api-version",
    "pandoc-json",
    "stroke-width",
    "text-anchor",
    "x-gbk",
];

/// What stands before the code where something is reported.
const KINDS: [&str; 5] =
    ["Kind::Inferred,", "Kind::Noticed,", "Kind::Substituted,", "Kind::LeftOut,", "Kind::Dropped,"];

#[test]
fn every_finding_is_explained() {
    let page = page("diagnostics.md");
    // Rules stand in the page on structure; the others report nothing of their own.
    let elsewhere =
        ["structure/", "message/", "serve/", "tree/", "profile/", "roundtrip/", "correction.rs", "limits.rs"];
    let mut codes = BTreeSet::new();
    let of_interest = |name: &String| !elsewhere.iter().any(|folder| name.starts_with(folder));
    for (name, text) in sources::code().into_iter().filter(|(name, _)| of_interest(name)) {
        // Every second piece between quotation marks is a literal; the one before it is what stands before it.
        let pieces: Vec<&str> = text.split('"').collect();
        for pair in pieces.chunks_exact(2) {
            let (before, literal) = (pair[0].trim_end(), pair[1]);
            let kebab = literal.len() > 2 && literal.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            let reported = before.ends_with("say(") || KINDS.iter().any(|kind| before.ends_with(kind));
            // Names of arguments are no codes.
            let compound = !name.starts_with("cli/")
                && literal.contains('-')
                && !literal.starts_with('-')
                && !literal.ends_with('-');
            if kebab && (reported || compound) {
                codes.insert(literal.to_owned());
            }
        }
    }
    assert!(codes.len() > 100, "the codes were not found: {codes:?}");
    codes.retain(|code| !NO_CODES.contains(&code.as_str()) && !page.contains(&format!("`{code}`")));
    assert!(codes.is_empty(), "docs/diagnostics.md does not explain {codes:?}");
}

#[test]
fn every_kind_and_format_is_explained() {
    use banshi::diagnostic::Kind;
    let findings = page("diagnostics.md");
    for kind in [Kind::Inferred, Kind::Noticed, Kind::Substituted, Kind::LeftOut, Kind::Dropped] {
        assert!(findings.contains(&format!("| `{}` |", kind.name())), "{}", kind.name());
    }
    let formats = page("formats.md");
    for row in TABLE {
        let line = formats.lines().find(|line| line.starts_with(&format!("| `{}` |", row.name)));
        let line = line.unwrap_or_else(|| panic!("{} is not listed", row.name));
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let yes = |can| if can { "yes" } else { "no" };
        assert_eq!(cells[2..4], [yes(row.reads()), yes(row.writes())], "{}", row.name);
        for extension in row.extensions.iter().chain(row.also_reads) {
            assert!(cells[4].contains(&format!("`.{extension}`")), "{}: .{extension}", row.name);
        }
        let aliases: Vec<String> = row.aliases.iter().map(|name| format!("`{name}`")).collect();
        assert_eq!(cells[5], aliases.join(", "), "{}", row.name);
    }
}

#[test]
fn every_argument_of_a_page_is_one_of_the_program() {
    let help = |command: &[&str]| {
        let arguments: Vec<&str> = command.iter().copied().chain(["--help", "--lang", "en"]).collect();
        printed(&banshi(root(), &arguments))
    };
    let known = ["", "outline", "roundtrip", "serve", "profiles"]
        .map(|command| help(&if command.is_empty() { vec![] } else { vec![command] }));
    let mut count = 0;
    for (path, text) in pages() {
        let blocks = code(&text, "sh");
        for line in blocks.iter().flat_map(|block| block.lines()) {
            // Other programs stand before it or behind a bar.
            for call in line.split('|').filter_map(|part| part.split("banshi ").nth(1)) {
                let call = call.split(" #").next().expect("a first part");
                for flag in call.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2) {
                    let flag = flag.split('=').next().expect("a first part");
                    assert!(
                        known.iter().any(|help| help.contains(flag)),
                        "{}: {flag} in {line}",
                        path.display()
                    );
                    count += 1;
                }
            }
        }
    }
    assert!(count > 30, "the commands were not found: {count}");
}

#[test]
fn every_link_leads_somewhere() {
    for (path, text) in pages() {
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = target.split('#').next().expect("a first part");
            if target.is_empty() || target.contains("://") || target.contains(' ') {
                continue;
            }
            let file = path.parent().expect("a folder").join(target);
            assert!(file.exists(), "{}: {target} is not there", path.display());
        }
    }
}

/// What the outline shows as the rule that decided is explained, of every sample and wherever its places are known.
#[test]
fn every_rule_of_the_outline_is_explained() {
    use banshi::outline::{PLAIN, STATED, units};
    let page = page("structure.md");
    let options = banshi::Options::new().expect("options");
    let mut rules = BTreeSet::new();
    for entry in fs::read_dir(root().join("samples")).expect("samples") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let Some(format) = banshi::Format::of_source(&name).filter(|_| name != "README.md") else { continue };
        let bytes = fs::read(&path).expect("a sample");
        let read = banshi::decode(&bytes, format, &options).expect("read");
        let found = units(&read.value, &read.diagnostics);
        rules.extend(found.iter().map(|unit| unit.rule));
    }
    assert!(rules.len() > 20, "the rules were not found: {rules:?}");
    rules.retain(|rule| ![PLAIN, STATED].contains(rule) && !page.contains(&format!("`{rule}`")));
    assert!(rules.is_empty(), "docs/structure.md does not explain {rules:?}");
}

/// What the Chinese pages show of the program is what it prints.
#[test]
fn chinese_pages_show_what_the_program_prints_in_chinese() {
    let asked = |arguments: &[&str]| {
        let samples = root().join("samples");
        printed(&banshi(&samples, &[arguments, &["--lang", "zh", "--no-config"]].concat()))
    };
    let readme = fs::read_to_string(root().join("README.zh-CN.md")).expect("UTF-8");
    for (text, shown) in [
        (readme, asked(&["outline", "讲话-带广告.txt"])),
        (page("roundtrip.zh-CN.md"), asked(&["roundtrip", "通知.txt"])),
    ] {
        let lines = code(&text, "text").concat();
        assert!(lines.lines().count() > 5, "{text}");
        for line in lines.lines().map(str::trim).filter(|line| *line != "…" && !line.is_empty()) {
            assert!(shown.lines().any(|printed| printed.trim() == line), "{line}\n{shown}");
        }
    }
}

#[test]
fn both_languages_show_the_same_commands() {
    for name in ["speech-to-word", "handout", "roundtrip"] {
        let commands = |name: &str| -> Vec<String> {
            let text = page(name);
            let lines = code(&text, "sh").concat();
            lines
                .lines()
                .map(|line| line.split(" #").next().expect("a first part").trim_end().to_owned())
                .collect()
        };
        assert_eq!(commands(&format!("{name}.md")), commands(&format!("{name}.zh-CN.md")), "{name}");
    }
}

//! Many small documents, each for one form that real ones take: `cases/*.txt`, a `## name` before each.

use super::{BODY, compare, show};

/// Every document of a file; `{B}` stands for a paragraph of text.
fn check_all(file: &str) {
    let mut wrong = String::new();
    let mut count = 0;
    for case in file.split("## ").skip(1) {
        let (name, script) = case.split_once('\n').expect("a name and a document");
        let (wanted, got, settled) = compare(&script.replace("{B}", BODY));
        count += 1;
        if got != wanted || !settled {
            wrong +=
                &format!("## {name}, settled: {settled}\nwanted\n{}got\n{}\n", show(&wanted), show(&got));
        }
    }
    assert!(count > 3 && wrong.is_empty(), "{wrong}");
}

#[test]
fn heads() {
    check_all(include_str!("cases/heads.txt"));
}

#[test]
fn tails() {
    check_all(include_str!("cases/tails.txt"));
}

#[test]
fn numbers() {
    check_all(include_str!("cases/numbers.txt"));
}

#[test]
fn pages() {
    check_all(include_str!("cases/pages.txt"));
}

#[test]
fn frames() {
    check_all(include_str!("cases/frames.txt"));
}

#[test]
fn speeches() {
    check_all(include_str!("cases/speeches.txt"));
}

#[test]
fn papers() {
    check_all(include_str!("cases/papers.txt"));
}

#[test]
fn forms() {
    check_all(include_str!("cases/forms.txt"));
}

#[test]
fn columns() {
    check_all(include_str!("cases/columns.txt"));
}

#[test]
fn sellers() {
    check_all(include_str!("cases/sellers.txt"));
}

#[test]
fn letters() {
    check_all(include_str!("cases/letters.txt"));
}

#[test]
fn wild() {
    check_all(include_str!("cases/wild.txt"));
}

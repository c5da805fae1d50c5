//! The JSON form is what `docs/tree.schema.json` says, for every sample and for generated trees.

#[allow(dead_code, reason = "not every test that includes this module needs all of it")]
#[path = "support/tree.rs"]
mod generated;
mod support;

use std::fs;
use std::path::Path;

use banshi::Format;
use banshi::tree::Document;
use generated::{cases, documents, unsound};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{decoded, options, samples};

fn schema() -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tree.schema.json");
    let schema: Value = serde_json::from_slice(&fs::read(path).expect("readable")).expect("JSON");
    jsonschema::validator_for(&schema).expect("a schema")
}

fn form(document: &Document) -> Value {
    let bytes = banshi::encode(document, Format::Json, &options()).expect("writes").value;
    serde_json::from_slice(&bytes).expect("JSON")
}

fn complaints(schema: &Validator, form: &Value) -> Vec<String> {
    schema.iter_errors(form).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn samples_keep_to_the_schema() {
    let schema = schema();
    for sample in samples() {
        let complaints = complaints(&schema, &form(&decoded(&sample).value));
        assert_eq!(complaints, [""; 0], "{}", sample.display());
    }
}

#[test]
fn generated_trees_keep_to_the_schema() {
    let schema = schema();
    let mut runner = proptest::test_runner::TestRunner::new(cases());
    let trees = prop_oneof![3 => documents().boxed(), 1 => unsound().boxed()];
    let checked = runner.run(&trees, |document| {
        prop_assert_eq!(complaints(&schema, &form(&document)), Vec::<String>::new());
        Ok(())
    });
    checked.expect("every tree keeps to the schema");
}

#[test]
fn what_the_schema_refuses_the_reader_refuses_too() {
    let schema = schema();
    let paragraph = |paragraph: Value| json!({ "banshi": 1, "document": { "blocks": [{ "kind": { "paragraph": paragraph } }] } });
    let good = paragraph(json!({ "role": { "heading": 1 }, "content": [{ "text": "一、" }, "break"] }));
    let bad = [
        paragraph(json!({ "role": "titel", "content": [] })),
        paragraph(json!({ "role": { "heading": 300 }, "content": [] })),
        paragraph(json!({ "content": [{ "text": 1 }] })),
        paragraph(json!({ "content": ["brake"] })),
        paragraph(json!({ "content": [], "colour": "red" })),
        paragraph(json!({ "content": [], "lead": { "end": 1 } })),
        json!({ "banshi": 2, "document": { "blocks": [] } }),
        json!({ "banshi": 1, "document": { "blocks": [], "extra": 1 } }),
        json!({ "banshi": 1, "document": { "blocks": [{ "kind": "ruler" }] } }),
        json!({ "document": { "blocks": [] } }),
    ];
    let reads = |form: &Value| banshi::decode(form.to_string().as_bytes(), Format::Json, &options());
    assert_eq!(complaints(&schema, &good), [""; 0]);
    assert!(reads(&good).is_ok());
    for form in bad {
        assert!(!schema.is_valid(&form), "{form}");
        assert!(reads(&form).is_err(), "{form}");
    }
}

#[test]
fn a_newer_version_is_refused_by_its_number_whatever_it_holds() {
    let newer = json!({ "banshi": 2, "document": { "blocks": [], "chapters": [] }, "more": true });
    let error = banshi::decode(newer.to_string().as_bytes(), Format::Json, &options()).expect_err("newer");
    let message = error.to_string();
    assert!(message.contains("version 2") && message.contains("version 1"), "{message}");
}

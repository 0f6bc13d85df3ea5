//! What each stage costs, by itself, on one thread.
//!
//! A detector recalls the turns it has heard; a turn that is `new` has a number ahead of it that no turn had before.
#![allow(missing_docs, reason = "criterion's macros")]

mod material;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::hint::black_box;
use wuxin::check::Origin;
use wuxin::detect::Detector;
use wuxin::normalize::{plain, views};
use wuxin::render::{Format, Style, render};
use wuxin::report::{Report, SCHEMA, Summary};
use wuxin::segment::Segmenter;

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A turn without anything to find.
const CLEAN: &str = "油烟，还有排风机嗡嗡响，响到夜里一点半。我拿手机测过，七十几分贝。";
/// With stumbles, so that all fluent views differ.
const STUMBLING: &str = "我我我嗯就是说，那个，我们楼下那个呃烧烤店的油烟啊，往我家窗子里灌灌。";
/// With a banned phrase.
const BANNED: &str = "您说的这个归城管，我管不着，你该找谁找谁去。";
/// With one that is heard by its sound alone.
const SOUNDED: &str = "评估的事情是别处做的，你有完美完？";
/// A whole conversation.
const TALK: &str = "hotline.txt";

fn reading(c: &mut Criterion) {
    let bytes = material::fixture(TALK);
    let mut group = c.benchmark_group("read");
    group.throughput(Throughput::BytesDecimal(bytes.len() as u64));
    group.bench_function("labelled text", |b| b.iter(|| black_box(material::document(TALK, &bytes))));
    group.finish();
}

fn normalising(c: &mut Criterion) {
    let mut group = c.benchmark_group("normalise");
    for (name, said) in [("clean turn", CLEAN), ("stumbling turn", STUMBLING)] {
        group.throughput(Throughput::BytesDecimal(said.len() as u64));
        group.bench_function(format!("{name}, plain view"), |b| b.iter(|| plain(black_box(said), &[])));
        let base = plain(said, &[]);
        group.bench_function(format!("{name}, fluent views"), |b| b.iter(|| views(black_box(&base))));
    }
    group.finish();
}

fn hearing(c: &mut Criterion) {
    let standard = material::standard();
    // What is new fills the one's memory; the other's holds what is recalled.
    let (detector, recalling) = (Detector::new(&standard), Detector::new(&standard));
    let count = Cell::new(0_u64);
    let mut group = c.benchmark_group("hear");
    for (name, said, banned) in
        [("clean turn", CLEAN, false), ("banned phrase", BANNED, true), ("banned by sound", SOUNDED, true)]
    {
        assert_eq!(material::banned(&detector, said), banned, "{name}");
        group.throughput(Throughput::BytesDecimal(said.len() as u64));
        let fresh = || {
            count.set(count.get() + 1);
            format!("{}，{said}", count.get())
        };
        group.bench_function(format!("{name}, new"), |b| {
            b.iter_batched_ref(fresh, |turn| detector.hear(turn, &[]), BatchSize::SmallInput);
        });
        group
            .bench_function(format!("{name}, recalled"), |b| b.iter(|| recalling.hear(black_box(said), &[])));
    }
    group.finish();
}

fn checking(c: &mut Criterion) {
    let checkers = || material::checker(material::standard());
    let (checker, recalling) = (checkers(), checkers());
    let text = String::from_utf8_lossy(&material::fixture(TALK)).into_owned();
    let count = Cell::new(0_u64);
    let fresh = || {
        count.set(count.get() + 1);
        let text = text.replace('：', &format!("：{}，", count.get()));
        material::document(TALK, text.as_bytes())
    };
    let origin = Origin { path: TALK.to_owned(), sha256: None };
    let mut group = c.benchmark_group("check");
    group.throughput(Throughput::BytesDecimal(text.len() as u64));
    group.bench_function("conversation, new", |b| {
        b.iter_batched_ref(fresh, |document| checker.check(document, &origin), BatchSize::SmallInput);
    });
    let known = material::document(TALK, text.as_bytes());
    group.bench_function("conversation, recalled", |b| b.iter(|| recalling.check(&known, &origin)));
    group.finish();
}

fn rendering(c: &mut Criterion) {
    let report = report();
    let style = Style::default();
    let mut group = c.benchmark_group("render");
    for format in [Format::Jsonl, Format::Page] {
        let mut out = Vec::new();
        let write = |out: &mut Vec<u8>| {
            out.clear();
            let written = render(format, &report, &style, out);
            assert!(written.is_ok(), "a vector takes everything");
        };
        write(&mut out);
        group.throughput(Throughput::BytesDecimal(out.len() as u64));
        group.bench_function(format.name(), |b| b.iter(|| write(&mut out)));
    }
    group.finish();
}

/// The report on all fixtures, with the words, as a page shows them.
fn report() -> Report {
    let checker = material::checker(material::standard()).with_words();
    let files = material::documents()
        .into_iter()
        .flat_map(|(path, document)| checker.check(&document, &Origin { path, sha256: None }));
    Report {
        schema: SCHEMA,
        tool: checker.tool(),
        files: files.collect(),
        errors: Vec::new(),
        warnings: Vec::new(),
        summary: Summary::default(),
        rules: checker.rules().into_iter().map(|rule| (rule.id.clone(), rule)).collect::<BTreeMap<_, _>>(),
        links: String::new(),
    }
}

fn starting(c: &mut Criterion) {
    let mut group = c.benchmark_group("start");
    group.sample_size(20);
    group.bench_function("load the standard", |b| b.iter(material::standard));
    let fresh = material::standard;
    group.bench_function("build the checker", |b| {
        b.iter_batched(fresh, material::checker, BatchSize::PerIteration);
    });
    // The first candidate of a run asks for it; clean text never does.
    group.bench_function("load the dictionary", |b| {
        b.iter_batched_ref(Segmenter::default, |words| words.is_word("信访"), BatchSize::PerIteration);
    });
    group.finish();
}

criterion_group!(benches, reading, normalising, hearing, checking, rendering, starting);
criterion_main!(benches);

//! How many bytes a second are heard, on one thread: clean turns, all different, so that nothing is recalled.
//!
//! `WUXIN_BENCH_TEXT=PATH` hears the transcripts in a file or folder too; what is said twice there is recalled, as it
//! is in a real run.
#![allow(
    clippy::disallowed_methods,
    missing_docs,
    reason = "a bench may ask the environment; criterion's macros"
)]

mod material;

use criterion::{
    BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use std::hint::black_box;
use std::path::Path;
use wuxin::check::Origin;
use wuxin::detect::Detector;
use wuxin::normalize::{plain, views};
use wuxin::standard::Standard;

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Bytes of the made text.
const BYTES: usize = 2_000_000;
const SEED: u64 = 1;
/// What is heard before the clock starts: it has the table of context made.
const FIRST: &str = "坐席：您说的这个归城管，我管不着，你该找谁找谁去。";

type Group<'a> = BenchmarkGroup<'a, WallTime>;

fn made(c: &mut Criterion) {
    let standard = material::standard();
    let turns = material::clean_turns(&Detector::new(&standard), BYTES, SEED);
    let mut group = group(c, "engine", &turns);
    hearing(&mut group, &standard, &turns);
    group.bench_function("of it normalise", |b| {
        b.iter(|| {
            for turn in &turns {
                let plain = plain(turn, &[]);
                black_box(views(&plain));
            }
        });
    });
    let transcripts = material::transcripts(&turns);
    group.throughput(Throughput::BytesDecimal(transcripts.iter().map(|text| text.len() as u64).sum()));
    group.bench_function("read and check", |b| {
        let fresh = || {
            let checker = material::checker(material::standard());
            checker.check(&material::document("first.txt", FIRST.as_bytes()), &Origin::default());
            checker
        };
        let check = |checker: &mut wuxin::check::Checker| {
            for text in &transcripts {
                let document = material::document("made.txt", text.as_bytes());
                black_box(checker.check(&document, &Origin::default()));
            }
        };
        b.iter_batched_ref(fresh, check, BatchSize::PerIteration);
    });
    group.finish();
}

fn given(c: &mut Criterion) {
    let Some(path) = std::env::var_os("WUXIN_BENCH_TEXT") else { return };
    let turns = material::turns_of(Path::new(&path));
    let mut group = group(c, "engine on the given text", &turns);
    hearing(&mut group, &material::standard(), &turns);
    group.finish();
}

fn group<'a>(c: &'a mut Criterion, name: &str, turns: &[String]) -> Group<'a> {
    let mut group = c.benchmark_group(name);
    group.sample_size(10);
    group.throughput(Throughput::BytesDecimal(turns.iter().map(|turn| turn.len() as u64).sum()));
    group
}

/// All turns by a detector that has not heard them; making it is not timed.
fn hearing(group: &mut Group<'_>, standard: &Standard, turns: &[String]) {
    let fresh = || {
        let detector = Detector::new(standard);
        assert!(material::banned(&detector, FIRST));
        detector
    };
    group.bench_function("hear", |b| {
        let hear = |detector: &mut Detector| {
            for turn in turns {
                black_box(detector.hear(turn, &[]));
            }
        };
        b.iter_batched_ref(fresh, hear, BatchSize::PerIteration);
    });
    group.bench_function("hear by characters only", |b| {
        let hear = |detector: &mut Detector| {
            for turn in turns {
                black_box(detector.hear_written(turn, &[]));
            }
        };
        b.iter_batched_ref(fresh, hear, BatchSize::PerIteration);
    });
}

criterion_group!(benches, made, given);
criterion_main!(benches);

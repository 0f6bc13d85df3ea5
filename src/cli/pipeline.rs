//! Jobs in, results out in the same order: threads work ahead of one writer, but only so far that what waits for its
//! turn stays small.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// So many results may wait for one before them.
const WAITING: usize = 256;
/// So many bytes of them.
const HELD: usize = 32 << 20;
/// The writer is woken this often where nothing comes.
const PAUSE: Duration = Duration::from_millis(250);
/// To wake the writer costs more than to write a small result: it is woken for so many, for so many bytes, or when a
/// result has waited this long.
const BATCH: usize = 32;
const BULK: usize = 1 << 20;
const DELAY: Duration = Duration::from_millis(20);

/// What a job came to.
pub(super) trait Weighed {
    /// Bytes that it holds, roughly.
    fn weight(&self) -> usize;
}

/// Lets `threads` threads `work` on the `jobs` and hands the results over in their order; `None` now and then where there
/// is none yet. Where `take` fails, no new job is begun.
pub(super) fn run<J: Send, D: Weighed + Send, E>(
    threads: usize,
    jobs: impl FnMut() -> Option<J> + Send,
    work: impl Fn(J) -> D + Sync,
    mut take: impl FnMut(Option<D>) -> Result<(), E>,
) -> Result<(), E> {
    let line =
        Line { jobs: Mutex::new(jobs), state: Mutex::default(), room: Condvar::new(), ready: Condvar::new() };
    thread::scope(|scope| {
        lock(&line.state).working = threads.max(1);
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                let _leaves = Leaves(&line);
                while let Some((number, job)) = line.begin() {
                    line.finish(number, work(job));
                }
            });
        }
        let _stops = Stops(&line);
        loop {
            match line.next() {
                Next::Results(done) => done.into_iter().try_for_each(|one| take(Some(one)))?,
                Next::Nothing => take(None)?,
                Next::End => return Ok(()),
            }
        }
    })
}

/// What threads share.
struct Line<F, D> {
    jobs: Mutex<F>,
    state: Mutex<State<D>>,
    /// A job may be begun.
    room: Condvar,
    /// A result may be there.
    ready: Condvar,
}

struct State<D> {
    /// Jobs that were begun.
    begun: usize,
    /// Results that were handed over.
    taken: usize,
    /// The results from there on, as far as they are there, and their bytes.
    done: VecDeque<Option<D>>,
    held: usize,
    /// Of these, those that may be handed over: nothing before them is missing.
    ready: usize,
    ready_bytes: usize,
    /// Threads that may bring more.
    working: usize,
    stopped: bool,
}

impl<D> Default for State<D> {
    fn default() -> Self {
        State {
            begun: 0,
            taken: 0,
            done: VecDeque::new(),
            held: 0,
            ready: 0,
            ready_bytes: 0,
            working: 0,
            stopped: false,
        }
    }
}

impl<D> State<D> {
    /// The job whose result is awaited may always be begun.
    fn has_room(&self) -> bool {
        self.begun == self.taken || self.begun - self.taken < WAITING && self.held < HELD
    }

    /// Whether the writer has enough to do.
    fn is_worth_it(&self) -> bool {
        self.ready >= BATCH || self.ready_bytes >= BULK
    }
}

impl<D: Weighed> State<D> {
    fn put(&mut self, number: usize, done: D) {
        let at = number - self.taken;
        if self.done.len() <= at {
            self.done.resize_with(at + 1, || None);
        }
        self.held += done.weight();
        if let Some(slot) = self.done.get_mut(at) {
            *slot = Some(done);
        }
        while let Some(Some(next)) = self.done.get(self.ready) {
            self.ready += 1;
            self.ready_bytes += next.weight();
        }
    }

    /// Everything that is ready.
    fn hand_over(&mut self) -> Vec<D> {
        let results = self.done.drain(..self.ready).flatten().collect();
        self.taken += self.ready;
        self.held -= self.ready_bytes;
        (self.ready, self.ready_bytes) = (0, 0);
        results
    }
}

/// What there is for the writer.
enum Next<D> {
    Results(Vec<D>),
    Nothing,
    End,
}

impl<J, F: FnMut() -> Option<J>, D: Weighed> Line<F, D> {
    /// The next job. One thread at a time waits for room and reads what the job is made of.
    fn begin(&self) -> Option<(usize, J)> {
        let mut jobs = lock(&self.jobs);
        let full = |state: &mut State<D>| !state.stopped && !state.has_room();
        let state = self.room.wait_while(lock(&self.state), full).unwrap_or_else(PoisonError::into_inner);
        if state.stopped {
            return None;
        }
        drop(state);
        let job = jobs()?;
        let mut state = lock(&self.state);
        state.begun += 1;
        Some((state.begun - 1, job))
    }
}

impl<F, D: Weighed> Line<F, D> {
    fn finish(&self, number: usize, done: D) {
        let mut state = lock(&self.state);
        let before = (state.ready > 0, state.is_worth_it());
        state.put(number, done);
        // With the first the writer begins to wait for more, with the last of a batch it has enough.
        if before != (state.ready > 0, state.is_worth_it()) {
            self.ready.notify_one();
        }
    }

    fn next(&self) -> Next<D> {
        let (mut state, began) = (lock(&self.state), Instant::now());
        loop {
            let (ready, waited) = (state.ready > 0, began.elapsed());
            if state.is_worth_it() || ready && (state.working == 0 || waited >= DELAY) {
                self.room.notify_one();
                return Next::Results(state.hand_over());
            }
            if state.working == 0 && !ready {
                return Next::End;
            }
            let limit = if ready { DELAY } else { PAUSE };
            if waited >= limit {
                return Next::Nothing;
            }
            let woken = self.ready.wait_timeout(state, limit - waited);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// A thread that leaves, be it that it fails, is waited for no longer.
struct Leaves<'a, F, D>(&'a Line<F, D>);

impl<F, D> Drop for Leaves<'_, F, D> {
    fn drop(&mut self) {
        let mut state = lock(&self.0.state);
        state.working -= 1;
        state.stopped |= thread::panicking();
        self.0.ready.notify_one();
        self.0.room.notify_all();
    }
}

/// A writer that leaves wants nothing more.
struct Stops<'a, F, D>(&'a Line<F, D>);

impl<F, D> Drop for Stops<'_, F, D> {
    fn drop(&mut self) {
        lock(&self.0.state).stopped = true;
        self.0.room.notify_all();
    }
}

/// A thread that fails takes the run down when it is joined; until then the others see what it left.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    impl Weighed for usize {
        fn weight(&self) -> usize {
            *self
        }
    }

    /// Squares of the numbers below `count`, as they come.
    fn squares(threads: usize, count: usize, work: impl Fn(usize) + Sync) -> Vec<usize> {
        let (mut next, mut out) = (0..count, Vec::new());
        let square = |n: usize| {
            work(n);
            n * n
        };
        let taken: Result<(), ()> = run(
            threads,
            || next.next(),
            square,
            |done| {
                out.extend(done);
                Ok(())
            },
        );
        taken.unwrap();
        out
    }

    #[test]
    fn results_come_in_the_order_of_jobs() {
        let wanted: Vec<usize> = (0..500).map(|n| n * n).collect();
        for threads in [0, 1, 2, 8] {
            let slow = |n: usize| thread::sleep(Duration::from_micros((n % 7 * 50) as u64));
            assert_eq!(squares(threads, 500, slow), wanted, "{threads}");
        }
        assert_eq!(squares(3, 0, |_| ()), [0; 0]);
    }

    #[test]
    fn threads_do_not_run_far_ahead_of_a_slow_job() {
        let begun = AtomicUsize::new(0);
        let work = |n: usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            if n == 0 {
                thread::sleep(Duration::from_millis(200));
                assert!(begun.load(Ordering::SeqCst) <= WAITING);
            }
        };
        assert_eq!(squares(4, 2000, work).len(), 2000);
    }

    #[test]
    fn what_waits_is_bounded_by_bytes() {
        let begun = AtomicUsize::new(0);
        let (mut next, mut count) = (0..100, 0);
        let work = |n: usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            if n == 0 {
                thread::sleep(Duration::from_millis(100));
                assert!(begun.load(Ordering::SeqCst) <= 6);
            }
            HELD / 2
        };
        let taken: Result<(), ()> = run(
            4,
            || next.next(),
            work,
            |done| {
                count += done.iter().count();
                Ok(())
            },
        );
        assert_eq!((taken, count), (Ok(()), 100));
    }

    #[test]
    fn a_result_does_not_wait_for_a_slow_job_behind_it() {
        let (count, mut next) = (AtomicUsize::new(0), 0..2);
        let work = |n: usize| {
            if n == 1 {
                thread::sleep(Duration::from_millis(300));
                assert_eq!(count.load(Ordering::SeqCst), 1);
            }
            n
        };
        let taken: Result<(), ()> = run(
            1,
            || next.next(),
            work,
            |done| {
                count.fetch_add(done.iter().count(), Ordering::SeqCst);
                Ok(())
            },
        );
        assert_eq!((taken, count.into_inner()), (Ok(()), 2));
    }

    #[test]
    fn a_writer_that_fails_stops_the_threads() {
        let begun = AtomicUsize::new(0);
        let mut next = 0..100_000;
        let work = |_: usize| begun.fetch_add(1, Ordering::SeqCst);
        let failed = run(4, || next.next(), work, |done| if done.is_some() { Err("full") } else { Ok(()) });
        assert_eq!(failed, Err("full"));
        assert!(begun.load(Ordering::SeqCst) <= WAITING + 4);
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_thread_that_fails_takes_the_run_down() {
        squares(2, 1000, |n| assert!(n < 300));
    }
}

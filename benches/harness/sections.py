"""What is measured: each section returns plain data for JSON and prints its table."""

import hashlib
import shutil

from . import corpus, measure
from .table import memory, rate, seconds, table, times

# Where a run takes milliseconds, more of them cost nothing.
SHORT_RUNS = 21
# Bytes of the file that is checked by itself.
COLD = 10_000


class Bench:
    """The arguments, the peers, and a folder to work in."""

    def __init__(self, args, peers, work, tell):
        self.args, self.peers, self.work, self.tell = args, peers, work, tell
        self.wuxin, self.floor = peers[0], measure.floor()

    def job(self, peer, path, *more, out=None):
        out = out or self.work / "out"
        return lambda: measure.run([*peer.command, *more, path], out, peer.allowed)

    def rounds(self, jobs, count=None):
        return measure.rounds(jobs, count or self.args.runs, self.tell)

    def all_rounds(self, jobs, count=None):
        """The same where nothing may fail."""
        found, failed = self.rounds(jobs, count)
        if failed:
            raise measure.Failed("; ".join(failed.values()))
        return found


def peers(bench, path):
    """wuxin and its peers on the same bytes."""
    size, files = corpus.weigh(path)
    there = [peer for peer in bench.peers if peer.command and peer.reads(path)]
    found, failed = bench.rounds({peer.name: bench.job(peer, path) for peer in there})
    print(f"\n## The same {size / 1e6:.1f} MB in {files} files, medians of {bench.args.runs}\n")
    rg = found.get("ripgrep -F -c -f", {}).get("wall")
    row = lambda name, one: [name, seconds(one["wall"]), rate(size, one["wall"]), memory(one["peak"], bench.floor), times(one["wall"] / rg) if rg else "-"]
    print(table(["", "wall", "MB/s", "peak memory", "to ripgrep"], [row(*item) for item in found.items()]))
    for peer in bench.peers:
        if not peer.command:
            print(f"- {peer.name} is not installed: {peer.install}")
        elif not peer.reads(path):
            print(f"- {peer.name} reads {peer.only} only")
    for name, why in failed.items():
        print(f"- {name} failed: {why}")
    return {"bytes": size, "files": files, "peers": found, "failed": failed, "versions": {peer.name: peer.version for peer in there}}


def sizes(bench):
    """Cost against size, as a folder and as one file."""
    out = []
    for mb in bench.args.sizes:
        folder, lines = bench.work / "sized", bench.work / "sized.jsonl"
        bench.tell(f"building {mb:g} MB")
        corpus.build(mb * 1e6, bench.args.seed, bench.args.clean, folder, lines)
        for form, path in (("folder", folder), ("jsonl", lines)):
            size, files = corpus.weigh(path)
            found = bench.all_rounds({f"{form} of {mb:g} MB": bench.job(bench.wuxin, path)})
            out.append({"form": form, "mb": mb, "bytes": size, "files": files, **next(iter(found.values()))})
        shutil.rmtree(folder)
        lines.unlink()
    out.sort(key=lambda one: one["form"])
    print(f"\n## wuxin, cost against size, medians of {bench.args.runs}\n")
    row = lambda one: [f"{one['mb']:g} MB, {one['form']}", one["files"], *cost(bench, one)]
    print(table(["", "files", "wall", "MB/s", "ns a byte", "peak memory"], [row(one) for one in out]))
    return out


def cost(bench, one):
    size, wall = one["bytes"], one["wall"]
    return [seconds(wall), rate(size, wall), f"{wall / size * 1e9:.1f}", memory(one["peak"], bench.floor)]


def threads(bench, path):
    """What a second thread brings."""
    found = bench.all_rounds({str(n): bench.job(bench.wuxin, path, "--jobs", n) for n in bench.args.threads})
    one = next(iter(found.values()))["wall"]
    print(f"\n## wuxin by threads, medians of {bench.args.runs}\n")
    row = lambda n, run: [n, seconds(run["wall"]), memory(run["peak"], bench.floor), times(one / run["wall"])]
    print(table(["threads", "wall", "peak memory", "faster"], [row(*item) for item in found.items()]))
    return found


def cold(bench):
    """One 10 KB file from the start of the process to its end."""
    clean, rude = bench.work / "clean.txt", bench.work / "rude.txt"
    made = corpus.Corpus(bench.args.seed, clean=True)
    given = bench.args.cold.read_text(encoding="utf8") if bench.args.cold.name else corpus.labelled(made.conversation(COLD))
    for path, banned in ((clean, None), (rude, made.banned[0])):
        path.write_text(corpus.excerpt(given, COLD, banned), encoding="utf8", newline="\n")
    jobs = {"wuxin, clean": bench.job(bench.wuxin, clean), "wuxin, with a finding": bench.job(bench.wuxin, rude)}
    typos = next(peer for peer in bench.peers if peer.name == "typos")
    if typos.command:
        jobs["typos"] = bench.job(typos, clean)
    found = bench.all_rounds(jobs, max(bench.args.runs, SHORT_RUNS))
    base, other = found["wuxin, clean"]["wall"], found.get("typos", {}).get("wall")
    print(f"\n## One file of 10 KB from process start to exit, medians of {max(bench.args.runs, SHORT_RUNS)}\n")
    over = lambda name, one: f"{(one['wall'] - base) * 1000:+.1f} ms" if name.endswith("finding") else "-"
    row = lambda name, one: [name, seconds(one["wall"]), memory(one["peak"], bench.floor), times(one["wall"] / other) if other else "-", over(name, one)]
    print(table(["", "wall", "peak memory", "to typos", "over clean"], [row(*item) for item in found.items()]))
    return found


def same_bytes(bench, path):
    """Whether the output is the same with 1, 2 and 8 threads, and with further arguments, twice each."""
    more = [[], *(also.split() for also in bench.args.also for _ in range(2))]
    rows, out = [], bench.work / "bytes"
    for extra in more:
        for jobs in (1, 2, 8):
            bench.tell(f"--jobs {jobs} {' '.join(extra)}")
            bench.job(bench.wuxin, path, "--jobs", jobs, *extra, out=out)()
            with out.open("rb") as written:
                rows.append({"jobs": jobs, "also": " ".join(extra), "sha256": hashlib.file_digest(written, "sha256").hexdigest(), "bytes": out.stat().st_size})
    same = len({row["sha256"] for row in rows}) == 1
    print(f"\n## wuxin, output by threads: {'the same bytes' if same else 'DIFFERENT BYTES'}\n")
    print(table(["threads", "with", "bytes", "sha256"], [[row["jobs"], row["also"], row["bytes"], row["sha256"][:16]] for row in rows]))
    return {"same": same, "runs": rows}

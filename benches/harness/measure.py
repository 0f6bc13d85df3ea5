"""Wall time and peak memory of one process, once or as medians."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

WATCH = Path(__file__).with_name("watch.py")
ENVIRONMENT = {"LC_ALL": "C.UTF-8"}


class Failed(Exception):
    """The command ended with a code that its row does not allow."""


def run(command, out=os.devnull, allowed=(0,)):
    """Runs a command with its output in a file: {"wall": seconds, "peak": bytes}."""
    with tempfile.NamedTemporaryFile("r", errors="replace") as complaints:
        watch = [sys.executable, "-I", "-S", WATCH, str(out), complaints.name, *map(str, command)]
        said = subprocess.run(watch, capture_output=True, text=True, env={**os.environ, **ENVIRONMENT}, check=True)
        result = json.loads(said.stdout)
        if result["code"] not in allowed:
            first = next(iter(complaints.read().splitlines()), "")
            raise Failed(f"{Path(str(command[0])).name} ended with {result['code']}: {first}")
    return {"wall": result["wall"], "peak": result["peak"]}


def medians(samples):
    """The medians of several runs, beside the runs themselves."""
    median = lambda key: statistics.median(sample[key] for sample in samples)
    return {"wall": median("wall"), "peak": median("peak"), "runs": samples}


def rounds(jobs, count, tell=lambda text: None):
    """Runs every job `count` times, one round after the other, so that a slow minute of the machine hits all alike.

    `jobs` is {name: function without arguments that measures}; a job that fails drops out with its reason.
    """
    samples, failed = {name: [] for name in jobs}, {}
    for turn in range(count):
        for name, job in jobs.items():
            if name in failed:
                continue
            tell(f"{turn + 1}/{count} {name}")
            try:
                samples[name].append(job())
            except Failed as error:
                failed[name] = str(error)
    return {name: medians(runs) for name, runs in samples.items() if name not in failed}, failed


def floor():
    """Below this no peak can be told: what the stop-watch itself holds."""
    return run(["true"])["peak"]

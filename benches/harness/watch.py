"""The stop-watch: starts a command, waits for it, and says in JSON what it took.

    watch.py STDOUT STDERR COMMAND…

A small process of its own, because Linux counts what the parent held at the start as the child's peak. What is left of
that is the floor, below which no peak can be told.
"""

import os
import sys
import time


def main(out, complaints, *command):
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, out, write, 0o644),
        (os.POSIX_SPAWN_OPEN, 2, complaints, write, 0o644),
    ]
    begin = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=files)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    unit = 1 if sys.platform == "darwin" else 1024
    code, peak = os.waitstatus_to_exitcode(status), usage.ru_maxrss * unit
    print(f'{{"wall": {wall!r}, "peak": {peak}, "code": {code}}}')


main(*sys.argv[1:])

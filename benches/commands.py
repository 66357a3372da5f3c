#!/usr/bin/env python3
"""How long a whole search takes on the command line, in hospitui and in fuzzy finders, and in how much memory.

Measured is the wall time from starting a program until it has ended, its output going to /dev/null:

  hospitui, table   hospitui list QUERY -d catalog.json
  hospitui, CSV     hospitui list QUERY -d catalog.json --format csv
  fzf               fzf --filter QUERY < names.txt
  sk                sk --filter QUERY < names.txt
  cat               cat catalog.json: to start a program and to read the file, the floor

The query `zzzz`, which is always among them, matches nothing, or next to nothing: its time in hospitui is that of
reading the catalog and of preparing it for search. The programs do not do the same work: hospitui reads JSON and
validates it, finds 汉字 by pinyin and writes columns or CSV; fzf and sk read lines and write those that match. Nor do
they match alike, as the number of lines shows; of hospitui's lines one is the header, and in tables long names take
several.

Each command runs once to count its lines, unmeasured, which also warms the caches; then all commands take turns, so
that noise hits all alike. A command that fails is not timed; its status, or the signal that ended it, stands instead:
sk 4.0.0 aborts on many queries when names have letters of several bytes.

The ratio is that of the medians, to hospitui's table with the same query. The memory is the peak that the kernel
reports of the ended process; it cannot tell a peak below that of this script, which then stands as `<`.

  cargo build --release && python3 benches/commands.py
  python3 benches/commands.py --names names.txt --runs 15 child 重庆
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from names import Binaries, Inputs, binaries, environment, parser, positive, print_table, write_inputs

QUERIES = ["c", "child", "zzzz"]
NOTHING = "zzzz"
TABLE = "hospitui, table"


@dataclass
class Case:
    """One command, and what was measured of it."""

    query: str
    program: str
    command: list[str]
    stdin: Path = Path(os.devnull)
    lines: int = 0
    status: int = 0
    seconds: list[float] = field(default_factory=list)
    peak: int = 0

    def count(self) -> None:
        """Runs the command to count the lines that it returns."""
        with self.stdin.open("rb") as stdin, subprocess.Popen(
            self.command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
        ) as process:
            assert process.stdout is not None
            # Piece by piece: what this process once held is counted as memory of those that it starts.
            while piece := process.stdout.read(1 << 16):
                self.lines += piece.count(b"\n")
        self.status = process.returncode

    @property
    def works(self) -> bool:
        """Whether the command did its work; 1 says in all of them that nothing matches."""
        return self.status in (0, 1)

    def measure(self) -> None:
        """Runs the command to time it."""
        env = environment()
        with self.stdin.open("rb") as stdin:
            began = time.perf_counter()
            process = subprocess.Popen(self.command, stdin=stdin, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, env=env)
            _, status, usage = os.wait4(process.pid, 0)
            self.seconds.append(time.perf_counter() - began)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.peak = max(self.peak, usage.ru_maxrss)


def cases(query: str, programs: Binaries, inputs: Inputs) -> list[Case]:
    """All commands for one query."""
    search = [programs.hospitui, "list", "-d", str(inputs.catalog)]
    found = [
        Case(query, TABLE, [*search, "--", query]),
        Case(query, "hospitui, CSV", [*search, "--format", "csv", "--", query]),
    ]
    for name, path in (("fzf", programs.fzf), ("sk", programs.sk)):
        if path is not None:
            found.append(Case(query, name, [path, f"--filter={query}"], inputs.names))
    return found


def row(case: Case, ours: dict[str, float], own_peak: int) -> list[str]:
    """The figures of one command as words."""
    if not case.works:
        failure = f"status {case.status}" if case.status > 0 else f"signal {-case.status}"
        return [case.query, case.program, failure, *["–"] * 4]
    median = statistics.median(case.seconds)
    ratio = f"{median / ours[case.query]:.2f}" if case.query in ours else "–"
    memory = f"{case.peak / 1024:.0f}" if case.peak > own_peak else f"<{own_peak / 1024:.0f}"
    times = [f"{1000 * seconds:.1f}" for seconds in (median, min(case.seconds))]
    return [case.query or "–", case.program, *times, str(case.lines), ratio, memory]


def main() -> None:
    """Measures, and prints one table."""
    options = parser(__doc__)
    options.add_argument("queries", metavar="QUERY", nargs="*", default=QUERIES, help="default: " + " ".join(QUERIES))
    options.add_argument("--runs", metavar="N", type=positive, default=7, help="runs of each command; default: 7")
    given = options.parse_args()
    programs = binaries(given)
    queries = list(dict.fromkeys([*given.queries, NOTHING]))
    with tempfile.TemporaryDirectory() as directory:
        inputs = write_inputs(Path(directory), given.names, given.count)
        every = [case for query in queries for case in cases(query, programs, inputs)]
        every.append(Case("", "cat", ["cat", str(inputs.catalog)]))
        for case in every:
            case.count()
        working = [case for case in every if case.works]
        for _ in range(given.runs):
            for case in working:
                case.measure()
        size = inputs.catalog.stat().st_size
    ours = {case.query: statistics.median(case.seconds) for case in working if case.program == TABLE}
    own_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    title = f"{inputs.count} names, {size / 1e6:.1f} MB of JSON, {given.runs} runs of each command"
    header = ["query", "program", "median ms", "min ms", "lines", "ratio", "memory MB"]
    print_table(title, header, [row(case, ours, own_peak) for case in every], words=2)


if __name__ == "__main__":
    main()

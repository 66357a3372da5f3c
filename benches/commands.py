#!/usr/bin/env python3
"""Measures time and memory of a whole search on the command line, in hospitui and in fuzzy finders.

The time is the wall time from the start of a program to its end, with the output going to /dev/null:

  hospitui, table   hospitui list QUERY -d catalog.json
  hospitui, CSV     hospitui list QUERY -d catalog.json --format csv
  fzf               fzf --filter QUERY < names.txt
  sk                sk --filter QUERY < names.txt
  cat               cat catalog.json: the lower limit, starting a program and reading the file

The query `zzzz` is always included and matches almost nothing: in hospitui, it takes the time of reading the catalog
and preparing the search. The programs do different work: hospitui reads and validates JSON, finds Chinese text by
pinyin and writes columns or CSV; fzf and sk read lines and write the matching ones. They also match differently, as
the number of lines shows. One of hospitui's lines is the header, and long names take several lines of a table.

Each command runs once without measuring, to count its lines and to warm the caches. Then all commands take turns, so
that noise affects all of them equally. A command that fails is not timed; the table has its status or signal instead.
sk 4.0.0 aborts on many queries if names have multi-byte letters.

The ratio is the median divided by that of hospitui's table with the same query. The memory is the peak that the kernel
reports for the ended process. Peaks below that of this script cannot be measured and are shown with `<`.

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
    """One command and its measurements."""

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
            # Read in pieces, because the peak of this process is counted as memory of its children.
            while piece := process.stdout.read(1 << 16):
                self.lines += piece.count(b"\n")
        self.status = process.returncode

    @property
    def works(self) -> bool:
        """Whether the command succeeded. In all programs, status 1 means that nothing matches."""
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
    """The table row of one command."""
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

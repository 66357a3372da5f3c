#!/usr/bin/env python3
"""Measures time and memory of whole commands at several sizes: hospitui, an older hospitui, and other programs.

The time is the wall time from the start of a program to its end, with the output going to /dev/null. For each size
there is a table with ten columns (see made.py), the same as our own JSON, and the same names as lines. With `--names`,
all is measured twice: with generated names, which flatter a search, and with those of the file.

  hospitui, CSV          hospitui list QUERY -d FILE.csv; `before, …` is the same of an older program
  hospitui, CSV to CSV   the same with --format csv
  hospitui, JSON         hospitui list QUERY -d FILE.json, and to CSV
  …, 1 thread            bound to one processor, for the comparison with programs that have one thread
  csv, Strings           the `csv` crate on one thread keeps every cell as a String: the base of the ratios
  csv, ByteRecord        the `csv` crate on one thread keeps nothing
  fzf, lines             fzf --filter QUERY on the lines of the table; `names`: on the names alone. sk likewise
  xsv, search            xsv search -i QUERY, in all columns; `count` only reads. One thread
  duckdb                 python3 -c: count where the name has QUERY; `table` reads into memory; `import` is in both
  cat                    the lower limit: starting a program and reading the file

Queries: `zzzz` finds almost nothing, so it takes the time of loading; `child` finds few; `c` finds many. A table of two
columns, id and name, follows, and then `diff` and `compare` of twenty hospitals with many columns.

The programs do different work. hospitui detects encoding and meaning of the columns, cleans cells, makes the search
index, finds Chinese text by pinyin and lays out columns; the finders match whole lines, as the number of lines shows.
Programs without a note use all threads. csvlens is not here, because it has no command without a screen; see loading.py.

Each command runs once without measuring, to count its lines and to warm the caches. Then all take turns, so that noise
affects them equally. Columns: median and worst of the runs, the ratio of the median to `csv, Strings` (for JSON, too,
of the same hospitals as CSV), the peak of memory, and how many times the size of the input that is. Peaks below that of
this script cannot be measured and are shown with `<`. At the end, the growth: microseconds a row at each size. A program
whose time per row is more than a quarter larger at the largest size than at the one before is marked `grows`.

  cargo build --release && cargo bench --bench loading --no-run
  python3 benches/commands.py
  python3 benches/commands.py --names names.txt --before old/hospitui --counts 10000 100000 --runs 9 5
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import made
from names import ROOT, add_programs, environment, machine, positive, print_table, version

QUERIES = ["zzzz", "child", "c"]
COUNTS, RUNS = [10_000, 100_000, 1_000_000], [7]
SHORT, WIDE, WIDE_HOSPITALS = 200_000, [1_000, 8_000], 20
PEERS = ("fzf", "sk", "xsv")
BASE = "csv, Strings"
GROWS = 1.25
IMPORT = "import duckdb"
TABLE = f"{IMPORT}, sys; duckdb.execute('CREATE TABLE t AS SELECT * FROM read_csv_auto(?)', sys.argv[1:])"
FOUND = f"{IMPORT}, sys; q = 'SELECT count(*) FROM read_csv_auto(?) WHERE name ILIKE ?'; " \
        "print(duckdb.execute(q, [sys.argv[1], f'%{sys.argv[2]}%']).fetchall())"


@dataclass
class Case:
    """One command and its measurements."""

    query: str
    program: str
    command: list[str]
    stdin: Path = Path(os.devnull)
    size: int = 0
    single: bool = False
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
        env, processors = environment(), os.sched_getaffinity(0)
        if self.single:
            os.sched_setaffinity(0, {min(processors)})  # the program inherits it
        try:
            with self.stdin.open("rb") as stdin:
                began = time.perf_counter()
                process = subprocess.Popen(self.command, stdin=stdin, stdout=subprocess.DEVNULL,
                                           stderr=subprocess.DEVNULL, env=env)
                _, status, usage = os.wait4(process.pid, 0)
                self.seconds.append(time.perf_counter() - began)
        finally:
            os.sched_setaffinity(0, processors)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.peak = max(self.peak, usage.ru_maxrss)


@dataclass(frozen=True)
class Tools:
    """The installed programs; those of `peers` and the optional ones may be missing."""

    hospitui: str
    before: str | None
    bench: str | None
    peers: dict[str, str]


@dataclass(frozen=True)
class Files:
    """The same hospitals in the formats of the programs."""

    title: str
    count: int
    columns: int
    table: Path
    catalog: Path
    names: Path


@dataclass(frozen=True)
class Measured:
    """The commands of one dataset."""

    title: str
    kind: str
    count: int
    columns: int
    cases: list[Case]


def ours(files: Files, query: str, tools: Tools) -> Iterator[Case]:
    """hospitui, and the older one."""
    for name, program in (("hospitui", tools.hospitui), ("before", tools.before)):
        if program is None:
            continue
        for kind, path in (("CSV", files.table), ("JSON", files.catalog)):
            command = [program, "list", "-d", str(path)]
            yield Case(query, f"{name}, {kind}", [*command, "--", query])
            yield Case(query, f"{name}, {kind} to CSV", [*command, "--format", "csv", "--", query])
    yield Case(query, "hospitui, CSV, 1 thread", [tools.hospitui, "list", "-d", str(files.table), "--", query],
               single=True)


def theirs(files: Files, query: str, tools: Tools) -> Iterator[Case]:
    """The other programs that search."""
    table = str(files.table)
    for peer in ("fzf", "sk"):
        if peer in tools.peers:
            yield Case(query, f"{peer}, lines", [tools.peers[peer], f"--filter={query}"], files.table)
            yield Case(query, f"{peer}, names", [tools.peers[peer], f"--filter={query}"], files.names)
            yield Case(query, f"{peer}, names, 1 thread", [tools.peers[peer], f"--filter={query}"], files.names,
                       single=True)
    if "xsv" in tools.peers:
        yield Case(query, "xsv, search", [tools.peers["xsv"], "search", "-i", query, table])
    if "duckdb" in tools.peers:
        yield Case(query, "duckdb, search", [tools.peers["duckdb"], "-c", FOUND, table, query])


def limits(files: Files, tools: Tools) -> Iterator[Case]:
    """Programs that only read."""
    table = str(files.table)
    if tools.bench is not None:
        yield Case("", BASE, [tools.bench, "--strings", table])
        yield Case("", "csv, ByteRecord", [tools.bench, "--bytes", table])
    if "xsv" in tools.peers:
        yield Case("", "xsv, count", [tools.peers["xsv"], "count", table])
    if "duckdb" in tools.peers:
        yield Case("", "duckdb, table", [tools.peers["duckdb"], "-c", TABLE, table])
        yield Case("", "duckdb, import", [tools.peers["duckdb"], "-c", IMPORT])
    yield Case("", "cat, CSV", ["cat", table])
    yield Case("", "cat, JSON", ["cat", str(files.catalog)])


def read_by(case: Case, files: Sequence[Path]) -> int:
    """The size of the files that a command reads."""
    named = [path for path in files if str(path) in case.command or path == case.stdin]
    return sum(path.stat().st_size for path in named)


def turns(cases: Sequence[Case], runs: int, title: str) -> list[Case]:
    """Runs all commands in turn."""
    for case in cases:
        case.count()
    for number in range(runs):
        print(f"{title}: run {number + 1} of {runs}", file=sys.stderr)
        for case in cases:
            if case.works:
                case.measure()
    return list(cases)


def prepare(folder: Path, count: int, source: Path | None, columns: int, hospitui: str) -> Files:
    """Makes the files, except those that are already there."""
    kind = source.name if source else "generated names"
    stem = f"{source.stem if source else 'generated'}-{columns}-{count}"
    files = Files(f"{count:,} rows of {columns} columns, {kind}", count, columns, folder / f"{stem}.csv",
                  folder / f"{stem}.json", folder / f"{stem}.txt")
    if not files.table.exists():
        print(f"making {stem}", file=sys.stderr)
        made.table(files.table, count, source, columns)
    if not files.names.exists():
        made.names_of(files.table, files.names)
    if not files.catalog.exists():
        made.catalog(hospitui, files.table, files.catalog)
    return files


def searches(files: Files, tools: Tools, given: argparse.Namespace, runs: int) -> Measured:
    """Measures the searches of one size."""
    cases = [case for query in given.queries for case in (*ours(files, query, tools), *theirs(files, query, tools))]
    cases += limits(files, tools)
    for case in cases:
        case.size = read_by(case, (files.table, files.catalog, files.names))
    kind = files.title.partition(", ")[2] if files.columns == len(made.HEADINGS) else ""
    return Measured(files.title, kind, files.count, files.columns, turns(cases, runs, files.title))


def wide(folder: Path, columns: int, tools: Tools, runs: int) -> Measured:
    """Measures `diff` of two editions and `compare` of two hospitals."""
    editions = [folder / f"wide-{columns}-{year}.csv" for year in (2023, 2024)]
    for path, year in zip(editions, (2023, 2024)):
        made.wide(path, WIDE_HOSPITALS, columns, year)
    cases = []
    for name, program in (("hospitui", tools.hospitui), ("before", tools.before)):
        if program is not None:
            cases.append(Case("diff", name, [program, "diff", *map(str, editions)]))
            cases.append(Case("compare", name, [program, "compare", "w0", "w1", "-d", str(editions[0])]))
    for case in cases:
        case.size = read_by(case, editions)
    title = f"{WIDE_HOSPITALS} hospitals with {columns:,} columns"
    return Measured(title, "wide", WIDE_HOSPITALS, columns, turns(cases, runs, title))


def row(case: Case, base: float | None, own_peak: int) -> list[str]:
    """The table row of one command."""
    start = [case.query or "–", case.program]
    if not case.works:
        failure = f"status {case.status}" if case.status > 0 else f"signal {-case.status}"
        return [*start, failure, *["–"] * 5]
    median = statistics.median(case.seconds)
    ratio = f"{median / base:.2f}" if base else "–"
    times = [f"{1000 * seconds:.1f}" for seconds in (median, max(case.seconds))]
    known = case.peak > own_peak
    memory = f"{case.peak * 1024 / 1e6:.0f}" if known else f"<{own_peak * 1024 / 1e6:.0f}"
    share = f"{case.peak * 1024 / case.size:.1f}" if known and case.size else "–"
    return [*start, *times, ratio, memory, share, str(case.lines)]


def report(measured: Measured, runs: int) -> None:
    """Prints the table of one dataset."""
    bases = [statistics.median(case.seconds) for case in measured.cases if case.program == BASE and case.seconds]
    own_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    header = ["query", "program", "median ms", "worst ms", "x Strings", "memory MB", "x file", "lines"]
    size = max(case.size for case in measured.cases if case.program == "hospitui, CSV" or measured.kind == "wide")
    print_table(f"{measured.title}: {size / 1e6:.1f} MB of CSV, {runs} runs", header,
                [row(case, bases[0] if bases else None, own_peak) for case in measured.cases], words=2)


def growth(every: Sequence[Measured], kind: str, unit: str) -> None:
    """Prints the time of each command per row or cell at each size."""
    sizes = [measured for measured in every if measured.kind == kind]
    if len(sizes) < 2:
        return
    of_rows = unit == "row"
    amounts = [one.count if of_rows else one.count * one.columns for one in sizes]
    rows = []
    for case in sizes[-1].cases:
        alike = [next((other for other in one.cases if (other.query, other.program) == (case.query, case.program)
                       and other.seconds), None) for one in sizes]
        each = [1e6 * statistics.median(one.seconds) / amount if one else None for one, amount in zip(alike, amounts)]
        factor = each[-1] / each[-2] if each[-1] and each[-2] else None
        rows.append([case.query or "–", case.program, *(f"{one:.3f}" if one else "–" for one in each),
                     f"{factor:.2f}" if factor else "–", "grows" if factor and factor > GROWS else ""])
    what = [f"{one.count:,}" if of_rows else f"{one.columns:,} columns" for one in sizes]
    print_table(f"Growth, {kind}: microseconds a {unit}; the factor is that of the last two",
                ["query", "program", *what, "factor", ""], rows, words=2)


def record(every: Sequence[Measured], path: Path) -> None:
    """Writes all runs as JSON."""
    data = [{"title": one.title, "hospitals": one.count, "columns": one.columns, "commands": [
        {"query": case.query, "program": case.program, "ms": [round(1000 * seconds, 3) for seconds in case.seconds],
         "peak_kib": case.peak, "input_bytes": case.size, "lines": case.lines, "status": case.status}
        for case in one.cases]} for one in every]
    path.write_text(json.dumps({"machine": machine(), "measured": data}, indent=1) + "\n", encoding="utf-8")


def newest_bench() -> str | None:
    """The newest build of the bench in Rust."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    built = [path for path in target.glob("release/deps/loading-*") if os.access(path, os.X_OK) and not path.suffix]
    return str(max(built, key=lambda path: path.stat().st_mtime)) if built else None


def tools_of(given: argparse.Namespace) -> Tools:
    """Finds the programs, prints their versions, and says which are missing."""
    hospitui = shutil.which(given.hospitui)
    if hospitui is None:
        raise SystemExit(f"{given.hospitui}: not found; `cargo build --release` makes it")
    found = {peer: path for peer in PEERS if (path := shutil.which(getattr(given, peer)))}
    versions = [f"{peer} {version(path, '--version').removeprefix(peer).strip()}" for peer, path in found.items()]
    duckdb = shutil.which(given.duckdb)
    if duckdb and subprocess.run([duckdb, "-c", IMPORT], capture_output=True, check=False).returncode == 0:
        found["duckdb"] = duckdb
        versions.append("duckdb " + version(duckdb, "-c", f"{IMPORT}; print(duckdb.__version__)"))
    bench = given.bench or newest_bench()
    print(f"{machine()}\n{version(hospitui, '--version')}; {'; '.join(versions)}")
    missing = [peer for peer in (*PEERS, "duckdb") if peer not in found] + ([] if bench else ["the bench in Rust"])
    if missing:
        print(f"not found, left out: {', '.join(missing)}")
    before = os.path.abspath(given.before) if given.before else None
    return Tools(os.path.abspath(hospitui), before, bench, found)


def parsed() -> argparse.Namespace:
    """The options."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--queries", metavar="QUERY", nargs="+", default=QUERIES, help="default: " + " ".join(QUERIES))
    add_programs(options, PEERS)
    options.add_argument("--before", metavar="PATH", help="an older hospitui, to compare with")
    options.add_argument("--names", metavar="FILE", type=Path, help="real names, a line each, beside generated ones")
    options.add_argument("--names-alone", action="store_true", help="leave the generated names out")
    options.add_argument("--counts", metavar="N", nargs="+", type=positive, default=COUNTS, help="rows of the tables")
    options.add_argument("--short", metavar="N", type=int, default=SHORT,
                         help=f"rows of the table of two columns, 0 for none; default: {SHORT}")
    options.add_argument("--wide", metavar="N", nargs="*", type=positive, default=WIDE,
                         help="columns of the tables for diff and compare; default: 1000 8000")
    options.add_argument("--runs", metavar="N", nargs="+", type=positive, default=RUNS,
                         help="runs of each command, for each of the counts; the last holds for the others; default: 7")
    options.add_argument("--keep", metavar="FOLDER", type=Path, help="keep the made files here, and use them again")
    options.add_argument("--out", metavar="FILE", type=Path, help="write all runs as JSON")
    return options.parse_args()


def main() -> None:
    """Measures, and prints the tables."""
    given = parsed()
    tools = tools_of(given)
    runs = [*given.runs, *[given.runs[-1]] * len(given.counts)]
    every: list[Measured] = []
    with ExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        sources = [None] if given.names is None else [given.names] if given.names_alone else [None, given.names]
        jobs = [(count, len(made.HEADINGS), times) for count, times in zip(given.counts, runs)]
        jobs += [(given.short, 2, given.runs[-1])] if given.short else []
        for source in sources:
            for count, columns, times in jobs:
                files = prepare(folder, count, source, columns, tools.hospitui)
                every.append(searches(files, tools, given, times))
                report(every[-1], times)
        for columns in given.wide:
            every.append(wide(folder, columns, tools, given.runs[0]))
            report(every[-1], given.runs[0])
    for kind in dict.fromkeys(one.kind for one in every if one.kind):
        growth(every, kind, "cell" if kind == "wide" else "row")
    if given.out:
        record(every, given.out)


if __name__ == "__main__":
    main()

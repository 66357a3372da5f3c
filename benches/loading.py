#!/usr/bin/env python3
"""Measures time and memory of opening a dataset, in hospitui and in other programs that read the same file.

There are two tables for each file. The first has programs in a terminal: each is started in a pseudo-terminal, and its
output is drawn on a grid of rows and columns. The times are measured from the spawn:

  output    the first byte of any kind
  screen    the grid has some text
  list      the grid has the first letters of the name of the file's first hospital
  whole     the total count has changed for the last time: in hospitui `98745 of 98745` above the list, in csvlens
            `/98745` in the last line
  settled   the grid has changed for the last time, and almost no processor time is used in the quiet time that follows

The memory peak (VmHWM) is read when the screen has settled. Questions to the terminal are answered at once. The time
that a terminal needs to show the bytes is not measured. The grid is updated between two reads, so times may be one or
two milliseconds too long, for all programs.

The last line, hospitui with its few bundled hospitals, is the time of a start without a file.

The second table has whole commands, from start to end, with the output going to /dev/null:

  hospitui, search      hospitui list zzzz -d FILE: loads the file, builds the search index, finds almost nothing
  hospitui, convert     hospitui convert FILE: loads the file and writes it as a catalog
  xsv or qsv            count, which only parses, and search zzzz in every column
  duckdb                python3 -c, `count(*)` of read_csv_auto, and reading into a table; and only the import of the
                        module, which both include. It may use all cores
  jq                    the length of the array of hospitals, features or elements
  cat                   the lower limit: starting a program and reading the file

Memory is the peak that the kernel reports for the ended process. Peaks below that of this script cannot be measured
and are shown with `<`. The programs do different work: only hospitui detects the meaning of the columns, cleans every
cell and indexes all names; xsv and csvlens keep only a part of the file in memory.

`x goal` is the memory peak divided by twice the size of the file and its search index; the goal is at most 1. The size
of the index comes from the bench in Rust (`cargo bench --bench loading --no-run` builds it). Without it, the column is
`x file`: the peak divided by twice the size of the file alone, which is stricter.

Programs take turns, so that noise affects all of them equally. The ratios are those of the medians. The files are in
the page cache. Programs that are not installed are left out and listed.

Needs Linux, for /proc.

  cargo build --release && python3 benches/loading.py
  python3 benches/loading.py --starts 9 --runs 9 hospitals.csv catalog.json
"""

from __future__ import annotations

import argparse
import codecs
import csv
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from commands import Case, newest_bench
from names import ROOT, add_programs, environment, generated, place, positive, print_table, write_inputs
from terminal import BUSY, Ended, Program, Screen, window

TABLES, CATALOG = (5_400, 98_000, 200_000), 200_000
PEERS = ("csvlens", "xsv", "qsv", "jq")
OURS, CSVLENS = re.compile(r"(\d+ of \d+)"), re.compile(r"/(\d+)\b")
EVENTS = ("output", "screen", "list", "whole", "settled")
DEADLINE = 60.0
# The number of letters of the first name to look for. More may not fit into a narrow column.
LETTERS = 10
IMPORT = "import duckdb"
COUNT = "import duckdb, sys; print(duckdb.execute('SELECT count(*) FROM read_csv_auto(?)', sys.argv[1:]).fetchall())"
TABLE = "import duckdb, sys; duckdb.execute('CREATE TABLE t AS SELECT * FROM read_csv_auto(?)', sys.argv[1:])"
LENGTH = 'if type == "array" then . else (.hospitals // .features // .elements) end | length'
TOKEN = re.compile(
    r"\x1b\[(?P<given>[0-9;:<=>?]*)[ -/]*(?P<end>[@-~])|\x1b[\]PX^_].*?(?:\x07|\x1b\\)|\x1b[ -/]+[0-~]|\x1b[0-Z\\^-~]"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])|(?P<text>[^\x00-\x1f\x7f]+)", re.DOTALL)


class Grid:
    """The text on the screen: an emulator of the control sequences that these programs use."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.lines = columns, rows
        self.cells = [[" "] * columns for _ in range(rows)]
        self.row = self.column = 0
        self.rest, self.decoder = "", codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, output: bytes) -> None:
        """Draws the output of a program. An escape sequence may be split between calls."""
        text, at = self.rest + self.decoder.decode(output), 0
        while token := TOKEN.match(text, at):
            at = token.end()
            if written := token["text"]:
                self.write(written)
            elif token["end"]:
                self.obey(token["given"], token["end"])
            elif token["control"]:
                self.control(token["control"])
        self.rest = text[at:]

    def write(self, text: str) -> None:
        """Writes text at the cursor. Text that does not fit is left out."""
        for char in text:
            if unicodedata.combining(char):
                continue
            if self.column < self.columns and self.row < self.lines:
                self.cells[self.row][self.column] = char
            self.column += 1
            if unicodedata.east_asian_width(char) in "WF":
                if self.column < self.columns and self.row < self.lines:
                    self.cells[self.row][self.column] = ""
                self.column += 1

    def obey(self, given: str, end: str) -> None:
        """Moves the cursor or clears. Other sequences are ignored."""
        numbers = [int(number) for number in given.split(";") if number.isdigit()]
        first = numbers[0] if numbers else 0
        step = max(1, first)
        if end in "Hf":
            self.row = step - 1
            self.column = max(1, numbers[1]) - 1 if len(numbers) > 1 else 0
        elif end in "AB":
            self.row = max(0, self.row + (step if end == "B" else -step))
        elif end in "CD":
            self.column = max(0, self.column + (step if end == "C" else -step))
        elif end == "G":
            self.column = step - 1
        elif end == "d":
            self.row = step - 1
        elif end == "J" and first >= 2:
            self.cells = [[" "] * self.columns for _ in range(self.lines)]
        elif end in "JK" and self.row < self.lines:
            kept = 0 if first == 2 else min(self.column, self.columns)
            self.cells[self.row][kept:] = [" "] * (self.columns - kept)
            below = range(self.row + 1, self.lines) if end == "J" else ()
            for row in below:
                self.cells[row] = [" "] * self.columns

    def control(self, char: str) -> None:
        """Carriage return, line feed, backspace."""
        if char == "\r":
            self.column = 0
        elif char == "\n":
            self.row = min(self.row + 1, self.lines - 1)
        elif char == "\b":
            self.column = max(0, self.column - 1)

    def rows(self) -> list[str]:
        """The text of each row."""
        return ["".join(row) for row in self.cells]


@dataclass(frozen=True)
class Dataset:
    """A file, and its content as hospitui reads it."""

    path: Path
    count: int
    first: str
    index: int | None

    @property
    def is_json(self) -> bool:
        """Whether it is JSON, detected from its first byte."""
        with self.path.open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")

    @property
    def goal(self) -> float:
        """The goal for the memory peak in bytes."""
        return 2 * (self.path.stat().st_size + (self.index or 0))


@dataclass
class Opening:
    """A program that opens a file in a terminal, with the seconds to each event for each start."""

    program: Program
    dataset: Dataset
    count: re.Pattern[str] = OURS
    times: dict[str, list[float]] = field(default_factory=lambda: {event: [] for event in EVENTS})
    memory: float = 0.0

    def start(self, size: tuple[int, int], quiet: float) -> None:
        """Starts it, watches until it has settled, and ends it."""
        screen = Screen(self.program, size, quiet)
        try:
            self.follow(screen, Grid(*size))
            self.memory = max(self.memory, screen.memory())
            os.write(screen.master, b"q")
        finally:
            screen.close()

    def follow(self, screen: Screen, grid: Grid) -> None:
        """Records the times of the events."""
        times: dict[str, float] = {}
        wanted, shown, before = squeezed(self.dataset.first)[:LETTERS], "", grid.rows()
        busy, quiet_from = screen.processor(), screen.spawned
        while (now := time.perf_counter()) < screen.spawned + DEADLINE:
            if screen.readable(quiet_from + screen.quiet - now):
                grid.feed(screen.read())
                now = time.perf_counter()
                taken = now - screen.spawned
                times.setdefault("output", taken)
                if (rows := grid.rows()) == before:
                    continue  # some programs redraw the same screen repeatedly
                before, quiet_from, busy = rows, now, screen.processor()
                times.setdefault("screen", taken)
                if any(wanted in squeezed(row) for row in rows):
                    times.setdefault("list", taken)
                counts = " ".join(found for row in rows for found in self.count.findall(row))
                if counts != shown:
                    shown, times["whole"] = counts, taken
                times["settled"] = taken
            else:
                used = screen.processor() - busy
                if used <= BUSY * screen.quiet and "list" in times:
                    break
                quiet_from, busy = time.perf_counter(), busy + used
        if str(self.dataset.count) not in shown:
            times.pop("whole", None)
        for event, taken in times.items():
            self.times[event].append(taken)

    def figures(self, ours: Opening, goal: float) -> list[str]:
        """The table row with the medians."""
        ratios = (ratio(self.times[event], ours.times[event]) for event in ("list", "whole"))
        memory = (f"{self.memory * 1.048576:.1f}", f"{self.memory * 1048576 / goal:.2f}" if goal else "–")
        least = milliseconds(sorted(self.times["list"])[:1])
        return [self.program.name, *map(milliseconds, self.times.values()), least, *ratios, *memory]


def squeezed(text: str) -> str:
    """The text without white space, because programs move the cursor instead of drawing spaces."""
    return "".join(text.split())


def milliseconds(times: Sequence[float]) -> str:
    """The median as text; a dash if there is none."""
    return f"{1000 * statistics.median(times):.1f}" if times else "–"


def ratio(times: Sequence[float], ours: Sequence[float]) -> str:
    """The ratio of the medians."""
    return f"{statistics.median(times) / statistics.median(ours):.2f}" if times and ours else "–"


@dataclass(frozen=True)
class Tools:
    """The installed programs."""

    hospitui: str
    peers: dict[str, str]
    bench: str | None


def openings(dataset: Dataset, bundled: Dataset, tools: Tools) -> list[Opening]:
    """The programs that show a file: hospitui first, and last hospitui without a file."""
    found = [Opening(Program("hospitui", [tools.hospitui, str(dataset.path)]), dataset)]
    if not dataset.is_json and "csvlens" in tools.peers:
        peer = Program("csvlens", [tools.peers["csvlens"], str(dataset.path)])
        found.append(Opening(peer, dataset, CSVLENS))
    return [*found, Opening(Program("hospitui, bundled", [tools.hospitui]), bundled)]


def cases(dataset: Dataset, tools: Tools) -> list[Case]:
    """The commands that read a file, hospitui first."""
    path, peers = str(dataset.path), tools.peers
    found = [
        Case("", "hospitui, search", [tools.hospitui, "list", "-d", path, "--", "zzzz"]),
        Case("", "hospitui, convert", [tools.hospitui, "convert", path]),
    ]
    for peer in ("xsv", "qsv"):
        if peer in peers and not dataset.is_json:
            found += [
                Case("", f"{peer}, count", [peers[peer], "count", path]),
                Case("", f"{peer}, search", [peers[peer], "search", "zzzz", path]),
            ]
    if "duckdb" in peers and not dataset.is_json:
        for what, code in (("count", COUNT), ("table", TABLE), ("import alone", IMPORT)):
            found.append(Case("", f"duckdb, {what}", [peers["duckdb"], "-c", code, path]))
    if "jq" in peers and dataset.is_json:
        found.append(Case("", "jq, length", [peers["jq"], LENGTH, path]))
    return [*found, Case("", "cat", ["cat", path])]


def figures(case: Case, ours: Case, dataset: Dataset, own_peak: int) -> list[str]:
    """The table row of one command."""
    if not case.works:
        return [case.program, f"status {case.status}", *["–"] * 4]
    times = [f"{1000 * seconds:.1f}" for seconds in (statistics.median(case.seconds), min(case.seconds))]
    if case.peak <= own_peak:
        return [case.program, *times, ratio(case.seconds, ours.seconds), f"<{own_peak * 1024 / 1e6:.0f}", "–"]
    memory = (f"{case.peak * 1024 / 1e6:.1f}", f"{case.peak * 1024 / dataset.goal:.2f}")
    return [case.program, *times, ratio(case.seconds, ours.seconds), *memory]


def measure(dataset: Dataset, bundled: Dataset, tools: Tools, given: argparse.Namespace) -> None:
    """Measures one file and prints its tables."""
    shown, run = openings(dataset, bundled, tools), cases(dataset, tools)
    for _ in range(given.starts):
        for opening in shown:
            opening.start(given.size, given.quiet)
    for case in run:
        case.count()
    for _ in range(given.runs):
        for case in run:
            if case.works:
                case.measure()
    size = dataset.path.stat().st_size
    index = "size of the index unknown" if dataset.index is None else f"search index {dataset.index / 1e6:.1f} MB"
    goal = "x file" if dataset.index is None else "x goal"
    print(f"\n\n{dataset.path.name}: {dataset.count} hospitals, {size / 1e6:.1f} MB, {index}")
    columns, rows = given.size
    title = f"On a terminal of {columns}x{rows}: ms, medians of {given.starts}; the ratios are to hospitui"
    header = ["program", *EVENTS, "least list", "list x", "whole x", "memory MB", goal]
    print_table(title, header, [opening.figures(shown[0], opening.dataset.goal) for opening in shown])
    own_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    title = f"Whole commands, medians of {given.runs}; the ratio is to hospitui's search"
    header = ["program", "median ms", "min ms", "ratio", "memory MB", goal]
    print_table(title, header, [figures(case, run[0], dataset, own_peak) for case in run])


def looked_at(path: Path | None, tools: Tools) -> Dataset:
    """The content of a file, or of the bundled data, as hospitui reads it. Read in rows to keep this process small."""
    command = [tools.hospitui, "list", "--format", "csv", *(["-d", str(path)] if path else [])]
    count, first = 0, ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=environment()) as process:
        assert process.stdout is not None
        for row in csv.DictReader(process.stdout):
            first = first or row["name"]
            count += 1
    if process.returncode != 0:
        raise SystemExit(f"{path}: hospitui does not read it")
    index = None
    if tools.bench is not None and path is not None:
        printed = subprocess.run([tools.bench, "--index", str(path)], capture_output=True, text=True, check=False)
        index = int(printed.stdout) if printed.returncode == 0 else None
    return Dataset(path or Path(os.devnull), count, first, index)


def tools_of(given: argparse.Namespace) -> Tools:
    """Finds the programs and reports the missing ones."""
    hospitui = shutil.which(given.hospitui)
    if hospitui is None:
        raise SystemExit(f"{given.hospitui}: not found; `cargo build --release` makes it")
    found = {peer: shutil.which(getattr(given, peer)) for peer in PEERS}
    has_duckdb = shutil.which(given.duckdb) and subprocess.run(
        [given.duckdb, "-c", IMPORT], capture_output=True, check=False).returncode == 0
    found["duckdb"] = shutil.which(given.duckdb) if has_duckdb else None
    if missing := [peer for peer, path in found.items() if path is None]:
        print(f"not found, left out: {', '.join(missing)}")
    bench = given.bench or newest_bench()
    if bench is None:
        print("the bench in Rust is not built, so the size of the search index is unknown")
    return Tools(os.path.abspath(hospitui), {peer: path for peer, path in found.items() if path}, bench)


def rows(count: int) -> Iterator[list[str]]:
    """A table of generated facilities with the columns of a list of a continent."""
    yield ["Country", "Admin1", "Facility name", "Facility type", "Ownership", "Lat", "Long", "LL source"]
    rng = random.Random(2)
    for name in islice(generated(), count):
        country = rng.choice(("Kenya", "Nigeria", "Ghana", "Senegal", "Malawi"))
        kind, owner = rng.choice(("Health Post", "Health Centre", "Hospital")), rng.choice(("MoH", "Govt.", "FBO", ""))
        at = (f"{rng.uniform(-30, 15):.6f}", f"{rng.uniform(-17, 50):.6f}")
        yield [country, place(rng), name, kind, owner, *at, "GPS"]


def made(directory: Path) -> list[Path]:
    """Writes generated tables and a generated catalog row by row, to keep the memory of this process small."""
    paths = []
    for count in TABLES:
        paths.append(directory / f"generated-{count}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows(count))
    catalog = write_inputs(directory, None, CATALOG).catalog
    return [*paths, catalog.rename(directory / f"generated-{CATALOG}.json")]


def main() -> None:
    """Measures, and prints the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", metavar="FILE", nargs="*", type=Path,
                         help="datasets; default: generated tables of 5400, 98000 and 200000, and a catalog of 200000")
    add_programs(options, PEERS)
    options.add_argument("--size", metavar="CxR", type=window, default=(120, 40), help="the window; default: 120x40")
    options.add_argument("--quiet", metavar="S", type=float, default=0.3, help="the quiet time; default: 0.3 s")
    options.add_argument("--starts", metavar="N", type=positive, default=7, help="starts of each program; default: 7")
    options.add_argument("--runs", metavar="N", type=positive, default=7, help="runs of each command; default: 7")
    given = options.parse_args()
    tools = tools_of(given)
    with tempfile.TemporaryDirectory() as directory:
        bundled = looked_at(None, tools)
        for path in given.files or made(Path(directory)):
            measure(looked_at(path, tools), bundled, tools, given)


if __name__ == "__main__":
    try:
        main()
    except Ended as early:
        sys.exit(str(early))

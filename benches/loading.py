#!/usr/bin/env python3
"""How long it takes to open a dataset, in hospitui and in programs that read the same file, and in how much memory.

Two tables for each file. The first is of programs on a terminal: each is started in a pseudo-terminal, and what it
draws is put on a grid of rows and columns as a terminal would. Measured from the spawn are

  output    the first byte of any kind
  screen    something to be read is on the grid
  list      the first hospital of the file stands on it, by the first letters of its name
  whole     the count of all is shown for the last time that it changes: in hospitui `98745 of 98745` over the list, in
            csvlens `/98745` in the last line
  settled   the grid has changed for the last time: it stays so for a quiet time while next to no processor time is used

and the peak of the memory (VmHWM) when it has settled. Programs that ask the terminal for its colours get their answer
at once. What is not measured is how long a terminal takes to show the bytes. They are put on the grid between two
reads, so that a time may be a millisecond or two late, in all programs alike.

The last line, hospitui with its few bundled hospitals, is the floor of a start: what it takes without a file.

The second table is of whole commands, from the start until they have ended, their output going to /dev/null:

  hospitui, search      hospitui list zzzz -d FILE: loads it, makes it searchable, finds nothing, or next to nothing
  hospitui, convert     hospitui convert FILE: loads it and writes all of it as a catalog
  xsv or qsv            count, which parses and keeps nothing, and search zzzz, in every column
  duckdb                python3 -c, `count(*)` of read_csv_auto, and the same into a table that it keeps; and the mere
                        import of the module, which both contain. It may use all cores
  jq                    how many elements the array of hospitals, features or elements has
  cat                   to start a program and to read the file, the floor

Memory is the peak that the kernel reports of the ended process; it cannot tell a peak below that of this script, which
then stands as `<`. The programs do not do the same work: only hospitui finds out what the columns mean, cleans every
cell and makes all names searchable; xsv and csvlens keep no more than a window of the file in memory.

`x goal` is the peak of the memory over twice the file and its search index together; at most 1 is wanted. How large
the index is, the bench in Rust tells, once built (`cargo bench --bench loading --no-run`); where it is not, `x file`
stands in its place: the peak over twice the file alone, which asks for more.

Programs take turns, so that noise hits all alike, and the ratios are those of the medians. The files are in the page
cache. Peers that are not there are left out, and named.

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

from commands import Case
from names import ROOT, environment, generated, place, positive, print_table, write_inputs
from terminal import BUSY, Ended, Program, Screen, window

TABLES, CATALOG = (5_400, 98_000, 200_000), 200_000
PEERS = ("csvlens", "xsv", "qsv", "jq")
OURS, CSVLENS = re.compile(r"(\d+ of \d+)"), re.compile(r"/(\d+)\b")
EVENTS = ("output", "screen", "list", "whole", "settled")
DEADLINE = 60.0
# So many letters of the first name must stand side by side; fewer would do, more may not fit a narrow column.
LETTERS = 10
IMPORT = "import duckdb"
COUNT = "import duckdb, sys; print(duckdb.execute('SELECT count(*) FROM read_csv_auto(?)', sys.argv[1:]).fetchall())"
TABLE = "import duckdb, sys; duckdb.execute('CREATE TABLE t AS SELECT * FROM read_csv_auto(?)', sys.argv[1:])"
LENGTH = 'if type == "array" then . else (.hospitals // .features // .elements) end | length'
TOKEN = re.compile(
    r"\x1b\[(?P<given>[0-9;:<=>?]*)[ -/]*(?P<end>[@-~])|\x1b[\]PX^_].*?(?:\x07|\x1b\\)|\x1b[ -/]+[0-~]|\x1b[0-Z\\^-~]"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])|(?P<text>[^\x00-\x1f\x7f]+)", re.DOTALL)


class Grid:
    """What stands on the screen: as much of a terminal as programs need that put their text by row and column."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.lines = columns, rows
        self.cells = [[" "] * columns for _ in range(rows)]
        self.row = self.column = 0
        self.rest, self.decoder = "", codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, output: bytes) -> None:
        """Puts on the grid what a program writes; an escape sequence may come in pieces."""
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
        """Writes from the cursor on. What does not fit is left out."""
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
        """Moves the cursor or clears; what it cannot do leaves the text as it is."""
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
    """A file, and what hospitui finds in it."""

    path: Path
    count: int
    first: str
    index: int | None

    @property
    def is_json(self) -> bool:
        """Whether it is JSON, told from its first byte."""
        with self.path.open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")

    @property
    def goal(self) -> float:
        """The memory that is the goal, in bytes."""
        return 2 * (self.path.stat().st_size + (self.index or 0))


@dataclass
class Opening:
    """A program that opens a file on a terminal; the seconds to each event, one a start."""

    program: Program
    dataset: Dataset
    count: re.Pattern[str] = OURS
    times: dict[str, list[float]] = field(default_factory=lambda: {event: [] for event in EVENTS})
    memory: float = 0.0

    def start(self, size: tuple[int, int], quiet: float) -> None:
        """Starts it, looks on until it has settled, and ends it."""
        screen = Screen(self.program, size, quiet)
        try:
            self.follow(screen, Grid(*size))
            self.memory = max(self.memory, screen.memory())
            os.write(screen.master, b"q")
        finally:
            screen.close()

    def follow(self, screen: Screen, grid: Grid) -> None:
        """Notes when what stands on the screen."""
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
                    continue  # some draw the same again and again
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
        """The medians as words."""
        ratios = (ratio(self.times[event], ours.times[event]) for event in ("list", "whole"))
        memory = (f"{self.memory * 1.048576:.1f}", f"{self.memory * 1048576 / goal:.2f}" if goal else "–")
        least = milliseconds(sorted(self.times["list"])[:1])
        return [self.program.name, *map(milliseconds, self.times.values()), least, *ratios, *memory]


def squeezed(text: str) -> str:
    """The text without white space, which programs do not draw but skip."""
    return "".join(text.split())


def milliseconds(times: Sequence[float]) -> str:
    """The median in words; a dash when it was never seen."""
    return f"{1000 * statistics.median(times):.1f}" if times else "–"


def ratio(times: Sequence[float], ours: Sequence[float]) -> str:
    """How the medians compare."""
    return f"{statistics.median(times) / statistics.median(ours):.2f}" if times and ours else "–"


@dataclass(frozen=True)
class Tools:
    """The programs to measure; a peer that is not there is not among them."""

    hospitui: str
    peers: dict[str, str]
    bench: str | None


def openings(dataset: Dataset, bundled: Dataset, tools: Tools) -> list[Opening]:
    """The programs that show a file, ours first; and ours without one."""
    found = [Opening(Program("hospitui", [tools.hospitui, str(dataset.path)]), dataset)]
    if not dataset.is_json and "csvlens" in tools.peers:
        peer = Program("csvlens", [tools.peers["csvlens"], str(dataset.path)])
        found.append(Opening(peer, dataset, CSVLENS))
    return [*found, Opening(Program("hospitui, bundled", [tools.hospitui]), bundled)]


def cases(dataset: Dataset, tools: Tools) -> list[Case]:
    """The commands that read a file; ours first."""
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
    """The figures of one command as words."""
    if not case.works:
        return [case.program, f"status {case.status}", *["–"] * 4]
    times = [f"{1000 * seconds:.1f}" for seconds in (statistics.median(case.seconds), min(case.seconds))]
    if case.peak <= own_peak:
        return [case.program, *times, ratio(case.seconds, ours.seconds), f"<{own_peak * 1024 / 1e6:.0f}", "–"]
    memory = (f"{case.peak * 1024 / 1e6:.1f}", f"{case.peak * 1024 / dataset.goal:.2f}")
    return [case.program, *times, ratio(case.seconds, ours.seconds), *memory]


def measure(dataset: Dataset, bundled: Dataset, tools: Tools, given: argparse.Namespace) -> None:
    """Measures one file, and prints its tables."""
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
    """What hospitui finds in a file, or what comes with it; taken row by row, so that this process stays small."""
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
        told = subprocess.run([tools.bench, "--index", str(path)], capture_output=True, text=True, check=False)
        index = int(told.stdout) if told.returncode == 0 else None
    return Dataset(path or Path(os.devnull), count, first, index)


def tools_of(given: argparse.Namespace) -> Tools:
    """Finds the programs; says which peers are missing."""
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


def newest_bench() -> str | None:
    """The newest build of the bench in Rust."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    built = [path for path in target.glob("release/deps/loading-*") if os.access(path, os.X_OK) and not path.suffix]
    return str(max(built, key=lambda path: path.stat().st_mtime)) if built else None


def rows(count: int) -> Iterator[list[str]]:
    """A table of generated facilities, in the columns of a continent's list."""
    yield ["Country", "Admin1", "Facility name", "Facility type", "Ownership", "Lat", "Long", "LL source"]
    rng = random.Random(2)
    for name in islice(generated(), count):
        country = rng.choice(("Kenya", "Nigeria", "Ghana", "Senegal", "Malawi"))
        kind, owner = rng.choice(("Health Post", "Health Centre", "Hospital")), rng.choice(("MoH", "Govt.", "FBO", ""))
        at = (f"{rng.uniform(-30, 15):.6f}", f"{rng.uniform(-17, 50):.6f}")
        yield [country, place(rng), name, kind, owner, *at, "GPS"]


def made(directory: Path) -> list[Path]:
    """Generated tables and a generated catalog, row by row, so that this process stays small."""
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
    options.add_argument("--hospitui", metavar="PATH", default=str(ROOT / "target/release/hospitui"),
                         help="default: target/release/hospitui of this repository")
    options.add_argument("--bench", metavar="PATH",
                         help="the built bench in Rust; default: the newest target/release/deps/loading-*")
    for peer in PEERS:
        options.add_argument(f"--{peer}", metavar="PATH", default=peer, help="default: found on PATH")
    options.add_argument("--duckdb", metavar="PYTHON", default=sys.executable,
                         help="a Python that has the module duckdb; default: the one that runs this")
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

#!/usr/bin/env python3
"""Measures each key of a list of tasks in hospitui: queries, filters, sorting, menus, marking, comparing, opened rows.

hospitui runs in a pseudo-terminal with a large table of ten columns (see made.py). Each key is sent when the screen
has settled after the one before. For each key:

  reacts    from writing the key to the first byte of the output
  settled   to the last byte before the screen has settled; the answer is on the screen

The screen has settled if nothing was drawn for a quiet time and the program used almost no processor time in it. The
quiet time is not counted. A key that draws nothing has a dash. The time that a terminal needs to show the bytes is not
measured.

Each start of the program does all tasks once, which is *first*, and then once more, which is *again*: what the first
time has made is known then. The tables have medians of the starts, and the worst of all. In *typed fast*, the keys come
at even times, without waiting, and the time is counted from the last key; so an older question may still be worked on.

After each query, the count above the list is read from the redrawn screen, and compared with what a plain loop over
the table counts, where the table is made here. The last table has the slowest key of each task at each size.
`Esc` is apart: hospitui waits 100 ms after it, because the sequences of other keys begin with it.

Needs Linux, for /proc. Progress goes to standard error.

  cargo build --release && python3 benches/tasks.py
  python3 benches/tasks.py --names names.txt --counts 100000 1000000 --starts 5
  python3 benches/tasks.py mine.csv catalog.json
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import made
from loading import Grid
from names import ROOT, machine, positive, print_table, version
from terminal import BACKSPACE, START_DEADLINE, Change, Ended, Program, Screen, window

COUNTS = [10_000, 100_000, 1_000_000]
ESCAPE, ENTER, DOWN, REDRAW, PAGE_DOWN, END, HOME = b"\x1b", b"\r", b"\x1b[B", b"\x0c", b"\x1b[6~", b"\x1b[F", b"\x1b[H"
PACE = 0.06
# The limits for a large table, in seconds: the screen reacts, the answer the first time, and again.
REACTS, FIRST, AGAIN = 0.033, 0.3, 0.05


def beds_above(row: dict[str, str], number: int) -> bool:
    """Whether a row has more beds."""
    return row["beds"].isdigit() and int(row["beds"]) > number


# The queries, and whether a row of the table is in the answer; nothing where a plain loop cannot tell.
QUERIES: dict[str, Callable[[dict[str, str]], bool] | None] = {
    "child": None,
    "chongqing": None,
    "owner:gov": lambda row: "gov" in row["ownership"].lower(),
    "beds>1000": lambda row: beds_above(row, 1000),
    "region=CK": lambda row: row["region"] == "CK",
    "country=niger": lambda row: False,
    "sort:beds": lambda row: True,
}


@dataclass(frozen=True)
class Key:
    """A key, how it is called in the tables, and a text that must be on the screen after it."""

    label: str
    keys: bytes
    shows: str = ""


@dataclass(frozen=True)
class Task:
    """Keys in order."""

    name: str
    keys: list[Key]
    query: str = ""


@dataclass
class Times:
    """The changes after one key of a task, the first time in each start and again."""

    first: list[Change] = field(default_factory=list)
    again: list[Change] = field(default_factory=list)


@dataclass
class Run:
    """The measurements with one file."""

    path: Path
    title: str
    count: int
    keys: dict[tuple[str, int, str], Times] = field(default_factory=dict)
    fast: dict[str, list[Change]] = field(default_factory=dict)
    starts: list[Change] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    memory: float = 0.0


def key(label: str, keys: bytes | None = None, shows: str = "") -> Key:
    """A key; a letter is its own label."""
    return Key(label, keys or label.encode(), shows)


def typing(query: str) -> Task:
    """A query typed and deleted."""
    return Task(query, [key("/"), *map(key, query)], query)


def tasks() -> Iterator[Task]:
    """All tasks. Each ends where it began: in the whole list."""
    for query in QUERIES:
        yield typing(query)
        yield Task(f"deleting {query}", [key("Backspace", BACKSPACE)] * len(query) + [key("Esc", ESCAPE)])
    escape, down = key("Esc", ESCAPE), key("Down", DOWN)
    yield Task("menu of filters", [key("f", shows="Filter by"), down, key("End", END), escape])
    yield Task("menu of sorting", [key("s", shows="beds"), down, key("End", END), escape])
    yield Task("moving", [key("j"), key("PgDn", PAGE_DOWN), key("End", END), key("Home", HOME)])
    # Hospitals with a number of beds, so that the opened row has the standing of both among all.
    yield Task("marking", [*map(key, "/beds>1"), key("Enter", ENTER), key("Space", b" "), key("j"), key("Space", b" ")])
    yield Task("comparing", [key("c", shows="SIDE BY SIDE")])
    opened = [key("Enter", ENTER, "have more"), key("j"), key("j"), key("k"), escape]
    yield Task("opened row", [*opened, *opened])
    yield Task("unmarking", [escape, key("Space", b" "), key("k"), key("Space", b" "), escape])


def act(screen: Screen, task: Task, run: Run, again: bool, deadline: float) -> None:
    """Does one task, and reads the count of a query."""
    for number, one in enumerate(task.keys):
        change = screen.type(one.keys, deadline)
        times = run.keys.setdefault((task.name, number, one.label), Times())
        (times.again if again else times.first).append(change)
        if one.shows and one.shows not in (text := screen_text(screen, deadline)):
            raise Ended(f"{task.name}: no {one.shows!r} on the screen after {one.label}:\n{text}")
    if task.query:
        run.shown[task.query] = counted(screen, deadline)


def screen_text(screen: Screen, deadline: float) -> str:
    """The screen, drawn anew."""
    grid = Grid(*screen.size)
    grid.feed(screen.type(REDRAW, deadline).output)
    return "\n".join(row.rstrip() for row in grid.rows())


def counted(screen: Screen, deadline: float) -> str:
    """The count of matches on the screen."""
    found = re.search(r"([\d,]+) of [\d,]+", screen_text(screen, deadline))
    return found[1].replace(",", "") if found else "?"


def fast(screen: Screen, query: str, run: Run, deadline: float) -> None:
    """Types a query at an even pace, waits after its last key only, and deletes it."""
    screen.type(b"/", deadline)
    *before, last = query
    for letter in before:
        began = time.perf_counter()
        os.write(screen.master, letter.encode())
        while (left := began + PACE - time.perf_counter()) > 0:
            if screen.readable(left):
                screen.read()
    began = time.perf_counter()
    os.write(screen.master, last.encode())
    run.fast.setdefault(query, []).append(screen.settle(began, deadline))
    screen.type(ESCAPE, deadline)


def start(hospitui: str, run: Run, given: argparse.Namespace) -> None:
    """Starts the program and does all tasks twice, or only the fast typing in a second start."""
    for only_fast in (False, True):
        with ExitStack() as stack:
            screen = Screen(Program(run.title, [hospitui, str(run.path)]), given.size, given.quiet)
            stack.callback(screen.close)
            run.starts.append(screen.settle(screen.spawned, START_DEADLINE, silent=False))
            if only_fast:
                for query in QUERIES:
                    fast(screen, query, run, given.deadline)
                continue
            for again in (False, True):
                for task in tasks():
                    print(f"{run.title}: {task.name}", file=sys.stderr)
                    act(screen, task, run, again, given.deadline)
            run.memory = max(run.memory, screen.memory())


def settled(changes: Sequence[Change]) -> list[float]:
    """The seconds to the settled screen of the keys that drew something."""
    return [change.last for change in changes if not change.unchanged]


def reacted(changes: Sequence[Change]) -> list[float]:
    """The seconds to the first byte. A key that has drawn nothing until the deadline has the deadline."""
    return [change.first if change.output else change.last for change in changes if not change.unchanged]


def milliseconds(times: Sequence[float], of: Callable[[Sequence[float]], float] = statistics.median) -> str:
    """The time as text; a dash if there is none."""
    return f"{1000 * of(times):.1f}" if times else "–"


def key_row(name: str, label: str, times: Times) -> list[str]:
    """The table row of one key."""
    both = [*times.first, *times.again]
    over = [what for what, slow in (
        ("reacts", max(reacted(both), default=0) > REACTS), ("first", max(settled(times.first), default=0) > FIRST),
        ("again", max(settled(times.again), default=0) > AGAIN), ("late", any(change.late for change in both))) if slow]
    values = [values for changes in (times.first, times.again) for values in (reacted(changes), settled(changes))]
    return [name, label, *map(milliseconds, values), milliseconds(reacted(both), max),
            milliseconds(settled(times.first), max), milliseconds(settled(times.again), max), " ".join(over)]


def report(run: Run, given: argparse.Namespace) -> None:
    """Prints the tables of one file."""
    print(f"\n\n{run.title}, {run.path.stat().st_size / 1e6:.1f} MB, {given.size[0]} columns by {given.size[1]} rows, "
          f"{given.starts} starts, quiet for {1000 * given.quiet:.0f} ms, memory {run.memory * 1.048576:.0f} MB")
    first, last = [statistics.median(values) for values in zip(*((one.first, one.last) for one in run.starts))]
    print(f"Start: first output {1000 * first:.1f} ms, all settled {1000 * last:.1f} ms")
    header = ["task", "key", "first: reacts", "settled", "again: reacts", "settled", "worst: reacts", "first", "again",
              "over"]
    title = f"Each key, ms; over: {1000 * REACTS:.0f} ms to react, {1000 * FIRST:.0f} ms first, {1000 * AGAIN:.0f} again"
    print_table(title, header, [key_row(name, label, times) for (name, _, label), times in run.keys.items()], words=2)
    rows = [[query, milliseconds(settled(changes)), milliseconds(settled(changes), max)]
            for query, changes in run.fast.items()]
    print_table(f"Typed fast, a key each {1000 * PACE:.0f} ms: from the last key to the settled screen, ms",
                ["query", "median", "worst"], rows)


def check(run: Run) -> None:
    """Compares the counts on the screen with those of a plain loop over the table."""
    expected = {query: 0 for query, test in QUERIES.items() if test}
    with run.path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for query in expected:
                expected[query] += QUERIES[query](row)
    rows = [[query, run.shown.get(query, "?"), str(count), "" if run.shown.get(query) == str(count) else "differs"]
            for query, count in expected.items()]
    print_table("Counts on the screen, and of a plain loop", ["query", "screen", "loop", ""], rows)


def slowest(run: Run, name: str, when: str) -> float:
    """The median of the slowest key of a task. `Esc` is a task of its own."""
    of_task = [changes for (task, _, label), changes in run.keys.items()
               if (label == "Esc") == (name == "Esc") and name in (task, label)]
    medians = [statistics.median(times) for changes in of_task if (times := settled(getattr(changes, when)))]
    return max(medians, default=0.0)


def growth(runs: Sequence[Run]) -> None:
    """Prints the slowest key of each task at each size, and how it grows."""
    rows = []
    for name in dict.fromkeys([*(name for name, _, _ in runs[-1].keys), "Esc"]):
        for when in ("first", "again"):
            times = [slowest(run, name, when) for run in runs]
            each = [1e6 * one / run.count for one, run in zip(times, runs)]
            factor = f"{each[-1] / each[-2]:.2f}" if len(each) > 1 and each[-2] else "–"
            rows.append([name, when, *(f"{1000 * one:.1f}" for one in times), *(f"{one:.3f}" for one in each), factor])
    counts = [f"{run.count:,}" for run in runs]
    print_table("Slowest key of each task: ms, then microseconds a row, and the factor of the last two sizes",
                ["task", "", *counts, *counts, "factor"], rows, words=2)


def runs_of(given: argparse.Namespace, folder: Path, hospitui: str) -> Iterator[Run]:
    """The files that are given, or made tables."""
    for path in given.files:
        yield Run(path, path.name, 0)
    for count in () if given.files else given.counts:
        stem = f"{given.names.stem if given.names else 'generated'}-{len(made.HEADINGS)}-{count}"
        path = folder / f"{stem}.csv"
        if not path.exists():
            made.table(path, count, given.names)
        kind = given.names.name if given.names else "generated names"
        yield Run(path, f"{count:,} rows of CSV, {kind}", count)
        if given.json:
            catalog = folder / f"{stem}.json"
            if not catalog.exists():
                made.catalog(hospitui, path, catalog)
            yield Run(catalog, f"{count:,} hospitals of JSON, {kind}", count)


def parsed() -> argparse.Namespace:
    """The options."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", metavar="FILE", nargs="*", type=Path, help="datasets; default: made tables")
    options.add_argument("--hospitui", metavar="PATH", default=str(ROOT / "target/release/hospitui"),
                         help="default: target/release/hospitui of this repository")
    options.add_argument("--names", metavar="FILE", type=Path, help="names, one a line; default: generated")
    options.add_argument("--counts", metavar="N", nargs="+", type=positive, default=COUNTS, help="rows of the tables")
    options.add_argument("--json", action="store_true", help="the same hospitals as our own JSON, too")
    options.add_argument("--size", metavar="CxR", type=window, default=(200, 50), help="the window; default: 200x50")
    options.add_argument("--quiet", metavar="S", type=float, default=0.15, help="the quiet time; default: 0.15 s")
    options.add_argument("--deadline", metavar="S", type=float, default=20.0, help="for each key; default: 20 s")
    options.add_argument("--starts", metavar="N", type=positive, default=3, help="starts of the program; default: 3")
    options.add_argument("--keep", metavar="FOLDER", type=Path, help="keep the made files here, and use them again")
    return options.parse_args()


def main() -> None:
    """Measures, and prints the tables."""
    given = parsed()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the programs end, and the files go
    hospitui = shutil.which(given.hospitui)
    if hospitui is None:
        raise SystemExit(f"{given.hospitui}: not found; `cargo build --release` makes it")
    hospitui = os.path.abspath(hospitui)
    print(f"{machine()}\n{version(hospitui, '--version')}")
    with ExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        every = []
        for run in runs_of(given, folder, hospitui):
            for _ in range(given.starts):
                start(hospitui, run, given)
            report(run, given)
            if run.path.suffix == ".csv" and not given.files:
                check(run)
            every.append(run)
        for suffix in (".csv", ".json"):
            alike = [run for run in every if run.count and run.path.suffix == suffix]
            if alike:
                growth(alike)


if __name__ == "__main__":
    try:
        main()
    except Ended as early:
        sys.exit(str(early))

#!/usr/bin/env python3
"""Measures the time from a keystroke to the settled screen, and the output, in hospitui and in fuzzy finders.

Each program runs in its own pseudo-terminal with the same names: hospitui with a catalog, fzf and sk with lines, and
hospitui again with its few bundled hospitals. All are open at once and take turns with each query of a list, which is
typed key by key and then deleted key by key. The next key is sent only when the screen has settled.

For each key, the time from writing it to the last byte of the following output is measured, and the number of bytes.
The screen has settled if nothing was drawn for a quiet time and the program used almost no processor time in it,
because some programs show a letter first and its matches much later. The quiet time is not counted. The time that a
terminal needs to show the bytes is not measured.

- A key that draws nothing counts as unchanged, not as 0 ms.
- A screen that has not settled at the deadline counts as late, with the deadline as its time.
- The start is measured from the spawn to the first output and to the settled list of all entries. Questions of the
  programs to the terminal, such as for its colours, are answered at once.
- The memory is the peak of the resident set (VmHWM) of the process that was typed into. The ratio is the p90 divided by
  that of hospitui.
- At the end, one query is typed again and the window is made smaller, so that everything is redrawn. The number of
  matches on the screen shows whether the program has really searched.

Needs Linux, for /proc. Takes some minutes; progress goes to standard error.

  cargo build --release && python3 benches/terminal.py
  python3 benches/terminal.py --names names.txt --size 100x30 --rounds 3
"""

from __future__ import annotations

import fcntl
import math
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from names import Binaries, Inputs, binaries, environment, parser, positive, print_table, write_inputs

QUERIES = (
    "chong|st mary|hospital|children hos|mdjng|beijing|重庆|妇幼|人民医院|儿童医院|clinic|san josé|gen hosp|"
    "health center|univ med|north|shanghai|mary child|hôpital|zzz|x|guangzhou|women|dental ki|king"
).split("|")
CHECKED = "children hos"
ANSWERS = (
    (b"\x1b]10;?", b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\"),
    (b"\x1b]11;?", b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
    (b"\x1b[c", b"\x1b[?62c"),
    (b"\x1b[6n", b"\x1b[1;1R"),
)
BACKSPACE, INTERRUPT = b"\x7f", b"\x03"
START_DEADLINE, END_DEADLINE = 60.0, 3.0
# A program that uses more than this share of one processor is working and may draw. An idle sk uses 0.02.
BUSY = 0.2


@dataclass(frozen=True)
class Program:
    """How to start a program, and the keys that lead to its search box."""

    name: str
    command: list[str]
    stdin: Path | None = None
    opening: bytes = b""


@dataclass(frozen=True)
class Change:
    """The output until the screen had settled, and the seconds to its first and last byte."""

    first: float
    last: float
    output: bytes
    late: bool

    @property
    def unchanged(self) -> bool:
        """Whether the screen has settled without output."""
        return not self.output and not self.late


class Ended(Exception):
    """A program ended too early."""


class Screen:
    """A program in a pseudo-terminal."""

    def __init__(self, program: Program, size: tuple[int, int], quiet: float) -> None:
        self.program, self.size, self.quiet, self.tail, self.stray = program, size, quiet, b"", 0
        self.master, slave = pty.openpty()
        self.resize(*size)
        self.spawned = time.perf_counter()
        stdin = slave if program.stdin is None else os.open(program.stdin, os.O_RDONLY)
        self.process = subprocess.Popen(
            program.command, stdin=stdin, stdout=slave, stderr=slave, env=environment(), start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(slave, termios.TIOCSCTTY, 0),
        )
        for descriptor in {stdin, slave}:
            os.close(descriptor)

    def resize(self, columns: int, rows: int) -> None:
        """Changes the size of the window."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, keys: bytes, deadline: float) -> Change:
        """Writes keys, and waits until the screen has settled."""
        while self.readable(0):
            self.stray += len(self.read())
        began = time.perf_counter()
        os.write(self.master, keys)
        return self.settle(began, deadline)

    def settle(self, began: float, deadline: float, silent: bool = True) -> Change:
        """Waits until the screen has settled. Unless `silent` is set, something must be drawn."""
        output, times, busy = bytearray(), [began, began], self.processor()
        quiet_from = began
        while (now := time.perf_counter()) < began + deadline:
            if self.readable(min(quiet_from + self.quiet, began + deadline) - now):
                chunk = self.read()
                quiet_from = time.perf_counter()
                times = [times[0] if output else quiet_from, quiet_from]
                output += chunk
                busy = self.processor()
            elif time.perf_counter() >= quiet_from + self.quiet:
                used = self.processor() - busy
                if used <= BUSY * self.quiet and (output or silent):
                    return Change(times[0] - began, times[1] - began, bytes(output), late=False)
                quiet_from, busy = time.perf_counter(), busy + used
        return Change(times[0] - began, deadline, bytes(output), late=True)

    def readable(self, seconds: float) -> bool:
        """Waits at most the given time for output."""
        return bool(select.select([self.master], [], [], max(0.0, seconds))[0])

    def read(self) -> bytes:
        """Reads the output and answers its questions to the terminal."""
        try:
            chunk = os.read(self.master, 1 << 16)
        except OSError as ended:
            raise Ended(f"{self.program.name} has ended; the last it wrote: {self.tail!r}") from ended
        for question, answer in ANSWERS:
            before = self.tail[1 - len(question):]  # a question may be split between two reads
            os.write(self.master, answer * (before + chunk).count(question))
        self.tail = (self.tail + chunk)[-200:]
        return chunk

    def processor(self) -> float:
        """The processor time of all threads of the program, in seconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """The memory peak in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024

    def close(self) -> None:
        """Asks the program to end, and kills it if it does not."""
        until = time.perf_counter() + END_DEADLINE
        try:
            os.write(self.master, INTERRUPT)
            while time.perf_counter() < until and self.readable(until - time.perf_counter()):
                os.read(self.master, 1 << 16)
        except OSError:
            pass  # the program has closed the terminal
        try:
            self.process.wait(max(0.1, until - time.perf_counter()))
        except subprocess.TimeoutExpired:
            print(f"{self.program.name}: did not end, killed", file=sys.stderr)
            self.process.kill()
            self.process.wait()
        os.close(self.master)


@dataclass
class Record:
    """The measurements of one program."""

    program: Program
    starts: list[Change] = field(default_factory=list)
    typed: list[Change] = field(default_factory=list)
    deleted: list[Change] = field(default_factory=list)
    memory: float = 0.0
    shown: str = "ended too early"


Pair = tuple[Record, Screen]


def programs(found: Binaries, inputs: Inputs) -> list[Program]:
    """The programs to measure. The others are compared with the first."""
    every = [Program("hospitui", [found.hospitui, str(inputs.catalog)], opening=b"/")]
    every += [Program(name, [path], inputs.names) for name, path in (("fzf", found.fzf), ("sk", found.sk)) if path]
    return [*every, Program("hospitui, bundled", [found.hospitui], opening=b"/")]


def start(record: Record, size: tuple[int, int], quiet: float, stack: ExitStack) -> Screen:
    """Starts a program, and waits for its list."""
    screen = Screen(record.program, size, quiet)
    stack.callback(screen.close)
    record.starts.append(screen.settle(screen.spawned, START_DEADLINE, silent=False))
    return screen


def measure(record: Record, screen: Screen, query: str, deadline: float) -> None:
    """Types a query key by key, and deletes it."""
    for key in query:
        record.typed.append(screen.type(key.encode(), deadline))
    for _ in query:
        record.deleted.append(screen.type(BACKSPACE, deadline))


def finish(record: Record, screen: Screen, size: tuple[int, int], deadline: float) -> None:
    """Records the memory, types a query again, and reads the number of matches from the redrawn screen."""
    record.memory = screen.memory()
    if screen.stray:
        print(f"{record.program.name}: {screen.stray} bytes came between the keys", file=sys.stderr)
    screen.type(CHECKED.encode(), deadline)
    began = time.perf_counter()
    screen.resize(size[0], size[1] - 1)
    drawn = screen.settle(began, deadline).output.decode(errors="replace")
    counts = re.findall(r"(\d+) ?(?:/|of) ?\d+", re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", drawn))
    record.shown = counts[-1] if counts else "?"


def each(pairs: Sequence[Pair], act: Callable[[Record, Screen], object]) -> list[Pair]:
    """Runs `act` for all programs in turn. Returns those that are still running."""
    alive = []
    for record, screen in pairs:
        try:
            act(record, screen)
            alive.append((record, screen))
        except Ended as ended:
            print(ended, file=sys.stderr)
    return alive


def session(pairs: Sequence[Pair], rounds: int, size: tuple[int, int], deadline: float) -> None:
    """Types every query into every program in turn."""
    alive = each(pairs, lambda record, screen: screen.type(record.program.opening, deadline))
    for query in QUERIES * rounds:
        print(f"typing {query}", file=sys.stderr)
        alive = each(alive, partial(measure, query=query, deadline=deadline))
    each(alive, partial(finish, size=size, deadline=deadline))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value such that at least `share` of all values are not above it."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def seconds(changes: Sequence[Change]) -> list[float]:
    """The times of the keys that changed the screen."""
    return [change.last for change in changes if not change.unchanged]


def key_row(record: Record, changes: Sequence[Change], base: Sequence[Change]) -> list[str]:
    """The table row of one program's keys."""
    times, ours = seconds(changes), seconds(base)
    sizes = [len(change.output) for change in changes if not change.unchanged]
    counts = [str(len(changes)), str(len(changes) - len(times)), str(sum(change.late for change in changes))]
    memory = f"{record.memory:.0f}" if record.memory else "–"
    if not times:
        return [record.program.name, *counts, *["–"] * 6, memory, "–"]
    values = [percentile(times, share) for share in (0.5, 0.9, 0.99, 1.0)]
    ratio = f"{values[1] / percentile(ours, 0.9):.2f}" if ours else "–"
    return [record.program.name, *counts, *(f"{1000 * value:.1f}" for value in values),
            f"{statistics.median(sizes):.0f}", f"{statistics.mean(sizes):.0f}", memory, ratio]


def start_row(record: Record) -> list[str]:
    """The table row of one program's starts."""
    first = statistics.median(change.first for change in record.starts)
    last = statistics.median(change.last for change in record.starts)
    return [record.program.name, f"{1000 * first:.1f}", f"{1000 * last:.1f}"]


def report(records: Sequence[Record], count: int, size: tuple[int, int], quiet: float) -> None:
    """Prints the tables."""
    print(f"{count} names, {size[0]} columns by {size[1]} rows, quiet for {1000 * quiet:.0f} ms")
    header = ["program", "keys", "unchanged", "late", "p50", "p90", "p99", "worst", "bytes", "mean", "MB", "p90 ratio"]
    ours = records[0]
    print_table("Typing: ms to the settled screen, bytes a key (median and mean), memory", header,
                [key_row(record, record.typed, ours.typed) for record in records])
    print_table("Deleting, likewise", header, [key_row(record, record.deleted, ours.deleted) for record in records])
    print_table(f"Starting: ms, medians of {len(ours.starts)}", ["program", "first output", "settled list"],
                [start_row(record) for record in records])
    shown = "; ".join(f"{record.program.name}: {record.shown}" for record in records)
    print(f"\nMatches shown for “{CHECKED}”: {shown}")


def window(text: str) -> tuple[int, int]:
    """Columns and rows from `200x50`."""
    if not (parts := re.fullmatch(r"(\d+)x(\d+)", text)):
        raise ArgumentTypeError(f"{text} is not like 200x50")
    return int(parts[1]), int(parts[2])


def main() -> None:
    """Measures, and prints the tables."""
    options = parser(__doc__)
    options.add_argument("--size", metavar="CxR", type=window, default=(200, 50), help="the window; default: 200x50")
    options.add_argument("--quiet", metavar="S", type=float, default=0.15, help="the quiet time; default: 0.15 s")
    options.add_argument("--deadline", metavar="S", type=float, default=5.0, help="for each key; default: 5 s")
    options.add_argument("--starts", metavar="N", type=positive, default=3, help="starts of each program; default: 3")
    options.add_argument("--rounds", metavar="N", type=positive, default=1, help="times the queries; default: 1")
    given = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the programs end, and the files go
    found = binaries(given)
    with tempfile.TemporaryDirectory() as directory:
        inputs = write_inputs(Path(directory), given.names, given.count)
        records = [Record(program) for program in programs(found, inputs)]
        for _ in range(given.starts - 1):
            for record in records:
                with ExitStack() as alone:
                    start(record, given.size, given.quiet, alone)
        with ExitStack() as stack:
            screens = [start(record, given.size, given.quiet, stack) for record in records]
            session(list(zip(records, screens)), given.rounds, given.size, given.deadline)
    report(records, inputs.count, given.size, given.quiet)


if __name__ == "__main__":
    try:
        main()
    except Ended as early:
        sys.exit(str(early))

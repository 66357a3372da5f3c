"""Shared by the scripts that measure: the names to search, the programs, the machine, and tables.

The names come from a file (`--names`) or are generated. Generated names are the same on every run. They are 25 bytes
long on average; one fifth is Chinese, some have accents, a few are in other scripts."""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GENERATED = 200_000

HEADS = "al an ba ber bon car chi da del el fa gol gwa ha in ja ka kin lo ma mi na nor o pa ran sa ta va wes".split()
MIDDLES = "ba bin da der go hi ka la li lo ma mi na nga ra ri sha sto ta ti vi wa za".split()
TAILS = "bad burg dale di field ga gar ham ja ko la ley mi na nagar ni pur ra ro to ton vale ville wa wick ya".split()
CITIES = "Beijing Chongqing Guangzhou Mudanjiang Shanghai Springfield Houston Lagos Nairobi Manila Kingston".split()
SAINTS = "St Mary's|St. Luke's|Saint Joseph|Santa Clara|San José|São João|St. Anne|Kaiser|Mercy|Lady King".split("|")
KINDS = (
    "Hospital|Hospital|Clinic|Health Centre|Health Center II|Health Post|Children's Hospital|General Hospital|"
    "Medical Center|University Medical Center|Dispensary|Dental Clinic|Maternity Home|Women and Children's Hospital|"
    "Eye Hospital|Nursing Home|Community Health Centre|Memorial Hospital|Primary Health Centre"
).split("|")
ACCENTED = (
    "Hôpital de|Hôpital Général de|Centre de Santé de|Clínica|Centro Médico de la|Centro de Saúde de|Posto de Saúde|"
    "Klinikum für Kinder|Nemocnice Město|Şifa Hastanesi|Bệnh viện Đa khoa|Szpital Świętej Anny"
).split("|")
HAN_CITIES = "北京 重庆 重庆市渝北区 广州 上海 牡丹江 成都市 武汉市江夏区 青岛 瑞康 仙台 沈阳市 河口区 臺中".split()
HAN_WORDS = "东南西北仁爱新华康宁和平安同济长江山第一二三四福民海河光明"
HAN_KINDS = "人民医院 妇女儿童医院 妇幼保健院 中心医院 中医院 儿童医院 口腔门诊部 社区卫生服务中心 中醫診所".split()
OTHERS = "Городская больница №|Поликлиника №|مستشفى الأطفال|서울어린이병원|さくらクリニック|โรงพยาบาล".split("|")


def place(rng: random.Random) -> str:
    """An invented or a real place."""
    if rng.random() < 0.1:
        return rng.choice(CITIES)
    middle = rng.choice(MIDDLES) if rng.random() < 0.6 else ""
    return (rng.choice(HEADS) + middle + rng.choice(TAILS)).capitalize()


def name(rng: random.Random) -> str:
    """The name of one hospital."""
    kind = rng.random()
    if kind < 0.20:
        return rng.choice(HAN_CITIES) + rng.choice(HAN_WORDS) + rng.choice(HAN_WORDS) + rng.choice(HAN_KINDS)
    if kind < 0.30:
        return f"{rng.choice(ACCENTED)} {place(rng)}"
    if kind < 0.32:
        return f"{rng.choice(OTHERS)} {rng.randrange(1, 300)}"
    if kind < 0.42:
        return f"{rng.choice(SAINTS)} {rng.choice(KINDS)} {place(rng)}"
    if kind < 0.52:
        return f"{place(rng)} {rng.choice(('North', 'South', 'East', 'West'))} {rng.choice(KINDS)}"
    whole = f"{place(rng)} {rng.choice(KINDS)}"
    return whole.upper() if kind < 0.60 else whole


def generated() -> Iterator[str]:
    """An endless sequence of names, the same on every run."""
    rng = random.Random(1)
    while True:
        yield name(rng)


@dataclass
class Inputs:
    """The same names in the input formats of the programs."""

    names: Path
    catalog: Path
    count: int = 0


def write_inputs(directory: Path, source: Path | None, count: int | None) -> Inputs:
    """Writes at most `count` names as lines and as a catalog, one by one, to keep the memory of this process small."""
    made = Inputs(directory / "names.txt", directory / "catalog.json")
    with made.names.open("w", encoding="utf-8") as lines, made.catalog.open("w", encoding="utf-8") as catalog:
        catalog.write('{"title": "Names", "hospitals": [')
        for one in islice(wanted(source), count or (None if source else GENERATED)):
            lines.write(one + "\n")
            hospital = {"id": f"h{made.count:06}", "name": one}
            catalog.write((", " if made.count else "") + json.dumps(hospital, ensure_ascii=False))
            made.count += 1
        catalog.write("]}\n")
    return made


def wanted(source: Path | None) -> Iterator[str]:
    """The lines of `source`, or generated names."""
    if source is None:
        yield from generated()
        return
    with source.open(encoding="utf-8") as lines:
        yield from (line.strip() for line in lines if line.strip())


@dataclass(frozen=True)
class Binaries:
    """The programs to measure; `None` for those that are not installed."""

    hospitui: str
    fzf: str | None
    sk: str | None


def parser(doc: str | None) -> argparse.ArgumentParser:
    """The common options of the measurements, with the docstring as help."""
    made = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--hospitui", metavar="PATH", default=str(ROOT / "target/release/hospitui"),
                      help="default: target/release/hospitui of this repository")
    made.add_argument("--fzf", metavar="PATH", default="fzf", help="default: found on PATH")
    made.add_argument("--sk", metavar="PATH", default="sk", help="default: found on PATH")
    made.add_argument("--names", metavar="FILE", type=Path, help="names to search, one a line; default: generated")
    made.add_argument("--count", metavar="N", type=positive,
                      help=f"at most so many names; default: the whole file, or {GENERATED} generated")
    return made


def add_programs(options: argparse.ArgumentParser, peers: Sequence[str]) -> None:
    """Adds the options that tell where the programs are that are measured."""
    options.add_argument("--hospitui", metavar="PATH", default=str(ROOT / "target/release/hospitui"),
                         help="default: target/release/hospitui of this repository")
    options.add_argument("--bench", metavar="PATH",
                         help="the built bench in Rust; default: the newest target/release/deps/loading-*")
    for peer in peers:
        options.add_argument(f"--{peer}", metavar="PATH", default=peer, help="default: found on PATH")
    options.add_argument("--duckdb", metavar="PYTHON", default=sys.executable,
                         help="a Python that has the module duckdb; default: the one that runs this")


def positive(text: str) -> int:
    """A whole number above zero."""
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not above zero")
    return number


def binaries(options: argparse.Namespace) -> Binaries:
    """Finds the programs and reports the missing ones."""
    found = {each: shutil.which(getattr(options, each)) for each in ("hospitui", "fzf", "sk")}
    if found["hospitui"] is None:
        raise SystemExit(f"{options.hospitui}: not found; `cargo build --release` makes it")
    for peer in ("fzf", "sk"):
        if found[peer] is None:
            print(f"{peer}: not found, skipped", file=sys.stderr)
    return Binaries(os.path.abspath(found["hospitui"]), found["fzf"], found["sk"])


def environment() -> dict[str, str]:
    """The same environment for all programs: UTF-8, default colours, no user settings."""
    user_settings = ("FZF_", "SKIM_", "HOSPITUI_", "NO_COLOR", "COLORTERM", "LC_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(user_settings)}
    return {**kept, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "HOSPITUI_CONFIG": ""}


def machine() -> str:
    """The day, the processor, the number of threads that programs may use, and the system."""
    info = Path("/proc/cpuinfo")
    models = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")] \
        if info.exists() else []
    threads = len(os.sched_getaffinity(0))
    return f"{time.strftime('%Y-%m-%d')}, {models[0] if models else platform.machine()}, {threads} threads, " \
           f"{platform.system()} {platform.release()}"


def version(*command: str) -> str:
    """The first line that a program prints of its version."""
    printed = subprocess.run([*command], capture_output=True, text=True, check=False, env=environment())
    return (printed.stdout or printed.stderr).strip().partition("\n")[0] or "version unknown"


def cells(text: str) -> int:
    """The width of `text` in terminal columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def print_table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> None:
    """Prints columns. The first `words` columns have text, the others numbers."""
    widths = [max(cells(row[column]) for row in (header, *rows)) for column in range(len(header))]
    print(f"\n{title}\n")
    for row in (header, *rows):
        gaps = [" " * (width - cells(cell)) for cell, width in zip(row, widths)]
        columns = [cell + gap if at < words else gap + cell for at, (cell, gap) in enumerate(zip(row, gaps))]
        print("  ".join(columns).rstrip())

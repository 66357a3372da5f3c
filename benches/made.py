#!/usr/bin/env python3
"""Makes the files that commands.py and tasks.py measure, or writes one of them.

A table has ten columns under plain headings that belong to no publisher, so hospitui reads it by synonyms, with the
longest list of texts for a missing value. The cells are the same on every run:

  id         a number          postcode   a number
  name       see below         phone      a number with hyphens
  address    number, street    kind       one of six
  city       a place           ownership  one of six
  region     one of fifty      beds       a number; one in twenty is `NA`, one in forty is empty

Names are generated, or come from a file with a name on each line. When more rows are wanted than the file has names,
the others take the first words of one name and the last words of another, so that a large table has no more equal
names than a real one.

The same hospitals as our own JSON come from `hospitui convert`. A wide table has few hospitals and many columns of
numbers and texts; two editions differ in about one cell of fifty.

  python3 benches/made.py 1000000 hospitals.csv
  python3 benches/made.py --names names.txt --columns 2 200000 names.csv
  python3 benches/made.py --wide 8000 --edition 2024 20 wide.csv
"""

from __future__ import annotations

import argparse
import csv
import random
import subprocess
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from names import environment, generated, place, positive, wanted

HEADINGS = "id name address city region postcode phone kind ownership beds".split()
REGIONS = [first + second for first in "ABCDE" for second in "KLMNOPQRST"]
KINDS = ("Acute care", "Critical access", "Psychiatric", "Childrens", "Rehabilitation", "Long-term care")
OWNERS = ("Government - State", "Government - Local", "Proprietary", "Voluntary non-profit - Private",
          "Voluntary non-profit - Church", "Physician")
NO_NAMES = ("inconnu", "unknown", "none")
STREETS = ("Main Street", "Church Road", "Hospital Lane", "Station Road", "High Street", "Market Square")


def endless(source: Path | None) -> Iterator[str]:
    """The names of the file, and then new ones from their words; or generated names."""
    if source is None:
        yield from generated()
    # hospitui rejects a row with a lone sign or a word for `unknown` as its name.
    rng, known = random.Random(3), [name for name in wanted(source)
                                    if any(map(str.isalnum, name)) and name.lower() not in NO_NAMES]
    yield from known
    while True:
        first, last = rng.choice(known).split(), rng.choice(known).split()
        yield " ".join(first[:(len(first) + 1) // 2] + last[len(last) // 2:])


def beds(rng: random.Random) -> str:
    """A number of beds, or what tables have for a missing one."""
    share = rng.random()
    return "NA" if share < 0.05 else "" if share < 0.075 else str(rng.randrange(1, 1300))


def rows(count: int, source: Path | None) -> Iterator[list[str]]:
    """The rows of a table, without the headings."""
    rng = random.Random(5)
    for number, name in enumerate(islice(endless(source), count)):
        phone = f"555-{rng.randrange(100, 1000)}-{rng.randrange(1000, 10000)}"
        yield [str(100_000 + number), name, f"{rng.randrange(1, 9000)} {rng.choice(STREETS)}", place(rng),
               rng.choice(REGIONS), str(rng.randrange(10_000, 99_999)), phone, rng.choice(KINDS), rng.choice(OWNERS),
               beds(rng)]


def table(path: Path, count: int, source: Path | None, columns: int = len(HEADINGS)) -> None:
    """Writes a table row by row, to keep the memory of this process small."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS[:columns])
        writer.writerows(row[:columns] for row in rows(count, source))


def names_of(path: Path, lines: Path) -> None:
    """Writes the names of a table, a line each."""
    with path.open(encoding="utf-8", newline="") as file, lines.open("w", encoding="utf-8") as out:
        out.writelines(row["name"] + "\n" for row in csv.DictReader(file))


def catalog(hospitui: str, path: Path, out: Path) -> None:
    """Writes a table as our own JSON."""
    with out.open("wb") as file:
        subprocess.run([hospitui, "convert", str(path)], stdout=file, env=environment(), check=True)


def wide(path: Path, count: int, columns: int, edition: int) -> None:
    """Writes a table of few hospitals with many columns. Every second column has numbers, the others texts."""
    rng, changes = random.Random(7), random.Random(edition)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        titles = ("Measure {}" if column % 2 else "Service {}" for column in range(columns))
        writer.writerow(["id", "name", *(title.format(column) for column, title in enumerate(titles))])
        for number, name in enumerate(islice(generated(), count)):
            cells = [rng.randrange(1000) for _ in range(columns)]
            cells = [cell + 1000 if changes.random() < 0.01 else cell for cell in cells]
            writer.writerow([f"w{number}", name, *(
                cell if column % 2 else f"offered in {cell} rooms" for column, cell in enumerate(cells))])


def main() -> None:
    """Writes one table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("count", metavar="N", type=positive, help="the number of hospitals")
    options.add_argument("out", metavar="FILE", type=Path, help="the table to write")
    options.add_argument("--names", metavar="FILE", type=Path, help="names, one a line; default: generated")
    options.add_argument("--columns", metavar="N", type=positive, default=len(HEADINGS),
                         help="only the first columns; 2 for id and name")
    options.add_argument("--wide", metavar="N", type=positive, help="a wide table with so many columns instead")
    options.add_argument("--edition", metavar="YEAR", type=int, default=2023, help="of a wide table; default: 2023")
    given = options.parse_args()
    if given.wide:
        wide(given.out, given.count, given.wide, given.edition)
    else:
        table(given.out, given.count, given.names, given.columns)


if __name__ == "__main__":
    main()

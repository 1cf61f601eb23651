"""Counts the fixture by regular expressions over its raw XML, knowing nothing of the package's reader."""

import re
import sys
import zipfile
from collections import Counter
from html import unescape
from pathlib import Path

fixture = Path(__file__).parent / "fixtures" / "approval-matrix-2025-08.xlsx"
archive = zipfile.ZipFile(sys.argv[1] if len(sys.argv) > 1 else fixture)
texts = [unescape("".join(re.findall(r"<t[^>]*>([^<]*)</t>", item)))
         for item in archive.read("xl/sharedStrings.xml").decode().split("<si>")[1:]]


def cells(part):
    """(column, row) -> text of one sheet."""
    found = {}
    for column, row, shared, value in re.findall(
            r'<c r="([A-Z]+)(\d+)"( t="s")?><v>([^<]*)</v></c>', archive.read(part).decode()):
        found[column, int(row)] = texts[int(value)] if shared else value
    return found


everyone = set()
for number, (cluster, sites, sequence, seats) in enumerate(
        [("C", "D", "E", "FGH"), ("C", "D", "E", "FG"), ("B", "C", "D", "EFG"), ("B", "C", "D", "EF")], 1):
    sheet = cells(f"xl/worksheets/sheet{number}.xml")
    rows = sorted({row for _, row in sheet if row > 4})
    first, differing, people, holders = {}, Counter(), set(), Counter()
    for row in rows:
        code = sheet[cluster, row]
        seat = {column: re.findall(r"[\w.]+@[\w.]+", sheet[column, row]) for column in seats}
        people.update(*seat.values())
        if code not in first:
            first[code] = {"M": re.sub(r"\D", "", sheet[sequence, row]), **seat}
            holders.update({column: len(who) for column, who in seat.items()})
            continue
        if re.sub(r"\D", "", sheet[sequence, row]) != first[code]["M"]:
            differing["M-sequence"] += 1
        for column in seats:
            if seat[column] != first[code][column]:
                differing[sheet[column, 4]] += 1
    everyone |= people
    print(f"{sheet['A', 1]}: {len(rows)} rows, {len(first)} clusters, "
          f"{sum(int(sheet[sites, row]) for row in rows)} sites, {len(people)} people, "
          f"{sum(holders.values())} approvers {dict(holders)}, differing rows {dict(differing)}")
print(f"{len(everyone)} people in all sheets")

matrix = cells("xl/worksheets/sheet5.xml")
vendors, policies = "", 0
for row in range(2, 12):
    vendors = matrix.get(("A", row), vendors if row in (3, 4, 5, 7) else "")
    chain = [matrix[column, 1] for column in "CDEFGHIJ" if (column, row) in matrix]
    count = len(vendors.split(",")) if chain else 0
    policies += count
    print(f"{matrix['B', row]}: {vendors or 'any'}: {' > '.join(chain) or 'no chain'}: {count} policies")
print(f"{policies} policies")

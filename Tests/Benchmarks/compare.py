"""Answers are compared byte for byte after sorting, in every round."""

from __future__ import annotations

from pathlib import Path

TABLES = ("urbanization", "population", "migration", "quality")


class AnswersDiffer(Exception):
    """Two contenders counted differently; the message names the first row that differs."""


def answer(folder: Path) -> dict[str, list[bytes]]:
    """The sorted rows of each table of a contender; a missing table has none."""
    rows = {}
    for table in TABLES:
        path = folder / f"{table}.csv"
        rows[table] = sorted(path.read_bytes().splitlines()) if path.exists() else []
    return rows


def require_equal(
    name: str, found: dict[str, list[bytes]], other: str, expected: dict[str, list[bytes]]
) -> None:
    """Raises when two answers differ in any row, or when there is nothing to compare."""
    for table in TABLES:
        if len(expected[table]) < 2:
            raise AnswersDiffer(f"{other} gave no table {table}")
        if found[table] == expected[table]:
            continue
        missing = sorted(set(expected[table]) - set(found[table]))
        added = sorted(set(found[table]) - set(expected[table]))
        raise AnswersDiffer(
            f"{name} and {other} differ in {table}: "
            f"{len(added)} rows of {name} only, first: {first(added)}; "
            f"{len(missing)} rows of {other} only, first: {first(missing)}")


def first(rows: list[bytes]) -> str:
    return rows[0].decode("utf-8", "replace") if rows else "none (a row stands there twice)"


def plant_wrong_row(rows: dict[str, list[bytes]], table: str = "population") -> None:
    """Adds one person to one row: the smallest error that a contender could make."""
    row = rows[table][len(rows[table]) // 2]
    head, _, persons = row.rpartition(b",")
    rows[table][len(rows[table]) // 2] = head + b"," + str(int(persons) + 1).encode()


def self_test(rows: dict[str, list[bytes]]) -> None:
    """Makes sure that one wrong row of any table is found, before an equality is believed."""
    for table in TABLES:
        if table == "urbanization":
            wrong = {**rows, table: [row.replace(b",0,", b",1,", 1) for row in rows[table]]}
        else:
            wrong = {name: list(lines) for name, lines in rows.items()}
            plant_wrong_row(wrong, table)
        try:
            require_equal("planted", wrong, "true", rows)
        except AnswersDiffer:
            continue
        raise AssertionError(f"a wrong row planted in {table} was not found")

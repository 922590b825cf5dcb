"""The results as a table on the terminal, JSON, Markdown and a chart."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from chart import chart
from measures import Measure
from rounds import Race

HEADINGS = ("measure", "goal", "floor", "measured", "rounds", "verdict")


def cells(measure: Measure) -> tuple[str, ...]:
    return (
        measure.title, measure.bound_text(measure.goal), measure.bound_text(measure.floor),
        measure.measured_text, measure.range_text, measure.verdict)


def text_table(measures: list[Measure]) -> str:
    rows = [HEADINGS, *(cells(measure) for measure in measures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)


def markdown_table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def race_rows(race: Race) -> list[tuple[str, ...]]:
    """Ratios to the first popstat of the race, and what only the process itself tells."""
    base = next((c.name for c in race.contenders if c.program == "popstat"), None)
    rows = []
    counted = {c.name for c in race.contenders if c.is_counted}
    for name in race.samples:
        ratios = race.ratios(name, base) if base else []
        rows.append((
            name, f"{sorted(ratios)[len(ratios) // 2]:.2f}",
            f"{min(ratios):.2f} … {max(ratios):.2f}", f"{race.median(name):.2f}",
            f"{race.median(name, 'cpu_seconds'):.2f}" if name in counted else "",
            f"{race.peak(name):.0f}" if name in counted else ""))
    return rows


def markdown(
    facts: dict[str, str], measures: list[Measure], races: list[Race], form: str, guide: str
) -> str:
    """`guide` is the way from the report to the README beside this file."""
    parts = [
        f"# Benchmark, {form}",
        "Ratios are taken within rounds, their median is shown. How it is measured stands in "
        f"[Tests/Benchmarks]({guide}). All answers were equal in every round.",
        "Where popstat is measured against DuckDB, chdb or Polars at 1 and 10 million, both make the same tables. "
        "*All tables and SHA-256* is popstat as a night runs it, as in every other line: with ten more tables and "
        "the digests of the inputs, which no peer makes. What these cost has lines of its own.",
        "![Times faster than the peers, and what options cost](benchmark.svg)",
        markdown_table(HEADINGS, [cells(measure) for measure in measures]),
        "## The races",
        "Ratio: time against the first `popstat` of the race, median and range of the rounds. "
        "Seconds are medians, and say little about another machine or another day.",
    ]
    for race in races:
        if race.samples:
            parts.append(f"### {race.title}, {race.rounds} rounds")
            parts.append(markdown_table(
                ("contender", "ratio", "range", "seconds", "processor seconds", "peak MiB"),
                race_rows(race)))
    parts.append("## Machine and versions")
    parts.append(markdown_table(("", ""), list(facts.items())))
    return "\n\n".join(parts) + "\n"


def as_json(facts: dict[str, str], measures: list[Measure], races: list[Race]) -> str:
    return json.dumps({
        "facts": facts,
        "measures": [
            {**asdict(measure), "measured": measure.measured, "verdict": measure.verdict}
            for measure in measures],
        "races": {
            race.title: {
                name: [asdict(sample) for sample in samples]
                for name, samples in race.samples.items()}
            for race in races if race.samples},
    }, indent=2, ensure_ascii=False) + "\n"


def write(
    folder: Path, facts: dict[str, str], measures: list[Measure], races: list[Race], form: str,
    guide: str,
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "benchmark.json").write_text(as_json(facts, measures, races), encoding="utf-8")
    (folder / "README.md").write_text(
        markdown(facts, measures, races, form, guide), encoding="utf-8")
    (folder / "benchmark.svg").write_text(chart(measures, facts), encoding="utf-8")

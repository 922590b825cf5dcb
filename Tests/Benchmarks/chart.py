"""The chart of the measures: one bar per measure against its floor and goal.

All bars share one scale, on which the floor is 1: to the right of it is better for every measure.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from measures import Measure

LABEL_WIDTH, PLOT_WIDTH, RIGHT, ROW, TOP = 540, 320, 190, 26, 64
SCALE_MAX = 2.5


def score(measure: Measure) -> float:
    """How far beyond its floor a measure is: 1 = at the floor, more is better."""
    assert measure.floor is not None
    ratio = measure.measured / measure.floor
    return ratio if measure.more_is_better else 1 / ratio


def goal_score(measure: Measure) -> float:
    assert measure.floor is not None and measure.goal is not None
    ratio = measure.goal / measure.floor
    return ratio if measure.more_is_better else 1 / ratio


def chart(measures: list[Measure], facts: dict[str, str]) -> str:
    """An SVG that can be read in grey and by a screen reader."""
    gated = [measure for measure in measures if measure.goal is not None and measure.is_held]
    height = TOP + ROW * len(gated) + 40
    width = LABEL_WIDTH + PLOT_WIDTH + RIGHT
    summary = "; ".join(
        f"{measure.title}: {measure.measured_text}, goal {measure.bound_text(measure.goal)}, "
        f"floor {measure.bound_text(measure.floor)}, {measure.verdict}" for measure in gated)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="title desc" '
        'font-family="sans-serif" font-size="12">',
        '<title id="title">popstat: what was measured against what is promised</title>',
        f'<desc id="desc">{escape(summary)}</desc>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        '<text x="12" y="22" font-size="15" font-weight="bold">'
        'What was measured against what is promised</text>',
        f'<text x="12" y="40" fill="#555555">{escape(facts["date"])}, '
        f'{escape(facts["processor"])}, {escape(facts["cores"])} cores. A bar beyond the line '
        'is better than the floor; the diamond is the goal.</text>',
    ]
    for number, measure in enumerate(gated):
        parts += bar(measure, TOP + ROW * number)
    floor = x_of(1)
    bottom = TOP + ROW * len(gated)
    parts.append(
        f'<line x1="{floor}" y1="{TOP - 8}" x2="{floor}" y2="{bottom}" stroke="#000000" '
        'stroke-width="1.5"/>')
    parts.append(
        f'<text x="{floor}" y="{bottom + 16}" text-anchor="middle">floor</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def x_of(value: float) -> float:
    return round(LABEL_WIDTH + PLOT_WIDTH * min(value, SCALE_MAX) / SCALE_MAX, 1)


def bar(measure: Measure, top: int) -> list[str]:
    value, goal = score(measure), x_of(goal_score(measure))
    # Below the floor the bar is hollow, so that it tells without colour.
    fill = "#6e6e6e" if value >= 1 else "#ffffff"
    middle = top + 8
    return [
        f'<text x="{LABEL_WIDTH - 8}" y="{top + 12}" text-anchor="end">'
        f'{escape(measure.title)}</text>',
        f'<rect x="{LABEL_WIDTH}" y="{top}" width="{x_of(value) - LABEL_WIDTH:.1f}" height="16" '
        f'fill="{fill}" stroke="#333333"/>',
        f'<path d="M{goal} {middle - 5} l5 5 l-5 5 l-5 -5 z" fill="#ffffff" stroke="#000000"/>',
        f'<text x="{LABEL_WIDTH + PLOT_WIDTH + 8}" y="{top + 12}">{measure.measured_text}'
        f'{" ›" if value > SCALE_MAX else ""} ({measure.bound_text(measure.goal)})</text>',
    ]

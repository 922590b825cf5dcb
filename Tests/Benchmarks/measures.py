"""What is promised: every measure with its goal, its floor, and how it comes out of a race."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from rounds import Race


@dataclass(frozen=True)
class Measure:
    """One line of the table. Without goal and floor it is reported and decides nothing."""

    title: str
    values: list[float]
    goal: float | None = None
    floor: float | None = None
    # True: more is better, as in "times faster". False: less is better, as in a cost.
    more_is_better: bool = True
    unit: str = "x"
    # False where the data are too small for the floor to mean anything: then it decides nothing.
    is_held: bool = True
    # False where popstat does more than whom it is measured against: shown, and decides nothing.
    is_like_for_like: bool = True

    @property
    def measured(self) -> float:
        """The median of the rounds; of peak memory the greatest."""
        return max(self.values) if self.unit == "MiB" else statistics.median(self.values)

    def holds(self, bound: float) -> bool:
        return self.measured >= bound if self.more_is_better else self.measured <= bound

    @property
    def verdict(self) -> str:
        if self.goal is None or self.floor is None:
            return "reported"
        if not self.is_held:
            return "too small to judge"
        word = "goal reached" if self.holds(self.goal) else (
            "above the floor" if self.holds(self.floor) else "BELOW THE FLOOR")
        return word if self.is_like_for_like else f"not the same work: {word.lower()}"

    def bound_text(self, bound: float | None) -> str:
        sign = "≥" if self.more_is_better else "≤"
        return "" if bound is None else f"{sign} {number(bound, self.unit)}"

    @property
    def measured_text(self) -> str:
        return number(self.measured, self.unit)

    @property
    def range_text(self) -> str:
        return f"{number(min(self.values), self.unit)} … {number(max(self.values), self.unit)}"


def number(value: float, unit: str) -> str:
    if unit == "MiB":
        return f"{value:.0f} MiB"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def faster(race: Race, title: str, base: str, than: str, goal: float, floor: float) -> Measure:
    """How many times faster one contender is than another."""
    return Measure(title, race.ratios(than, base), goal, floor)


def fastest(race: Race, title: str, base: str, peers: list[str], goal: float, floor: float
            ) -> Measure:
    """How many times faster than whoever of the peers is the fastest, by medians."""
    best = min(peers, key=race.median)
    return faster(race, f"{title} ({best})", base, best, goal, floor)


def cost(race: Race, title: str, of: str, base: str, goal: float, floor: float) -> Measure:
    """How many times longer one contender takes than another."""
    return Measure(title, race.ratios(of, base), goal, floor, more_is_better=False)


def memory(race: Race, title: str, of: str, goal: float, floor: float) -> Measure:
    values = [sample.peak_mebibytes for sample in race.samples[of]]
    return Measure(title, values, goal, floor, more_is_better=False, unit="MiB")


def reported(race: Race, title: str, of: str, base: str) -> Measure:
    return Measure(title, race.ratios(of, base))

"""Races: contenders run in turn, round after round, and the first round is dropped.

A machine that others use is slow for a while and then fast again. Contenders of one round meet
about the same machine, so that times are compared within a round only.

Each round has another order, the same on every machine: memory that a contender gave back is fresh to
the next one, and dear on a virtual machine, so that nobody shall always follow the same.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

import compare
from contenders import Contender, Stable
from process import RunFailed, Sample, measure


@dataclass
class Race:
    """Contenders that are compared with each other."""

    title: str
    contenders: list[Contender]
    # Without the first one, which is dropped.
    rounds: int
    samples: dict[str, list[Sample]] = field(default_factory=dict)
    # Called before the first round and after the last one.
    begin: Callable[[], None] | None = None
    end: Callable[[], None] | None = None
    # Off where a contender needs what the one before it left.
    is_shuffled: bool = True

    def order(self, number: int) -> list[Contender]:
        """The contenders as they run in a round; in the one that is dropped as they stand."""
        order = list(self.contenders)
        if self.is_shuffled and number > 0:
            random.Random(f"{self.title} {number}").shuffle(order)
        return order

    def median(self, name: str, of: str = "seconds") -> float:
        return statistics.median(getattr(sample, of) for sample in self.samples[name])

    def ratios(self, name: str, base: str) -> list[float]:
        """Time of one contender divided by that of another, for every round."""
        return [
            mine.seconds / other.seconds
            for mine, other in zip(self.samples[name], self.samples[base], strict=True)
        ]

    def peak(self, name: str) -> float:
        return max(sample.peak_mebibytes or 0 for sample in self.samples[name])


class Referee:
    """Runs races and compares every answer of every round."""

    def __init__(self, stable: Stable, wrong: str | None) -> None:
        self.stable = stable
        # The contender whose answer is spoiled on purpose.
        self.wrong = wrong
        self.is_tested = False
        self.compared = 0

    def run(self, race: Race) -> None:
        """Runs all rounds; raises when answers differ or a contender fails."""
        if race.rounds:
            race.samples = {
                contender.name: [] for contender in race.contenders if not contender.answers_only}
        if race.begin:
            race.begin()
        try:
            for number in range(race.rounds + 1):
                self.round(race, number)
        finally:
            if race.end:
                race.end()
        print(f"{race.title}: all answers are equal", flush=True)

    def round(self, race: Race, number: int) -> None:
        answers: dict[object, tuple[str, dict[str, list[bytes]]]] = {}
        for contender in race.order(number):
            if contender.answers_only and number > 0:
                continue
            sample = self.one(contender, is_timed=number > 0)
            if number > 0:
                race.samples[contender.name].append(sample)
            self.check(contender, answers)
            self.stable.leave(contender)
            self.say(race, number, contender, sample)

    def one(self, contender: Contender, is_timed: bool) -> Sample:
        self.stable.ready(contender)
        log = self.stable.folder(contender) / "log"
        sample = measure(
            self.stable.command(contender), self.stable.environment(contender), log,
            contender.has_answer, contender.is_counted)
        if is_timed and contender.must_say not in log.read_text(encoding="utf-8"):
            raise RunFailed(f"{contender.name} did not say: {contender.must_say}")
        return sample

    def check(
        self, contender: Contender,
        answers: dict[object, tuple[str, dict[str, list[bytes]]]],
    ) -> None:
        if not contender.has_answer:
            return
        found = compare.answer(self.stable.answer_folder(contender))
        if contender.name == self.wrong:
            compare.plant_wrong_row(found)
        if not self.is_tested:
            compare.self_test(found)
            self.is_tested = True
        other = answers.setdefault(contender.question, (contender.name, found))
        if other[0] != contender.name:
            compare.require_equal(contender.name, found, *other)
            self.compared += 1

    def say(self, race: Race, number: int, contender: Contender, sample: Sample) -> None:
        name = "dropped round" if number == 0 else f"round {number} of {race.rounds}"
        memory = f", {sample.peak_mebibytes:.0f} MiB" if contender.is_counted else ""
        print(
            f"  {race.title}, {name}: {contender.name} {sample.seconds:.2f} s{memory}",
            file=sys.stderr, flush=True)

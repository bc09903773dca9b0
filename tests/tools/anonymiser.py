"""Prints how well the anonymiser does on its labelled texts: `make anonymiser`.

With --misses it also prints what was missed and flagged in vain, in the part for tuning only.
"""

from __future__ import annotations

import sys

from tests.casestudies.anonymise.corpus import Score, load, measure


def main(arguments: list[str]) -> None:
    """Measure both parts, and the texts that nobody tuned on."""
    texts = load()
    tuning = measure(text for text in texts if not text.held_out)
    show("For tuning", tuning)
    show("Held out", measure(text for text in texts if text.held_out))
    show("Unseen", measure(load("unseen.json")))
    if "--misses" in arguments:
        for heading, rows in (("missed", tuning.misses), ("in vain", tuning.extras)):
            for row in rows:
                print(heading, *row, sep=" | ")


def show(heading: str, score: Score) -> None:
    """Print one part as a table."""
    print(
        f"{heading}: direct {score.recall(direct=True):.1%}, indirect {score.recall(direct=False):.1%}, ",
        end="",
    )
    print(
        f"precision {score.precision:.1%}, "
        f"{score.alarms_per_ten:.1f} false alarms in ten of {score.clean} clean texts"
    )
    for kind in sorted(set(score.marked) | set(score.flagged)):
        marked, flagged = score.marked[kind], score.flagged[kind]
        recall = f"{score.found[kind]}/{marked}"
        print(f"  {kind:<12} found {recall:>8}   characters right {score.right[kind]}/{flagged}")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Trains the anonymiser's tagger anew, on the labelled texts for tuning and on made-up sentences.

Run it by hand after texts were added or the traits of words changed, then `make anonymiser`:

    uv run --no-project --with python-crfsuite==0.9.12 --with phonenumbers --with python-stdnum \
        python -m tests.tools.anonymiser_tagger

With --folds it prints instead how well rules and tagger do on texts that the tagger was not trained on.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite

from casestudies.anonymise import detection, tagger
from casestudies.anonymise.reading import Reading
from casestudies.anonymise.traits import TAGGED, Piece, all_traits
from tests.casestudies.anonymise.corpus import Text, load, measure
from tests.tools.anonymiser import show
from tests.tools.anonymiser_sentences import Sentences
from tests.tools.anonymiser_variants import Example, Variants, example, parts_of

MODEL = Path(tagger.__file__).parent / "lists" / "tagger.txt.gz"
VARIANTS = 3  # of each labelled text
SENTENCES = 5000  # texts put together from sentences
FOLDS = 3
PARAMETERS = {"c1": 0.15, "c2": 0.2, "max_iterations": 80, "feature.minfreq": 4}
SEED = 2
SMALLEST = 3  # weights below this many hundredths are left out


def main(arguments: list[str]) -> None:
    """Train on everything, or measure by folds."""
    texts = [text for text in load() if not text.held_out]
    if "--folds" in arguments:
        by_folds(texts)
    else:
        model = trained(Sequences(texts), [text.id for text in texts])
        MODEL.write_bytes(gzip.compress(model.encode(), 9, mtime=0))


def by_folds(texts: list[Text]) -> None:
    """Measure a part of the texts with a tagger trained on the others."""
    total = measure([])
    sequences = Sequences(texts)
    for fold in range(FOLDS):
        use(trained(sequences, [text.id for at, text in enumerate(texts) if at % FOLDS != fold]))
        total.add(measure(texts[fold::FOLDS]))
    show("By folds", total)


def use(model: str) -> None:
    """Let the tagger use `model` from now on."""
    read = tagger.read_model(model)
    tagger._weights_of.cache_clear()
    tagger._model = lambda: read  # type: ignore[assignment]


class Sequences:
    """What there is to train on: the variants of each text, and texts put together from sentences."""

    def __init__(self, texts: list[Text]) -> None:
        """Make the variants and read the traits of all of them."""
        self.by_text = {text.id: [_sequence(each) for each in variants_of(text)] for text in texts}
        sentences = Sentences(Variants(SEED))
        self.sentences = [_sequence(sentences.text()) for _ in range(SENTENCES)]

    def of(self, ids: list[str]) -> Iterator[tuple[pycrfsuite.ItemSequence, list[str]]]:
        """Yield what may be trained on where only the texts `ids` may be seen."""
        for id in ids:
            yield from self.by_text[id]
        yield from self.sentences


def variants_of(text: Text) -> Iterator[Example]:
    """Yield a text and variants of it."""
    parts = parts_of(text)
    variants = Variants(f"{SEED} {text.id}")
    yield example(parts)
    for _ in range(VARIANTS):
        yield variants.of(parts)


def _sequence(each: Example) -> tuple[pycrfsuite.ItemSequence, list[str]]:
    pieces, labels = labelled(each)
    return pycrfsuite.ItemSequence([list(all_traits(pieces, at)) for at in range(len(pieces))]), labels


def trained(sequences: Sequences, ids: list[str]) -> str:
    """Return the weights that fit the texts `ids`, their variants and the sentences best."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(PARAMETERS)
    for items, labels in sequences.of(ids):
        if labels:
            trainer.append(items, labels)
    with tempfile.NamedTemporaryFile() as file:
        trainer.train(file.name)
        tagged = pycrfsuite.Tagger()
        tagged.open(file.name)
        return written(tagged.info())


def labelled(each: Example) -> tuple[list[Piece], list[str]]:
    """Split a text into pieces with their labels."""
    reading = Reading.of(each.text)
    pieces = detection.by_rules(reading)[1]
    labels = ["O"] * len(pieces)
    for start, end, kind in each.spans:
        if kind in TAGGED:
            first, last = reading.position(start), reading.position(end)
            inside = [at for at, piece in enumerate(pieces) if first <= piece.start < last]
            for at in inside:
                labels[at] = f"{'B' if at == inside[0] else 'I'}-{kind.value}"
    return pieces, labels


def written(info: object) -> str:
    """Write the weights as whole numbers: a line for each label, then one for each trait."""
    labels = tagger.LABELS
    steps = [
        " ".join(str(round(info.transitions.get((one, other), 0) * tagger.SCALE)) for other in labels)
        for one in labels
    ]
    rows: dict[str, dict[str, int]] = {}
    for (trait, label), weight in info.state_features.items():
        if abs(whole := round(weight * tagger.SCALE)) >= SMALLEST:
            rows.setdefault(trait, {})[label] = whole
    lines = [
        f"{trait}\t{' '.join(str(row[label]) if label in row else '' for label in labels)}"
        for trait, row in sorted(rows.items())
    ]
    return "\n".join([*steps, *lines])


if __name__ == "__main__":
    main(sys.argv[1:])

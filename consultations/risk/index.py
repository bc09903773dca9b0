"""Which rules are worth trying on a sentence: those whose anchors it holds."""

from collections.abc import Iterable

from consultations.risk.rules import Rule


class Index:
    """Rules by the words they cannot match without."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._whole: dict[str, list[Rule]] = {}
        self._beginnings: dict[str, list[tuple[str, Rule]]] = {}  # by their first three letters
        for rule in rules:
            for anchor in rule.phrase.anchors:
                if anchor.endswith("*"):
                    self._beginnings.setdefault(anchor[:3].rstrip("*"), []).append((anchor[:-1], rule))
                else:
                    self._whole.setdefault(anchor, []).append(rule)

    def rules_for(self, word: str) -> list[Rule]:
        """Return the rules that `word` (folded) may be part of."""
        shelves = (*self._beginnings.get(word[:3], ()), *self._beginnings.get(word[:2], ()))
        return self._whole.get(word, []) + [rule for start, rule in shelves if word.startswith(start)]

    def lookup(self) -> "Lookup":
        """Return a lookup for one text."""
        return Lookup(self)


class Lookup:
    """Looks rules up for the sentences of one text, and each of its words only once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[str, list[Rule]] = {}

    def rules(self, part: str) -> list[Rule]:
        """Return the rules that could match `part`, a folded sentence."""
        found: dict[int, Rule] = {}
        for word in part.split():
            if word not in self._known:
                self._known[word] = self._index.rules_for(word)
            for rule in self._known[word]:
                found[id(rule)] = rule
        return list(found.values())

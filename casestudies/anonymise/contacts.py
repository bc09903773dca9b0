"""E-mails, links and user names, also those that are spelt out to pass a filter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casestudies.anonymise import lexicon
from casestudies.anonymise.findings import Candidate, Kind
from casestudies.anonymise.reading import Reading

_TLDS = (
    "com|org|net|info|io|edu|gob|gov|app|blog|site|online|shop|store|xyz|tv|gg|ly|link|live|club|page|dev|eu|cat|eus|gal"
    "|cl|ar|pe|co|mx|uy|es|ec|bo|py|ve|cr|pa|gt|sv|hn|ni|do|cu|pr|br|us|me"
)
_AT = r"(?:[@＠]\s?|\s[@＠]\s|\s{0,2}[(\[{<]\s?(?:at|arroba|@|a)\s?[)\]}>]\s{0,2}|\s+arroba\s+|\s+at\s+(?=\w+\s?(?:\.|punto|dot)))"
_DOT = r"(?:\.|\s{0,2}[(\[{]\s?(?:punto|dot|\.)\s?[)\]}]\s{0,2}|\s+(?:punto|dot)\s+|\s\.\s?(?=(?:com|cl|ar|es|net|org|mx|co|pe)\b))"
_LOCAL = (
    r"(?:[^\W_]|[_.+%\-])+"
    r"(?:\s+(?:punto|gui[oó]n(?: bajo)?|dot|underscore)\s+(?:[^\W_]|[_.+\-])+){0,4}"
)
# The look-behind begins each run of letters once: without it, a long word takes the square of its length.
_EMAIL = re.compile(
    rf"(?<![\w.+%-]){_LOCAL}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,2}}?{_DOT}(?:{_TLDS}|\w{{2,24}})\b"
    rf"(?:{_DOT}(?:cl|ar|pe|co|mx|uy|es|ec|bo|py|ve|cr|pa|gt|sv|hn|ni|do|br)\b)?",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(?<!\w)(?:[\w.-][ ]){3,30}[\w.-]{0,30}\s?(?:@|arroba)\s?[\w-]{2,40}\s?\.\s?\w{2,5}")
_PROVIDER = r"(?:gmail|g mail|hotmail|outlook|yahoo|icloud|live|protonmail|proton)"
# "juanperez arroba gmail", "juanp88 de gmail"
_HALF_EMAIL = re.compile(
    rf"(?<![\w.+%-]){_LOCAL}(?:{_AT}|\s+(?:de|en)\s+(?=\w+\b)){_PROVIDER}\b(?!\.)", re.IGNORECASE
)
_AT_PROVIDER = re.compile(
    rf"(?<![\w.+-])([\w.+-]{{3,64}})\s{{1,2}}(?:de|en|\()\s?{_PROVIDER}\b", re.IGNORECASE
)
_MAIL_NAME = re.compile(
    r"\b(?:correo|mail|e-?mail|gmail|hotmail|outlook)\s{1,2}(?:es|:|personal es|mío es)\s{0,2}:?\s{0,2}([\w.+-]{4,40})",
    re.IGNORECASE,
)

_LINK = re.compile(r"(?:https?://|www\d?\.|(?:wa|t|fb|m)\.me/|bit\.ly/)[^\s<>\"«»“”()]{2,400}", re.IGNORECASE)
_DOMAIN = re.compile(
    rf"(?<![\w@.-])((?:[\w-]{{2,63}}\.){{1,3}})({_TLDS})\b(?!\.\w)(/[^\s<>\"«»“”()]{{0,300}})?", re.IGNORECASE
)
_SPELT_DOMAIN = re.compile(
    r"(?<![\w.-])(?:(?:www|triple doble u|3w)\s+punto\s+)?[\w-]{3,63}\s+punto\s+(?:com|org|net|cl|ar|mx|pe|co|es|uy)\b"
    r"(?:\s+punto\s+(?:cl|ar|mx|pe|co|es|uy)\b)?",
    re.IGNORECASE,
)
# Country codes that are also words: "me siento mal.es que", "todo bien.me fui".
_WORDS_TOO = frozenset(
    {
        "es",
        "me",
        "do",
        "us",
        "ve",
        "ni",
        "co",
        "pa",
        "cat",
        "live",
        "online",
        "club",
        "link",
        "page",
        "io",
    }
)

_HANDLE = re.compile(r"(?<![\w.@＠])[@＠]\s?(\w[\w.-]{1,40})(?<![.-])")
_NETWORK = (
    r"(?:instagram|insta|ig|facebook|fb|face|tik ?tok|twitter|telegram|discord|snapchat|snap|twitch|steam|skype|"
    r"linkedin|onlyfans|reddit|wattpad|usuari[oa]|user(?:name)?|nick(?:name)?|perfil|canal|gamertag|psn|roblox|free ?fire|grindr|badoo|tumblr|x)"
)
_NAMED_HANDLE = re.compile(
    rf"\b{_NETWORK}\b(?:\s(?:es|como|soy|estoy|aparezco|me|llamo|busca(?:me|n)?|sale|salgo|se|llama|de|en|mi|un|el|la|anónimo|personal|{_NETWORK})){{0,4}}"
    r"\s?[:=(]?\s{0,2}[\"«“]?(?<![\w.])([\w.#-]{3,40})(?<![.-])",
    re.IGNORECASE,
)
_BEFORE_NETWORK = re.compile(
    rf"(?<![\w.@/])((?=[\w.]{{0,38}}[._\d])[a-z][\w.]{{3,38}})(?<!\.)\s(?:en|de)\s(?:mi\s|el\s)?{_NETWORK}\b",
    re.IGNORECASE,
)
_UNDERSCORED = re.compile(r"(?<![\w.@/])(?=[\w.]*[^\W_])[\w.]*[^\W_]_+[\w.]*[^\W_.]_*(?!\w)")
_DOTTED = re.compile(r"(?<![\w.@/])[a-z]{1,15}\.[a-z]{3,15}\.[a-z]{2,15}(?!\w|[.@/]\w)")
_LETTERS_DIGITS = re.compile(
    r"(?<![\w.@/#-])([^\W\d_]{3,20}(?:[._-][^\W\d_]{2,20}){0,2})[._-]?\d{2,6}(?:[._][a-z]{1,12})?(?![\w-])",
    re.IGNORECASE,
)
_NOT_HANDLES = frozenset(
    [
        "covid",
        "sub",
        "mp",
        "ps",
        "iphone",
        "galaxy",
        "sars",
        "omega",
        "vitamina",
        "pm",
        "am",
        "kms",
        "windows",
        "gen",
        "redmi",
        "kg",
        "hrs",
    ]
)


def find_emails(reading: Reading) -> Iterator[Candidate]:
    """Yield e-mail addresses, also with "arroba" and "punto"."""
    if "@" in reading.text or "＠" in reading.text or re.search(r"\b(?:arroba|at|a)\b", reading.lower):
        for pattern in (_SPACED, _EMAIL, _HALF_EMAIL):
            for match in pattern.finditer(reading.text):
                if "@" in match.group() or _spelt_out(match.group()):
                    yield _email(match.start(), match.end())
    for match in _AT_PROVIDER.finditer(reading.text):
        if re.search(r"[\d_]", match.group(1)):
            yield _email(match.start(), match.end())
    for match in _MAIL_NAME.finditer(reading.text):
        name = match.group(1).rstrip(".")
        if re.search(r"[\d_.]", name) or lexicon.is_unknown(lexicon.key(name)):
            yield _email(match.start(1), match.start(1) + len(name))


def _spelt_out(found: str) -> bool:
    return bool(re.search(r"arroba|\bat\b|[(\[{<]\s?(?:a|at|arroba)\s?[)\]}>]", found, re.IGNORECASE))


def _email(start: int, end: int) -> Candidate:
    return Candidate(start, end, Kind.EMAIL, "Parece un correo electrónico.", "[correo]", 0.98)


def find_links(reading: Reading) -> Iterator[Candidate]:
    """Yield links and bare domains."""
    for match in _LINK.finditer(reading.text):
        yield _link(match.start(), match.start() + len(match.group().rstrip(".,;:!?…'")))
    for match in _DOMAIN.finditer(reading.text):
        stem, country, path = match.groups()
        end = match.end() if not path else match.start() + len(match.group().rstrip(".,;:!?…'"))
        if path or not _is_sentence_break(stem, country):
            yield _link(match.start(), end)
    for match in _SPELT_DOMAIN.finditer(reading.text):
        yield _link(match.start(), match.end())


def _is_sentence_break(stem: str, country: str) -> bool:
    """Whether a full stop without a space after it looks like a domain."""
    last = lexicon.key(stem.rstrip(".").rsplit(".", 1)[-1])
    return (country.lower() in _WORDS_TOO and lexicon.is_word(last)) or country[:1].isupper()


def _link(start: int, end: int) -> Candidate:
    return Candidate(start, end, Kind.HANDLE_URL, "Parece un enlace o un sitio.", "[enlace]", 0.95)


def find_handles(reading: Reading) -> Iterator[Candidate]:
    """Yield user names: with an @, announced by a network's name, or shaped like one."""
    for match in _HANDLE.finditer(reading.text):
        yield _handle(match.start(), match.end(), 0.95)
    for match in _NAMED_HANDLE.finditer(reading.text):
        if _is_handle(match):
            yield _handle(match.start(1), match.end(1), 0.85)
    for match in _BEFORE_NETWORK.finditer(reading.text):
        yield _handle(match.start(1), match.end(1), 0.85)
    for match in _UNDERSCORED.finditer(reading.text):
        if match.end() - match.start() > 4:
            yield _handle(match.start(), match.end(), 0.85)
    for match in _DOTTED.finditer(reading.text):
        yield _handle(match.start(), match.end(), 0.8)
    for match in _LETTERS_DIGITS.finditer(reading.text):
        if _is_nickname(match):
            yield _handle(match.start(), match.end(), 0.7)


def _is_handle(match: re.Match[str]) -> bool:
    name = match.group(1)
    if re.search(r"[^\W\d_][\d_.#]|[\d_.#][^\W\d_]", name):
        return not re.search(r"[^\W\d_]\.[A-ZÁÉÍÓÚ]", name)
    announced = re.search(
        r"(?:usuari[oa]|user\w*|nick\w*|gamertag|psn)\s(?:es|:|soy)?|:|\bcomo\s",
        match.group()[: match.start(1) - match.start()],
    )
    return (
        bool(announced)
        and not lexicon.is_word(lexicon.key(name))
        and not name[:1].isupper()
        and not name.isdigit()
    )


def _is_nickname(match: re.Match[str]) -> bool:
    stem = lexicon.key(match.group(1))
    joined = re.fullmatch(r"[^\W\d_]+\d+", match.group())
    if stem in _NOT_HANDLES or match.group(1).isupper() or (not joined and not stem.islower()):
        return False
    return bool(joined) and ((len(stem) > 3 and not lexicon.is_word(stem)) or lexicon.is_given(stem))


def _handle(start: int, end: int, confidence: float) -> Candidate:
    return Candidate(start, end, Kind.HANDLE_URL, "Parece un nombre de usuario.", "[usuario]", confidence)

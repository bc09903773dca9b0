"""What may be kept of the public pages, and what makes it old.

A view says that its answer is the same for every visitor (`keep`, or the decorator `kept`); need_site's page
cache, around Django, keeps such answers. Each app declares which of its models change public pages
(`purged_by`), or calls `purge_pages` and `purge_page` itself. `remember` keeps smaller things likewise.
"""

from __future__ import annotations

import functools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes, urlsplit

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django_q.tasks import async_task

from home.generations import EVERYTHING, generations

T = TypeVar("T")
# What changes with the day, such as an overdue review, shows after this long.
LONGEST_LIFE = 600.0
MOST_REMEMBERED = 500
# Where the page cache leaves word for the views: that it is there, and who counts page views.
KEEPING = "need.page_cache"
COUNTING = "need.page_views"
# Where views leave word for the page cache: which part of which list they showed.
PARTS_SHOWN = "need.parts_shown"


@dataclass(frozen=True)
class CountedAs:
    """How a visit to a kept page is counted: its touchpoint's name, if any, and the phase it lands in."""

    touchpoint: str
    lands_in: str


def keep(response: HttpResponse, counted: CountedAs | None = None) -> HttpResponse:
    """Say that this answer is the same for all visitors. Browsers may store it and must ask before reuse."""
    response.kept_as = counted  # type: ignore[attr-defined]
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, no_cache=True)
    return response


def note_part(request: HttpRequest, parameter: str, number: int) -> None:
    """Say that an answer shows part `number` of the list that `parameter` leafs through.

    An answer is kept under the addresses that name what it shows: not under made-up ones, of which there
    are many.
    """
    request.META.setdefault(PARTS_SHOWN, {})[parameter] = str(number)


def is_kept(response: object) -> bool:
    return hasattr(response, "kept_as")


def kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose every 200 is the same for all visitors: feeds, robots, the sitemap."""

    @functools.wraps(view, assigned=("__doc__",), updated=())
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        return keep(response) if response.status_code == 200 else response

    return keeping


# --- what makes kept pages old --------------------------------------------------------------------
def purged_by(*changing: type[models.Model]) -> None:
    """Declare that a row of these models shows on public pages: saving or deleting one purges them all."""
    for model in changing:
        for signal in (post_save, post_delete):
            signal.connect(_purge_for_row, sender=model, dispatch_uid=f"purge:{model._meta.label}")


def _purge_for_row(**kwargs: Any) -> None:
    purge_pages()


def purge_pages(*, surely: bool = False) -> None:
    """Make every kept page old once this transaction is committed, and what is remembered here at once.

    With `surely` the queue does it once more, by a job of this same transaction: for what must not be read
    any longer even where this process dies, or does not reach the marks, right after the commit.
    """
    forget()
    if surely:
        async_task("home.jobs.purge_pages")
    transaction.on_commit(functools.partial(_purge, EVERYTHING))


def purge_page(page: Any) -> None:
    """Make one page old once this transaction is committed; every page where its address is not known."""
    # As servers spell it in PATH_INFO.
    path = unquote_to_bytes(urlsplit(page.get_url() or "").path).decode("latin-1")
    if not path or "\n" in path:
        purge_pages()
    else:
        transaction.on_commit(functools.partial(_purge, path))


def _purge(path: str) -> None:
    if not generations().purge(path):
        # The queue tries until it succeeds. Other processes may serve what they kept until then.
        async_task("home.jobs.purge_pages")


# --- what several pages have in common ------------------------------------------------------------
_remembered: OrderedDict[Hashable, tuple[str, float, Any]] = OrderedDict()
_lock = threading.Lock()
_state_of_this_answer: ContextVar[list[str] | None] = ContextVar("state", default=None)


@contextmanager
def one_state(stamp: str | None = None) -> Iterator[None]:
    """While one answer is made, ask for the site's state once, or take it from `stamp`, read before."""
    token = _state_of_this_answer.set([] if stamp is None else [_of_site(stamp)])
    try:
        yield
    finally:
        _state_of_this_answer.reset(token)


def _of_site(stamp: str) -> str:
    return stamp.rpartition(":")[0]


def _state() -> str:
    known = _state_of_this_answer.get()
    if known:
        return known[0]
    state = _of_site(generations().stamp(""))
    if known is not None:
        known.append(state)
    return state


def remember(name: Hashable, make: Callable[[], T]) -> T:
    """What `make` gave when it was last asked for `name` in this process and in this state of the site.

    Shared between threads: nobody changes what they get. Nothing is made here inside a transaction that
    changed it, except in tests.
    """
    state = _state()
    if not state:
        return make()
    with _lock:
        found = _remembered.get(name)
    if found is not None and found[0] == state and found[1] > time.monotonic():
        return found[2]  # type: ignore[no-any-return]
    made = make()
    with _lock:
        _remembered[name] = (state, time.monotonic() + LONGEST_LIFE, made)
        _remembered.move_to_end(name)
        while len(_remembered) > MOST_REMEMBERED:
            _remembered.popitem(last=False)
    return made


def forget() -> None:
    """Drop what this process remembers: the transaction at hand is about to change it."""
    with _lock:
        _remembered.clear()

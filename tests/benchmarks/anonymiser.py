"""Prints what the anonymiser costs: `.venv/bin/python -m tests.benchmarks.anonymiser`."""

from __future__ import annotations

import resource
import time

PAGE = 3_000  # characters
ROUNDS = 20


def main() -> None:
    """Measure the first call, a page when warm, and a megabyte."""
    start = time.perf_counter()
    from casestudies.anonymise import find

    find("Hola, me llamo Camila y vivo en Melipilla. Mi RUT es 12.345.678-5.")
    print(f"import and first call: {time.perf_counter() - start:.2f} s")

    from tests.casestudies.anonymise.corpus import load

    texts = " ".join(text.text for text in load())
    pages = [texts[at : at + PAGE] for at in range(0, len(texts) - PAGE, PAGE)]
    for page in pages:
        find(page)
    start = time.process_time()
    for _ in range(ROUNDS):
        for page in pages:
            find(page)
    print(f"a page of {PAGE} characters: {(time.process_time() - start) / ROUNDS / len(pages) * 1000:.0f} ms")
    start = time.process_time()
    find((texts * 40)[:1_000_000])
    print(f"a megabyte: {time.process_time() - start:.1f} s")
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()

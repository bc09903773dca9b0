"""The page cache: answers anonymous visitors around Django (docs/decisions/0007-page-cache.md)."""

"""The word lists: generated ones end in .txt.gz (tests/tools/anonymiser_lists.py), the others are written by hand."""

"""Labelled pages: whole pages as archives, crawlers and readers' hoards have them, written by people who had not seen
the reading rules, each line with the label that a careful reader would give it; and how well they are read.

    python -m bench.pages                 every page: the figures
    python -m bench.pages archives -v     one set, and every line that is read otherwise
    python -m bench.pages -v gossamer     the pages whose names hold a word
"""

"""How much of their text two stories have in common, and what follows from it. Pure: no library is needed.

tokens   the words of a story as they are compared: without case, signs, accents and verse
sketch   a sample of its runs of words, small enough to be kept and looked up: finds who may have text in common
judge    the words of two stories laid beside each other: the same, revised, a part, or not
best     which of two copies to show, and why
differences   what a person is shown of it: chapters matched, paragraphs matched, words that differ
"""

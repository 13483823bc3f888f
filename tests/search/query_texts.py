"""Texts that look like queries, for properties."""

from hypothesis import strategies as st

from ficshelf.search.filters import FIELDS

words = st.sampled_from(
    ["storm", "Zoë", "couldn’t", "well-known", "the", "OR", "AND", "NOT", "vio*", "*", "你好", "-a", "--"]
)
filters = st.sampled_from([*(f"{field}:" for field in FIELDS), "sort:", "fandom:=", "bogus:", "words:>", "updated:"])
values = st.sampled_from(["5k", "2004", "yes", "teen", "NC-17", '"Ada Quill"', "1-2", "=x", "title", "complete"])
signs = st.sampled_from("()\"'“”|-−*:<>=&!~ \t\n\x00")
queries = st.lists(words | filters | values | signs | st.text(max_size=5), max_size=20).map("".join)

"""MediaMiner: a chapter's page."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("fanfic-text post-rating"),
    story="#fanfic-text",
    facts={
        "author": "a[href*='user_info.php']",
        "rating": "#post-rating",
        "fandom": ".post-meta a[href*='/fanfic/a/'], a[href*='/fanfic/a/'], a[href*='src.php/a/']",
        "genre": "a[href*='src.php/g/'], a[href*='/fanfic/g/']",
    },
    heading="select option[selected], h2.chapter",
)

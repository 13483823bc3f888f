"""Filters and tags that more than one template needs."""

from __future__ import annotations

import datetime

from django import template

from ficshelf.web.assets import URLS
from ficshelf.web.labels import day_name

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """The address of a style sheet or script: `{% asset "page.css" %}`."""
    return URLS[name]


@register.filter
def count(number: int) -> str:
    """A number with its thousands parted: 12,345."""
    return f"{number:,}"


@register.filter
def percent(share: float) -> str:
    """A share as people read it: 97 %. Only all of it is 100 %."""
    return f"{min(99, round(share * 100)) if share < 1 else 100} %"


@register.filter
def day(date: datetime.date | None) -> str:
    """A date without ambiguity: 4 Mar 2003."""
    return day_name(date) if date else ""

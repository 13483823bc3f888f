"""The library as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "ficshelf.library"
    label = "library"
    verbose_name = "Library"

"""The pages as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ficshelf.web"
    label = "web"
    verbose_name = "Pages"

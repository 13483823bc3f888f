"""Takes the screenshots in this folder: `python docs/screenshots/take.py ADDRESS [WORD]`, with `ficshelf serve` running
there. Shelf, work, chapter, the original beside it and a search for WORD, each wide, on a phone, and in the dark. It
shows the longest work, so any library will do.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
VIEWS = {
    "wide": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "light"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "device_scale_factor": 2},
    "dark": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"},
}


def addresses(page: Page, base: str, search: str) -> dict[str, str]:
    """What to show: the longest work, its first chapter, and a search."""
    page.goto(f"{base}/?sort=words")
    work = page.locator(".card h2 a").first.get_attribute("href")
    return {
        "shelf": "/",
        "work": work,
        "chapter": f"{work}/chapters/1",
        "original": f"{work}/chapters/1/original",
        "search": f"/search?q={search}",
    }


def main(base: str, search: str = "night") -> None:
    """Write NAME-VIEW.png for every page and view."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for view, options in VIEWS.items():
            page = browser.new_context(**options).new_page()
            for name, address in addresses(page, base.rstrip("/"), search).items():
                page.goto(base.rstrip("/") + address)
                page.screenshot(path=HERE / f"{name}-{view}.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

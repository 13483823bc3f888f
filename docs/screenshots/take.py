"""Takes the screenshots in this folder: `python docs/screenshots/take.py ADDRESS [WORDS]`, with `ficshelf serve`
running there. Shelf, work, chapter and a search for WORDS, each wide, on a phone, and in the dark. Any library will do:
the work is the one with most chapters, the chapter one that shows more than plain paragraphs as soon as it opens.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
VIEWS = {
    "wide": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "light"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "device_scale_factor": 1.5},
    "dark": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"},
}
KINDS_IN_VIEW = """() => {
  const inView = (one) => one.getBoundingClientRect().bottom < innerHeight;
  const found = (kind) => [...document.querySelectorAll(".story " + kind)].some(inView);
  return ["hr.break", ".verse", "blockquote"].filter(found).length;
}"""


def addresses(page: Page, base: str, words: str) -> dict[str, str]:
    """What to show, as paths below `base`."""
    page.goto(base)
    titles = page.locator(".card h2:not(.guess) a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    chapters, kinds = {}, {}
    for work in titles:
        page.goto(base + work)
        chapters[work] = page.locator(".contents a").count()
        page.goto(f"{base}{work}/chapters/1")
        kinds[work] = page.evaluate(KINDS_IN_VIEW)
    return {
        "shelf": "/",
        "work": max(titles, key=chapters.__getitem__),
        "chapter": f"{max(titles, key=kinds.__getitem__)}/chapters/1",
        "search": "/search?" + urlencode({"q": words}),
    }


def main(base: str, words: str = "letter night") -> None:
    """Write NAME-VIEW.png for every page and view."""
    base = base.rstrip("/")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        found = addresses(browser.new_context(**VIEWS["wide"]).new_page(), base, words)
        for view, options in VIEWS.items():
            page = browser.new_context(**options).new_page()
            for name, address in found.items():
                page.goto(base + address)
                page.screenshot(path=HERE / f"{name}-{view}.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

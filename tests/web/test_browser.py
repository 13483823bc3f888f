"""The pages in a real browser: nothing hostile runs, everyone can use them, and comfort is remembered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PAGES = {
    "shelf": "/",
    "filtered": "/?fandom=Dracula&sort=words",
    "nothing fits": "/?fandom=Dracula&rating=nonsense&author=nobody",
    "work": "/works/1",
    "hostile work": "/works/2",
    "chapter": "/works/1/chapters/1",
    "last chapter": "/works/1/chapters/3",
    "hostile chapter": "/works/2/chapters/1",
    "beside": "/works/1/chapters/1/original",
    "compared": "/works/1/compare/34",
    "compared chapter": "/works/1/compare/34/1",
    "compared with the hostile": "/works/2/compare/1/1",
    "search": "/search?q=lamp",
    "search help": "/search",
    "search error": "/search?q=%22never+closed+(",
    "copies": "/works/35/copies",
    "questions": "/questions/",
    "person": "/people/Mary%20Whitlow/",
    "missing": "/nothing",
}
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, served: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=served)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_default_timeout(5000)
    return page


def until(page: Page, condition: str) -> None:
    """Wait until a condition holds in the page (which lets nobody evaluate strings by itself)."""
    for _ in range(50):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(condition)


def test_nothing_hostile_runs_or_asks_for_anything(context: BrowserContext, served: str) -> None:
    page = context.new_page()
    events: list[str] = []
    page.on("dialog", lambda dialog: (events.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: events.append(f"console {message.text}"))
    page.on("pageerror", lambda error: events.append(f"error {error}"))
    page.on("request", lambda request: request.url.startswith(served) or events.append(f"request {request.url}"))
    page.on("framenavigated", lambda frame: frame.url.startswith(served) or events.append(f"went to {frame.url}"))
    missing = "console Failed to load resource: the server responded with a status of"
    for url in (*PAGES.values(), "/works/2/chapters/1/original", "/search?q=canary", "/?author=canary&fandom=canary"):
        page.goto(url)
        page.wait_for_timeout(100)
        assert len(page.frames) == 1
    assert [event for event in events if not event.startswith(missing)] == []


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("theme", ["light", "dark", "sepia"])
def test_axe_finds_nothing_serious(browser: Browser, served: str, width: int, theme: str) -> None:
    scheme = "dark" if theme == "dark" else "light"
    context = browser.new_context(
        base_url=served, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    if theme == "sepia":
        page.goto("/robots.txt")
        page.evaluate("localStorage.setItem('theme', 'sepia')")
    found = []
    for name, url in PAGES.items():
        if "hostile" in name and theme != "light":
            continue  # long, and made of the same things
        page.goto(url)
        if theme == "sepia":  # with the panel and, where there is one, the filters open
            page.get_by_role("button", name="Colours and text size").click()
        results = Axe().run(page).response
        found += [
            (name, violation["id"], [node["html"][:120] for node in violation["nodes"][:3]])
            for violation in results["violations"]
            if violation["impact"] in ("serious", "critical")
        ]
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 2560])
def test_nothing_sticks_out_sideways(browser: Browser, served: str, width: int) -> None:
    context = browser.new_context(base_url=served, viewport={"width": width, "height": 900})
    page = context.new_page()
    for name, url in PAGES.items():
        page.goto(url)
        for size in ("0", "5"):
            page.evaluate(f"document.documentElement.dataset.size = '{size}'")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, size)
    context.close()


def test_the_measure_is_fit_for_reading(page: Page) -> None:
    page.set_viewport_size({"width": 2560, "height": 1300})
    page.goto("/works/1/chapters/1")
    width, size = page.evaluate(
        "() => { const p = document.querySelector('.story section > p'); "
        "return [p.getBoundingClientRect().width, parseFloat(getComputedStyle(p).fontSize)] }"
    )
    assert 28 <= width / size <= 36


def test_pages_work_without_scripts(browser: Browser, served: str) -> None:
    context = browser.new_context(base_url=served, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Sorted by").select_option("words")
    page.get_by_role("button", name="Sort").click()
    assert page.url.endswith("/?sort=words")
    page.get_by_role("link", name="Dracula", exact=False).first.click()
    assert "fandom=Dracula" in page.url
    page.get_by_label("Search the library").fill("lamp")
    page.get_by_role("button", name="Search").click()
    page.locator(".hits a").first.click()
    assert "#scene-" in page.url
    page.goto("/works/1/chapters/1")
    page.locator("nav.turn").get_by_text("The Boat").click()
    assert page.url.endswith("/chapters/2")
    page.go_back()
    page.get_by_role("link", name="Show the original").click()
    assert page.locator(".layer mark").first.inner_text() == "cafÃ©"
    context.close()


def test_the_skip_link_is_first_and_focus_is_visible(page: Page) -> None:
    page.goto("/works/1/chapters/1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the story"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(page.locator("main a").count()):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none", page.evaluate("document.activeElement.outerHTML")


def test_keys_turn_chapters_and_can_be_switched_off(page: Page) -> None:
    page.goto("/works/1/chapters/1")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/chapters/2")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/chapters/1")
    page.keyboard.press("j")
    until(page, "scrollY > 100")
    page.keyboard.press("k")
    until(page, "scrollY < 100")
    page.keyboard.press("o")
    page.wait_for_url("**/original")
    page.keyboard.press("o")
    page.wait_for_url("**/chapters/1")
    page.keyboard.press("u")
    page.wait_for_url("**/works/1")
    page.keyboard.press("/")
    page.keyboard.type("jt?")
    assert page.get_by_label("Search the library").input_value() == "jt?"
    page.goto("/works/1/chapters/1")
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert page.url.endswith("/chapters/1")


def test_colours_and_text_size_are_remembered_and_there_before_the_first_paint(page: Page) -> None:
    page.goto("/works/1")
    page.get_by_role("button", name="Colours and text size").click()
    page.get_by_label("Sepia").check()
    page.get_by_role("button", name="Larger text").click()
    page.get_by_role("button", name="Larger text").click()
    assert "121 %" in page.locator(".size output").inner_text()
    page.route("**/comfort.*.js", lambda route: route.abort())  # what comes after the first paint
    page.goto("/works/1/chapters/2")
    assert page.evaluate("document.documentElement.dataset.theme") == "sepia"
    assert page.evaluate("document.documentElement.dataset.size") == "2"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(242, 230, 207)"
    assert page.evaluate("document.querySelector('script[src*=look]').matches('head > :not([defer])')")


def test_where_one_was_is_remembered(page: Page) -> None:
    page.goto("/works/1/chapters/1")
    page.locator(".story p", has_text="Nobody came.").nth(2).evaluate("node => node.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(500)
    page.goto("/works/1")
    link = page.locator(".go-on")
    assert link.inner_text().startswith("Go on reading (1. Dusk, ")
    link.click()
    until(page, "scrollY > 500")
    before = page.evaluate("scrollY")
    page.goto("/works/1/chapters/1")
    page.get_by_text("Go on where you were").click()
    until(page, f"Math.abs(scrollY - {before}) < 80")


def test_scrolling_is_still_for_who_wants_it_still(browser: Browser, served: str) -> None:
    context = browser.new_context(base_url=served, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/works/1/chapters/1")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    context.close()


def test_a_chapter_can_be_printed(page: Page) -> None:
    page.goto("/works/1/chapters/1")
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    assert not page.locator("nav.turn").is_visible()
    assert page.locator(".story").is_visible()


def test_an_original_is_saved_and_never_shown(page: Page) -> None:
    page.goto("/works/2")
    with page.expect_download() as download:
        page.locator(".found a").first.press("Enter")
    assert download.value.suggested_filename.endswith(".html")
    assert page.url.endswith("/works/2")


def test_questions_are_answered_by_one_key_each_and_taken_back(page: Page) -> None:
    facts = "/questions/?after=4"  # behind those about copies
    page.goto(facts)
    first = page.locator(".asked h1").inner_text()
    with page.expect_navigation():
        page.keyboard.press("s")
    assert not page.url.endswith(facts)
    page.goto(facts)
    page.keyboard.press("1")
    page.get_by_role("status").wait_for()
    assert page.locator(".asked h1").inner_text() != first or "2 of" in page.locator(".how-far").inner_text()
    page.keyboard.press("u")
    page.locator(".undo").wait_for(state="detached")
    assert page.locator(".how-far").inner_text().startswith("1 of")
    page.goto(facts)
    page.keyboard.press("e")
    page.keyboard.type("In my own words, 1s")
    assert page.get_by_label("In your own words").input_value() == "In my own words, 1s"
    page.keyboard.press("Enter")
    page.get_by_role("status").wait_for()
    assert "In my own words, 1s" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Undo").click()
    page.locator(".undo").wait_for(state="detached")

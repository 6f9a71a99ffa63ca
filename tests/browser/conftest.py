"""A real Chromium, windows that are watched, and the whole product behind them.

Where there is no Chromium these tests fail: a story that nobody walked through is not one that holds.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserType, Page, Playwright, sync_playwright

from scripts import chromium
from tests import services
from tests.browser.troubles import Troubles
from tests.product import Product, running

# No chatter with anybody's servers while the tests run, and no video card where there is none.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Containers give /dev/shm 64 MB, too little for a few windows.
    "--disable-dev-shm-usage",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


# These stand in for fixtures of pytest-playwright, which live as long as the run. While its event loop lives, nothing
# else in the process can use asyncio; so here they end with the last test of this folder, whatever the order.


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser_type(playwright: Playwright) -> BrowserType:
    return playwright.chromium


@pytest.fixture(scope="package")
def browser(browser_type: BrowserType) -> Iterator[Browser]:
    """The system's Chromium. Without one, every test that asks for it fails."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.MISSING.strip(), pytrace=False)
    # Playwright itself leaves the sandbox out, which root could not have.
    running = browser_type.launch(executable_path=path, args=FLAGS)
    yield running
    running.close()


@pytest.fixture(scope="package")
def product(worker_id: str) -> Iterator[Product]:
    """The product with its demo, on a database of its own of the kind under test."""
    url = None
    if os.environ.get("MEETUP_TEST_DATABASE") == "postgresql":
        url = services.postgres_url(f"browser_{worker_id}")
    with running(url) as product:
        yield product


@pytest.fixture(scope="package")
def base_url(product: Product) -> str:
    """Where the product runs for these tests."""
    return product.address


@pytest.fixture
def troubles(base_url: str) -> Iterator[Troubles]:
    """Whatever went wrong in any window; a test that ends with some fails."""
    seen = Troubles(base_url)
    yield seen
    assert seen.left() == []


@pytest.fixture
def open_window(browser: Browser, base_url: str, troubles: Troubles) -> Iterator[Callable[..., Page]]:
    """Open a window of its own: other cookies, as on another person's machine. Takes what `new_context` takes."""
    contexts = []

    def open_one(**options: object) -> Page:
        # Without movement, so that no colour is looked at on its way to another.
        context = browser.new_context(**{"base_url": base_url, "reduced_motion": "reduce", **options})
        context.set_default_timeout(10_000)
        troubles.watch(context)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_window: Callable[..., Page]) -> Page:
    return open_window()


@pytest.fixture
def two_windows(open_window: Callable[..., Page]) -> tuple[Page, Page]:
    """Two people, each at a window of their own."""
    return open_window(), open_window()

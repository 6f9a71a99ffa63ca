"""Is a page usable by everybody? axe-core answers, in the page, as it stands."""

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

SIZES = ({"width": 1280, "height": 800}, {"width": 390, "height": 844})
SCHEMES = ("light", "dark")


# Two frames, and whatever they set in motion: no colour is looked at on its way to another.
AT_REST = """async () => {
  const frame = () => new Promise(done => requestAnimationFrame(done))
  await frame(); await frame()
  await Promise.all(document.getAnimations().filter(one => one.effect.getTiming().iterations !== Infinity)
    .map(one => one.finished.catch(() => null)))
}"""


def axe(page: Page) -> None:
    """Fail on anything that axe finds on this page, and say what and where.

    The script goes in by the debugger's door, which our content security policy does not guard: the page under
    test is the page as served.
    """
    page.evaluate(AXE_SCRIPT)
    page.evaluate(AT_REST)
    # Without its own reading of style sheets: it would look for those that ours import at the wrong address.
    found = AxeResults(page.evaluate("() => axe.run({resultTypes: ['violations'], preload: false})"))
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def axe_everywhere(page: Page) -> None:
    """The same in light and dark, on a screen and on a phone, where nothing may stick out to the side."""
    for size in SIZES:
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], f"{page.url} is too wide"
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            axe(page)

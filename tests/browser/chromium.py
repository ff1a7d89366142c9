"""How the browser is started: as root, without calls home, and without pages for its own window."""

from collections.abc import Iterator
from contextlib import contextmanager

from find_browser import installed
from playwright.sync_api import Browser

CHROMIUM = installed()  # without one, the browser that Playwright has fetched
# Nobody sees the window, yet the pages of its address bar cost more than a course does. Of several such lists a
# browser takes the last, so this one repeats what Playwright switches off for the sake of pages.
OFF = [
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"),
]
# Playwright's mouse, repeated for the same reason; and the shell, which never knows how fast its line is, fetches
# pictures no further ahead than a browser on a good one.
BLINK = [
    *("primaryHoverType=2", "availableHoverTypes=2", "primaryPointerType=4", "availablePointerTypes=4"),
    "lazyLoadingImageMarginPxUnknown=1250",
]


def blink_settings(*more: str) -> str:
    """The flag with the engine's settings, ours and `more`."""
    return f"--blink-settings={','.join([*BLINK, *more])}"


FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    blink_settings(),
    f"--disable-features={','.join(OFF)}",
]


@contextmanager
def set_so(browser: Browser, setting: str) -> Iterator[Browser]:
    """Such a browser whose owner has a `setting` of her own, in Blink's words."""
    own = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, blink_settings(setting)])
    yield own
    own.close()

"""How the browser is started: as root, without calls home."""

from find_browser import installed

CHROMIUM = installed()  # without one, the browser that Playwright has fetched
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

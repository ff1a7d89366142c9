"""How the browser is started: as root, without calls home."""

import shutil

CHROMIUM = shutil.which("chromium")  # without one, the browser that Playwright has fetched
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

"""QR codes: the way from paper to a phone."""

from __future__ import annotations

import io


def qr(address: str) -> str:
    """A QR code of `address`, as a drawing in black on white with the margin that it needs."""
    import segno  # which few papers need

    out = io.BytesIO()
    segno.make(address, error="l", micro=False).save(out, kind="svg", border=2, light="white", xmldecl=False)
    return out.getvalue().decode()

"""What day it is."""

from __future__ import annotations

import datetime
import os


def today() -> datetime.date:
    """Today, or the day that SOURCE_DATE_EPOCH names (reproducible-builds.org): seconds since 1970."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch.isdecimal() else None
    return moment.date() if moment else datetime.datetime.now(tz=datetime.UTC).date()

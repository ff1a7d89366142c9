"""Settings of the workbench, with its state kept under the folder in LMS_STATE."""

import os
from pathlib import Path

from workbench import settings as workbench
from workbench.settings import *  # noqa: F403

STATE = Path(os.environ["LMS_STATE"])

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
MEDIA_ROOT = STATE / "media"
MEDIA_URL = "/media/"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": STATE / "workbench.sqlite3"}}
LOGGING_CONFIG = None
# The SCORM block does not use the file system service.
INSTALLED_APPS = [name for name in workbench.INSTALLED_APPS if name != "djpyfs"]
WORKBENCH = {"reset_state_on_restart": False, "services": {"settings": "workbench.services.SettingsService"}}

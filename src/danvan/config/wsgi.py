import gc
import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danvan.config.settings")

application = get_wsgi_application()
if "DANVAN_SECRET_KEY" not in os.environ:
    raise ImproperlyConfigured(
        "DANVAN_SECRET_KEY is not set. Set it, or start with `danvan serve`, which keeps one."
    )

# What is loaded now stays: collecting it again and again would take a third of a large page's time.
get_resolver().reverse_dict  # noqa: B018
gc.collect()
gc.freeze()

"""Every address that may exist: the site's, and those of the demo."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

from visavis.site import urls
from visavis.site.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = list(urls.urlpatterns)
if find_spec("visavis.demo.urls"):
    urlpatterns.append(path("demo/", include("visavis.demo.urls")))

"""The door of the web server: closed while the instance is not safe."""

import os

from django.core.wsgi import get_wsgi_application

os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.site.settings")
# Matrices of pages are small: threads of the library would cost more than they give, and there are others.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
application = get_wsgi_application()

from visavis.site import databases, safety, warming  # noqa: E402  they need the settings

databases.limit_statements()
safety.must_be_safe()
warming.start()

"""The door of the web server: closed while the instance is not safe."""

import os

from django.core.wsgi import get_wsgi_application

os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.site.settings")
application = get_wsgi_application()

from visavis.site import databases, safety  # noqa: E402  they need the settings

databases.limit_statements()
safety.must_be_safe()

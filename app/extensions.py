"""The Flask extensions, made without an application; the factory joins them to one."""

from flask_babel import Babel
from flask_compress import Compress
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect

babel = Babel()
compress = Compress()
csrf = CSRFProtect()
login = LoginManager()
# Sessions are ours, kept on the server: what Flask-Login would note in them is one more statement and tells nothing.
login.session_protection = None

"""Makes the application for a WSGI server; nothing else."""

from app.factory import create_app

app = create_app()

"""Serves the application as `flask start` does, over a database that is filled: `python -m bench.server PORT`."""

import sys

from app.cli.server import serve, share_memory
from app.factory import create_app

if __name__ == "__main__":
    app = create_app()
    app.extensions["database"].engine.dispose()
    share_memory()
    serve(app, int(sys.argv[1]))

"""The server's own log, in lines like ours: Gunicorn would write the address of a request that it did not answer."""

from typing import Any

from gunicorn.glogging import Logger

from app.journal import OneLine


class ServerLog(Logger):
    """Gunicorn's log as one line an event, without texts."""

    def setup(self, cfg: Any) -> None:
        """Set up as Gunicorn does, with our lines."""
        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.setFormatter(OneLine())

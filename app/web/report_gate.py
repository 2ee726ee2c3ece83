"""How many reports of browsers are written down: whoever floods the log would hide in it."""

import threading
import time

PER_MINUTE = 30
MINUTE = 60.0


class ReportGate:
    """Lets so many through a minute, in this process."""

    def __init__(self, per_minute: int = PER_MINUTE) -> None:
        self._per_minute = per_minute
        self._lock = threading.Lock()
        self._minute, self._let = 0.0, 0

    def lets_through(self) -> bool:
        """Whether one more may be written down."""
        minute = time.monotonic() // MINUTE
        with self._lock:
            if minute != self._minute:
                self._minute, self._let = minute, 0
            self._let += 1
            return self._let <= self._per_minute

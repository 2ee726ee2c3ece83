"""Whose address a visitor has, behind our own web servers.

Only what a web server of ours says of who asked is believed, and of what it says only its own part: the address that
it adds at the end of X-Forwarded-For, and whether the visitor came by TLS. What a visitor writes in front of that is
not read, nor is any other name of a host or a folder.
"""

from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

from config import Network

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
FORWARDED = ("FORWARDED", "X_FORWARDED_FOR", "X_FORWARDED_HOST", "X_FORWARDED_PORT", "X_FORWARDED_PREFIX")


class BehindOurServers:
    """The application, told who asks by our own web servers alone."""

    def __init__(self, answer: Wsgi, servers: tuple[Network, ...]) -> None:
        self._answer, self._servers = answer, servers

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Answer, with the visitor's address in the place of our server's."""
        scheme = environ.pop("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip()
        told = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
        for name in FORWARDED:
            environ.pop(f"HTTP_{name}", None)
        if self._is_ours(environ.get("REMOTE_ADDR", "")):
            environ["REMOTE_ADDR"] = self._visitor(told, environ["REMOTE_ADDR"])
            if scheme in ("http", "https"):
                environ["wsgi.url_scheme"] = scheme
        return self._answer(environ, start)

    def _visitor(self, told: list[str], peer: str) -> str:
        """The last address that is no server of ours; where what is told is no address, the server that told it."""
        for address in reversed(told):
            if not _is_address(address.strip()):
                return peer
            peer = address.strip()
            if not self._is_ours(peer):
                return peer
        return peer

    def _is_ours(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in network for network in self._servers)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True

"""A folder of definitions that stands in memory: what the loader reads as if it were one of files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Protocol

Texts = Mapping[str, Mapping[str, str]]
"""By version, by file name: its text."""


class Place(Protocol):
    """What the loader asks of a folder or a file: a `pathlib.Path` will do, and so will a `TextPlace`."""

    @property
    def name(self) -> str: ...  # noqa: D102 - as of a path
    @property
    def stem(self) -> str: ...  # noqa: D102
    @property
    def parent(self) -> "Place": ...  # noqa: D102
    def __truediv__(self, other: str) -> "Place": ...
    def is_file(self) -> bool: ...  # noqa: D102
    def read_text(self, encoding: str) -> str: ...  # noqa: D102
    def glob(self, pattern: str) -> "Iterator[Place]": ...  # noqa: D102


@dataclass(frozen=True, order=True)
class TextPlace:
    """A version among texts, or one of its files."""

    version: str = ""
    file: str = ""
    texts: Texts | None = None

    @property
    def name(self) -> str:
        """The last part."""
        return self.file or self.version

    @property
    def stem(self) -> str:
        """The last part without its ending."""
        return self.name.rpartition(".")[0] or self.name

    @property
    def parent(self) -> "TextPlace":
        """The version of a file; of a version the place where all stand."""
        return TextPlace(self.version if self.file else "", "", self.texts)

    def __truediv__(self, other: str) -> "TextPlace":
        if self.version:
            return TextPlace(self.version, other, self.texts)
        return TextPlace(other, "", self.texts)

    def is_file(self) -> bool:
        """Whether there is a text."""
        return self.file in self._files()

    def read_text(self, encoding: str = "utf-8") -> str:
        """The text; raises FileNotFoundError."""
        if not self.is_file():
            raise FileNotFoundError(self.name)
        return self._files()[self.file]

    def glob(self, pattern: str) -> Iterator["TextPlace"]:
        """The files of the version whose names fit."""
        return (self / name for name in self._files() if fnmatch(name, pattern))

    def _files(self) -> Mapping[str, str]:
        return (self.texts or {}).get(self.version, {})

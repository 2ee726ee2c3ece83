"""Why a file is not taken."""


class Refused(Exception):
    """A file that is not taken in; carries a reason key and nothing of the file."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

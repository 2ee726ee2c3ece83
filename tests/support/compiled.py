"""One memory of compiled statements and templates for all databases and applications of a test process.

SQLAlchemy keeps what it has compiled for each engine apart, Jinja for each application, and every test has its own of
both: compiling the same anew took most of the time of a test. Here two dialects of a kind count as one, which they are
where their servers are the same, and their engines share what was compiled. What is asked stays the key: a statement
with another criterion is another statement, and a template with other words another template, as in the application.
"""

from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

STATEMENTS = 4_000
_compiled: LRUCache[Any, Any] = LRUCache(STATEMENTS)


class _Alike:
    """What makes dialects of a class one key, and gives their engines the common memory."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=_compiled)


class AlikeSQLite(_Alike, SQLiteDialect_pysqlite):
    """SQLite as it is."""

    supports_statement_cache = True


class AlikePostgreSQL(_Alike, PGDialect_psycopg):
    """PostgreSQL as it is."""

    supports_statement_cache = True


def share_compiled_statements() -> None:
    """Let every engine made from here on in this process be of these dialects."""
    here = __name__
    for name in ("sqlite", "sqlite.pysqlite"):
        registry.register(name, here, AlikeSQLite.__name__)
    registry.register("postgresql.psycopg", here, AlikePostgreSQL.__name__)


class Templates(BytecodeCache):
    """Compiled templates in memory; Jinja compares the checksum of the source before it takes what is there."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = Templates()

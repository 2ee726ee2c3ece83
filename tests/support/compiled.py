"""One memory of compiled statements, templates and addresses for all databases and applications of a test process.

SQLAlchemy keeps what it has compiled for each engine apart, Jinja and Werkzeug for each application, and every test has
its own of both: compiling the same anew took most of the time of a test. Here two dialects of a kind count as one,
which they are where their servers are the same, and their engines share what was compiled. What is asked stays the key:
a statement with another criterion is another statement, and a template with other words another template, as in the
application. A password that was found right is right for the same hash each time; one that is wrong is tried in full.
"""

from collections.abc import Callable, Iterable
from functools import cache
from types import CodeType
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import BaseConverter, Rule
from werkzeug.routing.rules import RulePart

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


class Templates(BytecodeCache):
    """Compiled templates in memory, by their place and the checksum of their source."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key, bucket.checksum] = bucket.code


class Address(Rule):
    """A rule of addresses as it is; what reads and builds an address is made once, from all that it is made from."""

    _built: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}
    _parsed: dict[str, tuple[list[RulePart], list[tuple[bool, str]], dict[str, BaseConverter]]] = {}

    def _parse_rule(self, rule: str) -> Iterable[RulePart]:
        if rule not in self._parsed:
            before = len(self._trace)
            parts = list(super()._parse_rule(rule))
            self._parsed[rule] = parts, self._trace[before:], dict(self._converters)
            return parts
        parts, trace, converters = self._parsed[rule]
        self._trace.extend(trace)
        self._converters.update(converters)
        self.arguments.update(converters)
        return parts

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        made_from = (self.rule, tuple(self._trace), tuple((self.defaults or {}).items()), append_unknown)
        if made_from not in self._built:
            self._built[made_from] = super()._compile_builder(append_unknown)
        return self._built[made_from]


def share_what_is_compiled() -> None:
    """Let every engine and every application made from here on in this process compile each thing once."""
    here = __name__
    for name in ("sqlite", "sqlite.pysqlite"):
        registry.register(name, here, AlikeSQLite.__name__)
    registry.register("postgresql.psycopg", here, AlikePostgreSQL.__name__)
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Templates()}
    Flask.url_rule_class = Address
    PasswordHasher.verify = cache(PasswordHasher.verify)  # type: ignore[method-assign]

"""What all tables share: naming of constraints, ids made by the client, aware times, and sealed columns."""

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, ForeignKey, LargeBinary, MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. SQLite has no zones, so they are cut on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(  # noqa: D102 - SQLAlchemy's own
        self, value: datetime | None, dialect: Any
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(  # noqa: D102 - SQLAlchemy's own
        self, value: datetime | None, dialect: Any
    ) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SealedCompared(Exception):
    """A query compared a sealed column: with random nonces it would silently match nothing."""


class Sealed(TypeDecorator[bytes]):
    """Bytes that only the vault makes and opens. IS NULL is the one comparison allowed (design decision 34)."""

    impl = LargeBinary
    cache_ok = True

    class comparator_factory(LargeBinary.Comparator[bytes]):  # noqa: N801 - the name that SQLAlchemy looks for
        def operate(  # noqa: D102 - SQLAlchemy's own
            self, op: Any, *other: Any, **kwargs: Any
        ) -> Any:
            if op in (operators.is_, operators.is_not):
                return super().operate(op, *other, **kwargs)
            raise SealedCompared(op.__name__)

        def reverse_operate(  # noqa: D102 - SQLAlchemy's own
            self, op: Any, other: Any, **kwargs: Any
        ) -> Any:
            raise SealedCompared(op.__name__)


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcTime(), bytes: LargeBinary(), uuid.UUID: Uuid()}


def sealed(sensitivity: str, comment: str) -> Mapped[bytes | None]:
    """A column whose bytes are sealed; `sensitivity` is the class of field.md 8.1."""
    return mapped_column(Sealed(), info={"sensitivity": sensitivity, "sealed": True}, comment=comment, default=None)


class HasId:
    """A random id, made by the client so that a row can be sealed and referred to before it is written."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)


class OfCase:
    """Belongs to a case and was recorded by an agency: what row-level security and the scope look at."""

    @declared_attr
    def case_id(cls) -> Mapped[uuid.UUID]:  # noqa: N805 - SQLAlchemy calls it with the class
        """The case."""
        return mapped_column(ForeignKey("cases.id"), index=True)

    @declared_attr
    def agency_id(cls) -> Mapped[uuid.UUID]:  # noqa: N805 - SQLAlchemy calls it with the class
        """The agency that recorded it."""
        return mapped_column(ForeignKey("agency.id"), comment="the agency that recorded it and whom it counts for")

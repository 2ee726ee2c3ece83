"""Pure reading of agencies' registers: mappings, bytes to rows, rows to facts, faults. Nothing is stored here."""

from app.registers.faults import ERROR, WARNING, Fault, RegisterFault
from app.registers.guess import Guess, best_preset, propose
from app.registers.mapping import MetricRule, RegisterMapping, from_dict, preset, preset_names
from app.registers.mend import rows_to_mend
from app.registers.parse import ParsedRegister, RegisterRow, StatedFact, parse
from app.registers.reader import Table, TableRow, read

__all__ = [
    "ERROR",
    "WARNING",
    "Fault",
    "Guess",
    "MetricRule",
    "ParsedRegister",
    "RegisterFault",
    "RegisterMapping",
    "RegisterRow",
    "StatedFact",
    "Table",
    "TableRow",
    "best_preset",
    "from_dict",
    "parse",
    "preset",
    "preset_names",
    "propose",
    "read",
    "rows_to_mend",
]

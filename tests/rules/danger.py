"""Checks of calls that can hurt: SQL made of text, markup taken on trust, code read from data, files, sockets, logs,
and tables read past the scope. Each finds a call wherever it stands; where one may stand is listed in danger.toml.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache

from tests.rules import tree

PLACES = "tests/rules/danger.toml"
SQL_CALLS = {
    *("text", "execute", "executemany", "scalar", "scalars", "exec_driver_sql", "literal_column", "DDL", "copy"),
    "executescript",
}
READING_CODE = {"pickle", "cPickle", "dill", "marshal", "shelve", "jsonpickle"}
OUTSIDE = {
    *("requests", "httpx", "aiohttp", "urllib3", "socket", "smtplib", "ftplib", "telnetlib", "xmlrpc", "webbrowser"),
    *("urllib.request", "http.client", "poplib", "imaplib"),
}
PROGRAMS = {"subprocess", "pty"}
RUNNING = {"system", "popen", "execv", "execve", "execvp", "spawnl", "spawnv", "posix_spawn"}
FILE_CALLS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "fdopen", "NamedTemporaryFile", "mkstemp"}
OPENING = {"open", "fdopen"}
LOGGING = {"logging", "structlog", "loguru", "syslog"}
TRUSTED = re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\s+false|\bforceescape\b|\bMarkup\(")


def sql_of_text(name: str, text: str) -> list[str]:
    """No statement is put together from values, neither in the call nor in a name that the call is given."""
    tree_ = ast.parse(text)
    made = {
        target.id
        for node in ast.walk(tree_)
        if isinstance(node, ast.Assign) and _is_made(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return [
        f"{name}:{call.lineno}: SQL put together from text; bind the value, or use SQLAlchemy's expressions"
        for call in _calls(tree_)
        if _called(call) in SQL_CALLS and call.args
        if _is_made(call.args[0]) or (isinstance(call.args[0], ast.Name) and call.args[0].id in made)
    ]


def code_of_data(name: str, text: str) -> list[str]:
    """Nothing that was stored or sent is run: no pickles, no YAML that makes objects, no eval."""
    tree_ = ast.parse(text)
    lines = _imports(tree_, READING_CODE)
    for call in _calls(tree_):
        is_bare = isinstance(call.func, ast.Name) and call.func.id in {"eval", "exec", "compile", "__import__"}
        is_yaml = ast.unparse(call.func) in {"yaml.load", "yaml.unsafe_load", "yaml.full_load"}
        lines += [call.lineno] if is_bare or is_yaml else []
    return [f"{name}:{line}: runs what is only data; read it as JSON or TOML" for line in lines]


def markup_on_trust(name: str, text: str) -> list[str]:
    """Text becomes markup by escaping alone: `Markup` of a literal may stand anywhere, of a value nowhere else."""
    return [
        f"{name}:{call.lineno}: markup taken on trust; let the template escape it"
        for call in _calls(ast.parse(text))
        if _called(call) == "Markup" and call.args and not isinstance(call.args[0], ast.Constant)
    ]


def templates_on_trust(name: str, text: str) -> list[str]:
    """No template switches escaping off."""
    return [
        f"{name}:{text.count(chr(10), 0, found.start()) + 1}: escaping switched off; give the page plain values"
        for found in TRUSTED.finditer(text)
    ]


def templates_of_text(name: str, text: str) -> list[str]:
    """Templates are files of ours: one made from text would run what a visitor typed."""
    return [
        f"{name}:{call.lineno}: a template made of text; write it as a file"
        for call in _calls(ast.parse(text))
        if _called(call) in {"render_template_string", "from_string", "stream_template_string"}
        or ast.unparse(call.func) in {"jinja2.Template", "Template"}
    ]


def logs(name: str, text: str) -> list[str]:
    """One module writes the log; whatever else wrote to one could put a person's words into it."""
    tree_ = ast.parse(text)
    lines = _imports(tree_, LOGGING)
    lines += [node.lineno for node in ast.walk(tree_) if isinstance(node, ast.Attribute) and node.attr == "logger"]
    return [f"{name}:{line}: writes to a log; note an event through app.journal" for line in lines]


def past_the_scope(name: str, text: str) -> list[str]:
    """The scope is added to statements of models: a bare table or connection goes past it."""
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute)]
    lines = [node.lineno for node in nodes if node.attr == "__table__"]
    lines += [node.lineno for node in nodes if node.attr == "connection" and "session" in ast.unparse(node.value)]
    return [f"{name}:{line}: goes past the scope; select the model through the session" for line in sorted(lines)]


def calls_outside(name: str, text: str) -> list[str]:
    """The application asks nobody anything: whom it asked would know when somebody works on what."""
    lines = _imports(ast.parse(text), OUTSIDE)
    return [f"{name}:{line}: can reach another machine; nothing here may" for line in lines]


def programs(name: str, text: str) -> list[str]:
    """The application starts no program."""
    tree_ = ast.parse(text)
    lines = _imports(tree_, PROGRAMS)
    lines += [
        call.lineno
        for call in _calls(tree_)
        if _called(call) in RUNNING and ast.unparse(call.func).startswith(("os.", "posix."))
    ]
    return [f"{name}:{line}: starts a program; nothing here may" for line in lines]


def files_opened(name: str, text: str) -> list[str]:
    """Files are opened in few places, each with a path of ours: never one that a visitor named."""
    return [
        f"{name}:{call.lineno}: opens a file; have the service that owns it do so"
        for call in _calls(ast.parse(text))
        if _called(call) in FILE_CALLS - OPENING or _opens(call)
    ]


CHECKS: dict[str, tree.Check] = {
    check.__name__: check
    for check in (
        *(sql_of_text, code_of_data, markup_on_trust, templates_on_trust, templates_of_text),
        *(logs, past_the_scope, calls_outside, programs, files_opened),
    )
}


@cache
def allowed() -> dict[str, dict[str, str]]:
    """By check: the files in which it finds something that may stand, each with the reason."""
    told = tomllib.loads((tree.ROOT / PLACES).read_text("utf-8"))
    return {
        check: {name: group["reason"] for group in groups for name in group["files"]} for check, groups in told.items()
    }


def unlisted(check: str, names: tuple[str, ...], run: Callable[..., list[str]] = tree.faults) -> list[str]:
    """What a check finds in files that are not listed for it, and the listed files in which it finds nothing."""
    listed = allowed().get(check, {})
    found = run([name for name in names if name not in listed], CHECKS[check])
    stale = [name for name in listed if name in names and not run([name], CHECKS[check])]
    gone = [name for name in listed if name not in names]
    return found + [f"{name}: is listed for {check} in {PLACES} and has no need of it" for name in stale + gone]


def _opens(call: ast.Call) -> bool:
    """`open(...)`, `path.open("w")`, `os.open(...)`; the vault's `open` takes a key and what is sealed under it."""
    if isinstance(call.func, ast.Name):
        return call.func.id == "open"
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "open":
        return False
    owner = ast.unparse(call.func.value)
    return not owner.endswith(("vault", "keys")) or "path" in owner.lower()


def _is_made(value: ast.expr) -> bool:
    if isinstance(value, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in value.values)
    if isinstance(value, ast.BinOp):
        return isinstance(value.op, ast.Add | ast.Mod) and _has_words(value)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        owner = value.func.value
        return value.func.attr in {"format", "join", "replace"} and isinstance(owner, ast.Constant)
    return False


def _has_words(value: ast.expr) -> bool:
    return any(
        isinstance(part, ast.JoinedStr) or (isinstance(part, ast.Constant) and isinstance(part.value, str))
        for part in ast.walk(value)
    )


def _calls(tree_: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree_) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _imports(tree_: ast.AST, modules: set[str]) -> list[int]:
    """The lines that import one of the modules or something in it."""
    found = []
    for node in ast.walk(tree_):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        found += [node.lineno for name in names if any(f"{name}.".startswith(f"{one}.") for one in modules)]
    return found

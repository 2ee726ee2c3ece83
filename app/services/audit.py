"""How the detail of an audit entry is written down (decisions 16 and 44); `app.audit_verify` digests and verifies."""

import json
from collections.abc import Mapping


def canonical(detail: Mapping[str, object]) -> str:
    """The detail as JSON that comes out the same every time."""
    return json.dumps(detail, sort_keys=True, separators=(",", ":"), default=str)

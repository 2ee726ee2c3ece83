"""One function a use case: authorise, act, record, commit once. Nothing here knows HTTP."""

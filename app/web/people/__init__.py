"""Administration: agencies, their people, shelters and duty rosters. No page here knows a case."""

from app.web.people import houses
from app.web.people.views import people

__all__ = ["houses", "people"]

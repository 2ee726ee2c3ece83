"""How full the shelters were and how long people stayed: pictures, tables, and the files that leave."""

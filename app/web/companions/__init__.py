"""Children who live with a resident: one who came along, one who has left."""

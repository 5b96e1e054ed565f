"""How well plans are read: an analysis compared with the truth of a plan (no Django)."""

"""Who reads and writes a field."""

#: Odoo's mark for a field that no group has: our own methods alone, with all rights.
NOBODY = "."

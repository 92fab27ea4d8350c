"""Odoo's command line as a file: with workers Odoo starts its websocket process by the
name of the program that it was started with itself, and a module has none."""

import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()

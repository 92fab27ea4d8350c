# Two commands: `make run` and `make test`. What they do is in tools/sandbox/.
PYTHON ?= python3
export DB DEMO PORT ODOO ARGS MINUTES WORKERS RUNS BUSY

COMMANDS = run test proof again db env stop shell lint format i18n bench load pictures clean

.PHONY: help $(COMMANDS)

help:
	@echo "make run  [PORT=8069]        a demo dealership on http://localhost:8069"
	@echo "make test [ARGS='-k name']   the tests, or some"
	@echo "make proof                   the tests that take long: upgrades, every button"
	@echo "make again [RUNS=10 BUSY=2]  one commit, again and again, on a busy machine"
	@echo "make db DB=name [DEMO=1]     prepare a database"
	@echo "make shell [DB=name]         a Python prompt in a database"
	@echo "make env                     export lines for a shell; make stop ends the server"
	@echo "make load [MINUTES=10]       a busy shop on a server with workers, measured"
	@echo "make lint | format | i18n | bench | pictures | clean"

$(COMMANDS):
	@$(PYTHON) -m tools.sandbox $@

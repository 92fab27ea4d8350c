"""A busy shop on a server with workers: `make load` (see benchmarks/README.md)."""

"""The sandbox: a running dealership and its tests from two commands.

Standard library only, so that it runs before anything is installed.
See docs/development.md for what each command does.
"""

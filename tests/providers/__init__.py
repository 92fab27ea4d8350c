"""Servers that stand for services of others, on this machine only.

Each is written from what the service publishes of itself, and shares no code with the
addons or with the library that calls it. The signatures they judge by are held against
the published examples in ``tests/dealer_service/messages/test_signatures.py``.
"""

"""What became of a request, as a browser tells it from the answer."""

#: What Odoo raises for the person: nothing was written. Ours are of our addons.
OF_THE_PERSON = ("odoo.exceptions.", "odoo.addons.dealer_")
#: Of the same module, but no sentence for a person.
OF_THE_SERVER = ("odoo.exceptions.ConcurrencyError", "odoo.exceptions.CacheMiss")


class Refused(Exception):
    """The server said no, with a sentence: what was asked for did not happen."""


class Broken(Exception):
    """The server failed, or nobody knows: what was asked for may have happened."""


def problem(status: int, answer) -> Exception | None:
    """What is wrong with the answer to a call by JSON-RPC, if anything.

    Odoo answers a call that failed with the status 200 and an error inside.

    :param status: of HTTP; 0 when no answer came
    :param answer: the decoded answer, None when it is no JSON
    """
    if status == 0:
        return Broken("no answer")
    if status >= 400:
        return Broken(f"HTTP {status}")
    if not isinstance(answer, dict):
        return Broken("an answer that is no JSON")
    error = answer.get("error")
    if not error:
        return None
    data = error.get("data") or {}
    name = data.get("name") or ""
    words = " ".join(str(data.get("message") or error.get("message")).split())
    if name.startswith(OF_THE_PERSON) and name not in OF_THE_SERVER:
        return Refused(words)
    return Broken(f"{name}: {words}")


def following(action):
    """The screen that comes after an action, past what is said on the way."""
    while isinstance(action, dict) and (action.get("params") or {}).get("next"):
        action = action["params"]["next"]
    return action if isinstance(action, dict) else {}

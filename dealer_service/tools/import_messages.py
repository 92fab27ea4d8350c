"""What Odoo's import says of refused rows."""


def told_once(result):
    """The result of ``load`` with each refused row once, on its own line.

    Odoo repeats the message of a refused batch on the first row of the batch,
    whichever row it was about.

    :param dict result: what ``load`` returns; its ``messages`` are changed

    >>> row = {"message": "No such car", "rows": {"from": 2, "to": 2}}
    >>> batch = {**row, "rows": {"from": 0, "to": 0}}
    >>> told_once({"messages": [batch, row]})["messages"] == [row]
    True
    >>> told_once({"messages": [batch]})["messages"] == [batch]
    True
    """
    first, rest = result["messages"][:1], result["messages"][1:]
    if first and first[0].get("message") in [row.get("message") for row in rest]:
        result["messages"] = rest
    return result

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


def refused_cells(fields, data, checks):
    """What an import says of cells that cannot be what their column is.

    :param list fields: names of the columns
    :param list data: rows
    :param dict checks: by name of a column, a function of the number of a row and the
        text of its cell that returns a sentence, or nothing
    :return: messages as ``load`` returns them

    >>> checks = {"vin": lambda row, text: len(text) != 17 and f"{row}: {text}"}
    >>> rows = [["", "A"], ["", "LVVDB11B0RD045678"]]
    >>> [refused["message"] for refused in refused_cells(["name", "vin"], rows, checks)]
    ['1: A']
    """
    columns = [(index, name) for index, name in enumerate(fields) if name in checks]
    return [
        {
            "type": "error",
            "message": sentence,
            "rows": {"from": number, "to": number},
            "record": number,
            "field": name,
        }
        for number, row in enumerate(data)
        for index, name in columns
        if (sentence := row[index] and checks[name](number + 1, str(row[index])))
    ]

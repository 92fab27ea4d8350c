"""What an import says of rows and cells, as :class:`.sheet.Sheet` numbers them."""


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


def refused_cells(sheet, fields, data, checks):
    """What an import says of cells that cannot be what their column is.

    :param list fields: names of the columns
    :param list data: rows
    :param dict checks: by name of a column, a function of the number of a row and the
        text of its cell that returns a sentence, or nothing
    :return: messages as ``load`` returns them

    >>> from .sheet import Sheet
    >>> checks = {"vin": lambda row, text: len(text) != 17 and f"{row}: {text}"}
    >>> rows = [["", "A"], ["", "LVVDB11B0RD045678"]]
    >>> sheet = Sheet()
    >>> sheet.places = [1, 2]
    >>> refused = refused_cells(sheet, ["name", "vin"], rows, checks)
    >>> [message["message"] for message in refused]
    ['2: A']
    """
    return [
        {
            "type": "error",
            "message": sentence,
            "rows": {"from": number, "to": number},
            "record": number,
            "field": name,
        }
        for number, name, sentence in _judged(sheet, fields, data, checks)
    ]


def doubt_cells(sheet, fields, data, checks):
    """Note in ``sheet`` what is said of cells that are imported all the same.

    :param dict checks: see :func:`refused_cells`

    >>> from .sheet import Sheet
    >>> sheet = Sheet()
    >>> checks = {"phone": lambda row, text: f"{row}: {text}?"}
    >>> doubt_cells(sheet, ["phone"], [[""], ["abc"]], checks)
    >>> sheet.doubts
    ['2: abc?']
    """
    sheet.doubts += [
        sentence for _row, _name, sentence in _judged(sheet, fields, data, checks)
    ]


def _judged(sheet, fields, data, checks):
    columns = [(index, name) for index, name in enumerate(fields) if name in checks]
    for number, row in enumerate(data):
        for index, name in columns:
            text = row[index] and str(row[index])
            sentence = text and checks[name](sheet.row(number), text)
            if sentence:
                yield number, name, sentence

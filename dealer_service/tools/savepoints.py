"""One record that fails does not stop the others."""

import logging

_logger = logging.getLogger(__name__)


def each_in_savepoint(records, call):
    """Call something with each record; what fails is logged, taken back and left.

    :param call: is handed one record
    :return: the records with which it succeeded
    """
    done = records.browse()
    for record in records:
        try:
            with records.env.cr.savepoint():
                call(record)
            done |= record
        except Exception:
            # whatever is wrong with this one, the next one is waiting
            _logger.exception("A job failed for %s", record)
    return done

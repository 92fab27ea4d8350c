from ...tools.refusal import NamedRefusal
from ...tools.signature import clean_signature


class SignatureRefused(NamedRefusal):
    """What was sent is not a signature that somebody has drawn."""


def checked_signature(env, signature):
    """The signature as it is kept: a picture with strokes, drawn anew.

    :param signature: base64 of a PNG or JPEG
    :raise SignatureRefused: for whatever else is sent
    """
    try:
        return clean_signature(signature)
    except ValueError:
        raise SignatureRefused(
            env._("Please sign with a few strokes in the box, then send it again.")
        ) from None

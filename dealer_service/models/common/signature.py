from ...tools.refusal import NamedRefusal
from ...tools.signature import clean_signature

#: Letters of the name of whoever signs.
_MAX_NAME = 100


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


def check_signer(env, name):
    """Nobody of the shop decides, or signs, for the customer in his own name.

    :raise SignatureRefused: for the name of whoever records it
    """
    if len(name or "") > _MAX_NAME:
        raise SignatureRefused(
            env._("A name has %(most)s letters at most.", most=_MAX_NAME)
        )
    if env.su or not env.user._is_internal():
        return
    if (name or "").strip().casefold() == env.user.name.strip().casefold():
        raise SignatureRefused(
            env._(
                "“%(name)s” is your own name. Enter the name of the customer who "
                "decides or signs; if it is your own car, ask a colleague.",
                name=name,
            )
        )

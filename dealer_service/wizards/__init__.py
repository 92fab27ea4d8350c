from . import dealer_signature

"""Addresses that a draft links to: how they are written, and whether they answer.

The worker visits them (`visit_all`) and brings the answers along in `Draft.visits`; the checks
themselves go nowhere.
"""

from nhipcau.translation.proofreading.links.addresses import Address, Fault, addresses_of, parsed
from nhipcau.translation.proofreading.links.visiting import Visitor, visit_all

__all__ = ["Address", "Fault", "Visitor", "addresses_of", "parsed", "visit_all"]

"""Addresses that a draft links to: how they are written, and whether they answer.

The worker visits them (`visit_all`) and keeps the answers for a while; whoever inspects a draft
brings along what is known (`known_visits`) in `Draft.visits`. The checks themselves go nowhere.
"""

from nhipcau.translation.proofreading.links.addresses import Address, Fault, addresses_of, parsed
from nhipcau.translation.proofreading.links.visiting import Visitor, known_visits, visit_all

__all__ = ["Address", "Fault", "Visitor", "addresses_of", "known_visits", "parsed", "visit_all"]

"""Credentials of provenance (C2PA): who issued a file, and whether it was changed since.

Keys come from settings alone; a house on somebody's own machine makes itself a sample authority,
which nobody else trusts. Everything works without a network: no time stamps are asked for, no
manifest is fetched.
"""

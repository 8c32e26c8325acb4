"""Measurements that are run by hand: how the program behaves with up to a million customers."""

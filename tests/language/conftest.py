"""Settings of the language tests."""

from __future__ import annotations

from hypothesis import settings

# A first example may import the telephone library, on a machine that runs other tests beside.
settings.register_profile("language", deadline=None)
settings.load_profile("language")

from __future__ import annotations

import loopback
import pytest


@pytest.fixture
def site():
    with loopback.serving() as served:
        yield served

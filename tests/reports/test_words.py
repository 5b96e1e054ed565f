"""Every warning of the engine has words of its own in reports and pages."""

import re
from pathlib import Path

from autohvac.web.words import REASONS
from calculations.manualj import explain, padding

CODE = re.compile(r'"(padding_[a-z_]+)"|warn\(\s*"([a-z_]+)"')


def test_every_warning_of_the_engine_has_words() -> None:
    texts = [Path(str(module.__file__)).read_text() for module in (explain, padding)]
    codes = {first or second for text in texts for first, second in CODE.findall(text)}
    codes |= {f"padding_{key}" for key in ("wall_u", "ceiling_u", "roof_u", "window_u")}
    assert len(codes) > 25
    assert codes - set(REASONS) == set()

"""What the owner reads when the CRM fails: what happened, what did not change, what to do."""

import pytest

from crm_sync.protocol import (
    CrmError,
    CrmRefused,
    CrmThrottled,
    CrmUnauthorised,
    CrmUnavailable,
)
from crm_sync.words import sentence


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (CrmUnauthorised("GET leads"), "новый долгосрочный токен"),
        (CrmThrottled(2), "через 2 с"),
        (CrmUnavailable("GET leads", "status 502"), "status 502"),
        (CrmRefused("GET leads", 0, "refused"), "Нет связи"),
        (CrmRefused("PATCH leads", 400, "x" * 500), "400"),
        (CrmError("odd"), "odd"),
    ],
)
def test_every_error_is_one_sentence(error: CrmError, said: str) -> None:
    text = sentence(error)

    assert said in text
    assert "не пострадало" in text
    assert len(text) < 300

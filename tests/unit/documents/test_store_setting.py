"""Where files are kept is set by a URL; one that fsspec does not know is named at the start."""

import pytest
from pydantic import ValidationError

from admissions.settings import ROOT, Settings


@pytest.mark.parametrize("url", ["file:///srv/documents", "/srv/documents", "s3://bucket/documents", "memory://x"])
def test_any_store_of_fsspecs_is_taken(url: str) -> None:
    assert Settings(document_store=url).document_store == url


def test_another_is_refused() -> None:
    with pytest.raises(ValidationError, match="a URL that fsspec knows"):
        Settings(document_store="carrier-pigeon://roof")


def test_unless_set_it_is_a_folder_of_ours() -> None:
    assert Settings.model_fields["document_store"].default == f"file://{ROOT}/var/documents"

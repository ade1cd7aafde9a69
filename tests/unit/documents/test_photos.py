"""Photos of pages become one PDF: in order, upright, and with nothing of the camera's."""

import pytest

from admissions.documents import (
    FileBroken,
    FileEmpty,
    FileFacts,
    FileKind,
    FileTypeUnsupported,
    TooManyPhotos,
    inspect,
    merge_photos,
)
from tests.unit.documents import files


def test_photos_of_all_kinds_become_pages_in_their_order() -> None:
    merged = merge_photos([files.jpeg((60, 40)), files.png((50, 30)), files.heic((64, 32))])
    assert inspect(merged) == FileFacts(FileKind.PDF, 3)
    assert files.page_sizes(merged) == [(60, 40), (50, 30), (64, 32)]


@pytest.mark.parametrize("make", [files.jpeg, files.heic])
def test_a_page_photographed_sideways_stands_upright(make: files.MakesPhoto) -> None:
    assert files.page_sizes(merge_photos([make((64, 48), exif=files.from_a_phone())])) == [(48, 64)]


@pytest.mark.parametrize("make", [files.jpeg, files.heic])
def test_nothing_of_the_camera_goes_along(make: files.MakesPhoto) -> None:
    photo = make((64, 48), exif=files.from_a_phone())
    assert files.CAMERA.encode() in photo
    merged = merge_photos([photo])
    assert files.CAMERA.encode() not in merged
    assert files.metadata_of_pages(merged) == [{}]


def test_a_huge_photo_is_made_smaller() -> None:
    [size] = files.page_sizes(merge_photos([files.jpeg((6000, 3000))]))
    assert size == (2400, 1200)


def test_what_is_transparent_becomes_white() -> None:
    merged = merge_photos([files.png((50, 30), "RGBA", (0, 0, 0, 0))])
    assert files.first_pixel(merged) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_colour_is_taken(mode: str) -> None:
    assert inspect(merge_photos([files.png((50, 30), mode, 0)])).pages == 1


def test_the_same_photos_are_the_same_file() -> None:
    assert merge_photos([files.jpeg(), files.png()]) == merge_photos([files.jpeg(), files.png()])


def test_no_photo_makes_no_pdf() -> None:
    with pytest.raises(FileEmpty):
        merge_photos([])


def test_twenty_photos_are_enough() -> None:
    assert inspect(merge_photos([files.jpeg()] * 20)).pages == 20
    with pytest.raises(TooManyPhotos) as refused:
        merge_photos([files.jpeg()] * 21)
    assert refused.value.limit == 20


def test_a_pdf_among_them_is_no_photo() -> None:
    with pytest.raises(FileTypeUnsupported) as refused:
        merge_photos([files.jpeg(), files.pdf()])
    assert refused.value.found == "pdf"


def test_a_broken_one_breaks_all() -> None:
    with pytest.raises(FileBroken):
        merge_photos([files.jpeg(), files.jpeg()[:200]])

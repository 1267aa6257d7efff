"""Key pairs made for a demonstration: kept, private, and of the agencies they are said to be."""

from base64 import urlsafe_b64encode
from pathlib import Path

from nacl.signing import SigningKey

from deploy.keys import ensure_keys, key_file, private_key, read_key
from services.kit.directory.file import load_directory
from tests.support.jurisdiction import written


def test_every_agency_gets_a_key_that_fits_its_public_half(tmp_path: Path) -> None:
    file = written(tmp_path)

    directory = load_directory(file, ensure_keys(load_directory(file), tmp_path / "data"))

    for agency in directory.agencies:
        [public] = agency.keys
        key = private_key(tmp_path / "data", agency.code)
        verify = SigningKey(key.seed).verify_key.encode()
        assert key.kid == public.kid
        assert (public.valid_from, public.valid_to) == (agency.valid_from, agency.valid_to)
        assert public.x == _base64url(verify)


def test_keys_are_made_once(tmp_path: Path) -> None:
    directory = load_directory(written(tmp_path))
    overlay = ensure_keys(directory, tmp_path)
    before = overlay.read_text(encoding="utf-8"), overlay.stat().st_mtime_ns

    assert ensure_keys(directory, tmp_path) == overlay
    assert (overlay.read_text(encoding="utf-8"), overlay.stat().st_mtime_ns) == before


def test_a_lost_overlay_comes_back_the_same(tmp_path: Path) -> None:
    directory = load_directory(written(tmp_path))
    text = ensure_keys(directory, tmp_path).read_text(encoding="utf-8")
    (tmp_path / "keys.toml").unlink()

    assert ensure_keys(directory, tmp_path).read_text(encoding="utf-8") == text


def test_an_agency_with_a_key_of_its_own_gets_none(tmp_path: Path) -> None:
    file = written(tmp_path)
    keyed = load_directory(file, ensure_keys(load_directory(file), tmp_path / "one"))

    overlay = ensure_keys(keyed, tmp_path / "two")

    assert "[[keys]]" not in overlay.read_text(encoding="utf-8")


def test_a_private_key_is_for_its_owner_s_eyes_only(tmp_path: Path) -> None:
    ensure_keys(load_directory(written(tmp_path)), tmp_path)
    file = key_file(tmp_path, "county")

    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
    assert read_key(file) == private_key(tmp_path, "county")
    assert read_key(file).agency == "county"


def _base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()

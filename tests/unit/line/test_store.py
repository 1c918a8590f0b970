"""Files in a folder and in a bucket."""

from __future__ import annotations

import boto3  # type: ignore[import-untyped]  # it has no types of its own
import pytest
from moto.server import ThreadedMotoServer

from core.errors import TransientFault
from core.settings import Settings
from core.store import NotStored, open_store


def store_at(url, **environment):
    return open_store(
        Settings.from_environ({"SECRET_KEY": "x" * 32, "MEDIA_URL": url, **environment})
    )


@pytest.fixture(scope="module")
def bucket():
    """A server that speaks S3, with one bucket; its credentials are in the environment."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
        }.items():
            patch.setenv(name, value)
        boto3.client("s3", endpoint_url=url, region_name="us-east-1").create_bucket(Bucket="homes")
        yield url
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path):
    if request.param == "folder":
        return store_at(f"file:{tmp_path}/media")
    return store_at("s3://homes/photos", S3_ENDPOINT_URL=request.getfixturevalue("bucket"))


def test_what_is_put_can_be_read_replaced_and_removed(store):
    """
    The same in a folder and in a bucket; removing twice is fine.
    """
    store.put("1/ab/abc.jpg", b"one")
    store.put("1/ab/abc.jpg", b"two")
    assert store.get("1/ab/abc.jpg") == b"two"

    for _ in range(2):
        store.delete("1/ab/abc.jpg")

    with pytest.raises(NotStored):
        store.get("1/ab/abc.jpg")


def test_a_path_cannot_leave_the_store(store, tmp_path):
    """
    Paths are ours, and still: what points outside is refused.
    """
    with pytest.raises(ValueError, match="illegal"):
        store.put("../outside.jpg", b"x")

    assert not (tmp_path / "outside.jpg").exists()


def test_a_folder_is_made_for_its_owner_alone(tmp_path):
    """
    Nobody else on the computer looks into it.
    """
    store_at(f"file:{tmp_path}/media")

    assert (tmp_path / "media").stat().st_mode & 0o077 == 0


def test_a_bucket_that_is_away_is_a_passing_fault(bucket):
    """
    No such bucket, or nobody there: TransientFault, with nothing secret in it.
    """
    with pytest.raises(TransientFault, match="media store"):
        store_at("s3://nobodys", S3_ENDPOINT_URL=bucket).put("a", b"x")

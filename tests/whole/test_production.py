"""The same code on PostgreSQL with Redis as broker: configuration only. Skips where no server answers."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import psycopg
import pytest
import redis

from blueprints.sample.draw import draw_sample
from tests.whole.clusters import Site, wait_until
from tests.whole.test_kill import UPLOAD

pytestmark = pytest.mark.cluster
POSTGRES = os.environ.get("AUTOHVAC_TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("AUTOHVAC_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
STATE = """
import json
from blueprints.models import PipelineRun
run = PipelineRun.objects.get()
print(json.dumps([run.status, [s.status for s in run.stages.all()]]))
"""


@pytest.fixture
def database_url() -> Iterator[str]:
    """A PostgreSQL database of the test's own."""
    name = f"autohvac_{uuid.uuid4().hex[:10]}"
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers; set AUTOHVAC_TEST_DATABASE_URL")
    with server:
        server.execute(f'create database "{name}"'.encode())
        yield urlparse(POSTGRES)._replace(path=f"/{name}").geturl()
        server.execute(f'drop database "{name}" with (force)'.encode())


@pytest.fixture
def redis_url() -> str:
    """A Redis that answers."""
    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=2).ping()
    except redis.ConnectionError:
        pytest.skip("no Redis answers; set AUTOHVAC_TEST_REDIS_URL")
    return REDIS


def test_a_plan_goes_through_postgresql_and_redis(tmp_path: Path, database_url: str, redis_url: str) -> None:
    environment = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "AUTOHVAC_TEST_HOLD_S": "0"}
    site = Site(tmp_path, environment=environment)
    site.script(UPLOAD.format(path=str(draw_sample(tmp_path / "plan.pdf"))))
    redis.Redis.from_url(redis_url).flushdb()  # the ring for the first stage is lost: the sweep must find it
    site.start()
    try:
        wait_until(lambda: site.script(STATE)[1] == ["done"] * 8, seconds=240, what="eight stages done")
    finally:
        site.kill()
    assert site.script(STATE)[0] in ("completed", "needs_review")

"""Settings from the environment, read once; every mistake is reported together at start-up."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"


class Environment(BaseModel):
    """The variables of docs/operations.md with their embedded defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database_url: str = Field(
        default=f"sqlite:///{VAR / 'db.sqlite3'}", examples=["postgres://user:pw@host/db"]
    )
    redis_url: str = Field(default="", examples=["redis://host:6379/0"])
    storage_url: str = Field(default="", examples=["s3://bucket", "file:///srv/autohvac"])
    s3_endpoint_url: str = ""
    s3_access_key: SecretStr = SecretStr("")
    s3_secret_key: SecretStr = SecretStr("")
    s3_region: str = "us-east-1"
    openai_api_key: SecretStr = SecretStr("")
    openai_base_url: str = Field(
        default="",
        pattern=r"^(https?://(\[[0-9a-fA-F:]+\]|[^\s/:]+)(:\d{1,5})?(/\S*)?|replay:[a-z0-9_]+)?$",
        examples=["http://host/v1"],
    )
    openai_model: str = "gpt-4o"
    ai_timeout_s: float = Field(default=60, gt=0, le=60)
    ai_stream: bool = True
    ai_vision: bool = True
    ai_record: str = Field(default="", examples=["var/recorded"])
    ai_run_tokens: int = Field(default=60_000, ge=0)
    ai_day_tokens: int = Field(default=2_000_000, ge=0)
    ai_day_usd: float = Field(default=20, ge=0)
    ai_usd_per_million: str = Field(default="", pattern=r"^(\d+(\.\d+)?/\d+(\.\d+)?)?$", examples=["2.5/10"])
    secret_key: SecretStr = SecretStr("")
    hosts: str = "localhost,127.0.0.1,[::1]"
    debug: bool = False
    https: bool = False
    workers: int = Field(default=max(1, os.cpu_count() or 1), ge=1, le=64)
    child_mb: int = Field(default=1500, ge=256)
    child_seconds: int = Field(default=240, ge=5, lt=300)
    max_pages: int = Field(default=200, ge=1)
    max_mb: int = Field(default=100, ge=1)
    lease_seconds: int = Field(default=90, ge=2)
    webhook_private: bool = False
    alert_email: str = ""
    alert_webhook: str = ""
    alert_secret: SecretStr = SecretStr("")
    email_url: str = Field(
        default="console", examples=["smtp://user:pw@host:587", "smtps://user:pw@host:465"]
    )
    email_from: str = "autohvac@localhost"


NAMES = {
    "database_url": "DATABASE_URL",
    "redis_url": "REDIS_URL",
    "storage_url": "STORAGE_URL",
    "s3_endpoint_url": "AWS_ENDPOINT_URL",
    "s3_access_key": "AWS_ACCESS_KEY_ID",
    "s3_secret_key": "AWS_SECRET_ACCESS_KEY",
    "s3_region": "AWS_REGION",
    "openai_api_key": "OPENAI_API_KEY",
    "openai_base_url": "OPENAI_BASE_URL",
    "openai_model": "OPENAI_MODEL",
}


def variable_name(field: str) -> str:
    """The environment variable of a field of `Environment`."""
    return NAMES.get(field, f"AUTOHVAC_{field.upper()}")


def read_environment(environ: dict[str, str] | None = None) -> Environment:
    """Read and check all variables; exits with one sentence per mistake."""
    environ = dict(os.environ) if environ is None else environ
    given = {
        field: environ[variable_name(field)]
        for field in Environment.model_fields
        if environ.get(variable_name(field))
    }
    try:
        return Environment.model_validate(given)
    except ValidationError as error:
        lines = [
            f"{variable_name(str(e['loc'][0]))}: {e['msg']} (got {e['input']!r})" for e in error.errors()
        ]
        raise SystemExit("Settings cannot be used:\n  " + "\n  ".join(lines)) from None


def local_secret_key() -> str:
    """The secret key of an installation without AUTOHVAC_SECRET_KEY: made once, kept under var/."""
    path = VAR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()

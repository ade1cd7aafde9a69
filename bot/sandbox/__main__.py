"""Start the local Telegram: python -m bot.sandbox --port 9410 --token 7000000000:any-words."""

import argparse
import contextlib
import os
import sys
from pathlib import Path

from bot.sandbox.sandbox import DEFAULT_TOKEN
from bot.sandbox.server import build_sandbox, build_server

DEFAULT_PORT = 9410


def main() -> None:
    """Serve until interrupted."""
    choices = _parser().parse_args()
    app = build_sandbox(choices.token, rate_limits=choices.rate_limits, state_path=choices.state)
    with contextlib.suppress(KeyboardInterrupt):
        build_server(app, host=choices.host, port=choices.port, announce=_announce).run()


def _announce(address: str) -> None:
    sys.stdout.write(f"Local Telegram: {address}/\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("bot.sandbox", description="A local Telegram for the bot and for people.")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (%(default)s)")
    parser.add_argument("--port", type=int, default=_port(), help="0 takes any that is free (%(default)s)")
    parser.add_argument(
        "--token",
        type=_token,
        default=os.environ.get("SANDBOX_TOKEN", DEFAULT_TOKEN),
        help="the bot's token, <number>:<words> (SANDBOX_TOKEN, or one made up)",
    )
    parser.add_argument("--no-rate-limits", dest="rate_limits", action="store_false", help="for load measurements")
    parser.add_argument("--state", type=Path, help="a file that keeps update ids from repeating after a busy run")
    return parser


def _port() -> int:
    return int(os.environ.get("SANDBOX_PORT", DEFAULT_PORT))


def _token(raw: str) -> str:
    number, colon, words = raw.partition(":")
    if not (number.isdecimal() and colon and words):
        raise argparse.ArgumentTypeError("a token is <number>:<words>")
    return raw


if __name__ == "__main__":
    main()

"""What the bot tells about itself: commands and descriptions."""

from dataclasses import dataclass, field

Command = dict[str, str]
Scope = tuple[str, str, str]

DEFAULT_SCOPE: Scope = ("default", "", "")
_PRIVATE_SCOPE: Scope = ("all_private_chats", "", "")


@dataclass(slots=True)
class Profile:
    """Commands by scope and language, descriptions by language; no language is "" here."""

    commands: dict[tuple[Scope, str], list[Command]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)

    def commands_in_private(self, language: str) -> list[Command]:
        """The commands a person sees in a private chat: the narrowest list that exists."""
        for scope in (_PRIVATE_SCOPE, DEFAULT_SCOPE):
            for code in (language, ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []

"""A user of the simulated LINE: one phone, and what it is to the bot."""

from dataclasses import dataclass, field

from simulator.chat import Chat
from simulator.refusals import Json

PUSHABLE_SECONDS = 7 * 86_400.0  #: a non-friend who wrote may be pushed to for this long


@dataclass(slots=True)
class User:
    """One account. `friend` and `blocked` are independent, as at LINE."""

    user_id: str
    name: str
    label: str = ""
    language: str | None = "th"
    picture: str | None = None
    hint: str = ""
    code: str = ""
    friend: bool = False
    blocked: bool = False
    wrote_at: float | None = None
    rich_menu_id: str | None = None
    chat: Chat = field(default_factory=Chat)

    def reachable(self, now: float) -> bool:
        """Whether a message sent to this user arrives."""
        if self.blocked:
            return False
        wrote = self.wrote_at is not None and now - self.wrote_at < PUSHABLE_SECONDS
        return self.friend or wrote

    def known(self) -> bool:
        """Whether the bot may read the profile: a friend, or somebody who wrote."""
        return not self.blocked and (self.friend or self.wrote_at is not None)

    def body(self) -> Json:
        """The user as the control API shows it."""
        return {
            "userId": self.user_id,
            "name": self.name,
            "label": self.label,
            "language": self.language,
            "picture": self.picture,
            "hint": self.hint,
            "code": self.code,
            "friend": self.friend,
            "blocked": self.blocked,
            "seq": self.chat.seq,
        }

    def profile(self) -> Json:
        """The profile as the bot reads it; properties without value are left out."""
        profile: Json = {"userId": self.user_id, "displayName": self.name}
        if self.language:
            profile["language"] = self.language
        if self.picture and self.picture.startswith("https://"):
            profile["pictureUrl"] = self.picture
        return profile


@dataclass(slots=True)
class Group:
    """A group chat that the bot has joined."""

    group_id: str
    name: str
    members: set[str] = field(default_factory=set)
    chat: Chat = field(default_factory=Chat)
    joined: bool = True

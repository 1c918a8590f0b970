"""Whose scope is what: the one place where roles become what may be read."""

from __future__ import annotations

from models.scope import Room, Scope
from models.staff import Role
from services.people import Person, Post, StaffMember


def scope_of(person: Person) -> Scope:
    """What a person may see, by today's posts."""
    if not isinstance(person, StaffMember):
        return Scope(person.office_id)
    return Scope(
        person.office_id,
        rooms=tuple(
            Room(post.school_id, post.level, post.room)
            for post in person.rooms
            if post.school_id is not None
        ),
        schools=tuple(
            post.school_id
            for post in person.posts
            if post.role in (Role.DIRECTOR, Role.SCHOOL_ADMIN) and post.school_id is not None
        ),
        totals=person.has(Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR),
        books=person.has(Role.FINANCE, Role.DISTRICT_DIRECTOR),
        ways=person.ways,
    )


def own_rooms(person: StaffMember) -> Scope:
    """Only the rooms a person looks after: what a report of theirs may be about."""
    whole = scope_of(person)
    return Scope(whole.office_id, rooms=whole.rooms, ways=person.ways)


def room_of(person: StaffMember, post: Post) -> Scope:
    """One room of somebody: what "12 of 23" counts."""
    rooms = (Room(post.school_id, post.level, post.room),) if post.school_id is not None else ()
    return Scope(person.office_id, rooms=rooms, ways=person.ways)

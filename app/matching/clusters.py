"""Groups of records that are one person, kept consistent: what excludes what is asked before two groups are joined."""

from collections.abc import Iterator, Mapping


class Clusters:
    """Records by place, joined step by step; two records that were set apart never come into one group."""

    def __init__(self, registers: list[str]) -> None:
        self._of = list(range(len(registers)))
        self._members: dict[int, list[int]] = {place: [place] for place in self._of}
        self._registers = registers
        self._apart: dict[int, set[int]] = {}

    def set_apart(self, one: int, other: int) -> None:
        """Keep two records apart for good."""
        self._apart.setdefault(one, set()).add(other)
        self._apart.setdefault(other, set()).add(one)

    def together(self, one: int, other: int) -> bool:
        """Say whether two records are in one group."""
        return self._of[one] == self._of[other]

    def group(self, place: int) -> int:
        """Return a number that all records of the group share."""
        return self._of[place]

    def members(self, place: int) -> list[int]:
        """Return the records in the group of this one, itself among them."""
        return self._members[self._of[place]]

    def are_set_apart(self, one: int, other: int) -> bool:
        """Say whether an answer forbids that the groups of these two are joined."""
        others = set(self.members(other))
        return any(self._apart.get(member, set()) & others for member in self.members(one))

    def share_a_register(self, one: int, other: int) -> bool:
        """Say whether joining their groups would make two rows of one register one person."""
        left = {self._registers[member] for member in self.members(one)}
        return any(self._registers[member] in left for member in self.members(other))

    def join(self, one: int, other: int) -> None:
        """Make one group of the two; the caller has asked whether it may."""
        kept, gone = sorted((self._of[one], self._of[other]))
        if kept == gone:
            return
        for member in self._members[gone]:
            self._of[member] = kept
        self._members[kept].extend(self._members.pop(gone))

    def across(self, one: int, other: int) -> Iterator[tuple[int, int]]:
        """Yield every pair of a record in one group and a record in the other, lower place first."""
        for left in self.members(one):
            for right in self.members(other):
                yield (left, right) if left < right else (right, left)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield every pair of records that are in one group, lower place first."""
        for members in self._members.values():
            ordered = sorted(members)
            yield from ((low, high) for at, high in enumerate(ordered) for low in ordered[:at])


def answered(
    clusters: Clusters, answers: Mapping[tuple[str, str], bool], places: Mapping[str, int]
) -> set[tuple[int, int]]:
    """Enter the answers of reviewers and return the pairs that are one person; a "no" stands against any "yes"."""
    known = [
        ((places[one], places[other]), is_one) for (one, other), is_one in sorted(answers.items())
        if one in places and other in places
    ]  # fmt: skip
    for (one, other), is_one in known:
        if not is_one:
            clusters.set_apart(one, other)
    joined = set()
    for (one, other), is_one in known:
        if is_one and not clusters.are_set_apart(one, other):
            clusters.join(one, other)
            joined.add((min(one, other), max(one, other)))
    return joined

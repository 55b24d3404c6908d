"""Counts what a history shows from plain `git log`, sharing neither code nor language with what it checks.

`python3 count.py <clone> <from> <to>` prints JSON: of each change of the default branch its reviewers, reverts
and agents, and how unevenly the changes merged within [from, to) (seconds since 1970) are spread over people.
"""

import json
import re
import subprocess
import sys
from bisect import bisect_left
from collections import Counter

REVIEW = re.compile(r"^\s*(?:reviewed|acked|tested)-by:\s*([^<\n]*?)\s*(?:<([^>\n]*)>.*)?$", re.I | re.M)
COAUTHOR = re.compile(r"^\s*co-authored-by:\s*([^<\n]*?)\s*<([^>\n]*)>", re.I | re.M)
REVERT = re.compile(
    r"(?:\b[Tt]his (?:commit |change |patch )?reverts\s+(?:commits?\s+)?|^(?:\* )?Reverts? (?:commits? )?)([0-9a-f]{7,40})\b", re.M
)
LOGIN = re.compile(r"^(?:\d+\+)?([^@]{5,})@users\.noreply\.github\.com$", re.I)
MERGED = re.compile(r"Merge pull request #\d+ from \S")
BOT = re.compile(r"\[bot\]|\bbot\b|bot@|github-actions|dependabot|renovate|gopherbot|web-flow|noreply@github\.com", re.I)
# Of a name and an address, as agents write or are given them.
AGENTS = {
    "claude": re.compile(r"<noreply@anthropic\.com>|\bclaude\[bot\]", re.I),
    "copilot": re.compile(r"^copilot <|\bcopilot(?:-swe-agent)?\[bot\]|198982749\+copilot|175728472\+copilot", re.I),
    "cursor": re.compile(r"<cursoragent@cursor\.com>", re.I),
    "codex": re.compile(r"<(?:noreply|codex)@openai\.com>|^codex <", re.I),
    "devin": re.compile(r"devin-ai-integration", re.I),
}
TRAILED = re.compile(r"^(?:assisted-by:.*?\b|(?=\w+-session:))(claude|copilot|cursor|codex|openai|devin)\b", re.I | re.M)
FOOTERS = {"claude": re.compile(r"^\W*generated with \[?claude code\b", re.I | re.M)}


def log(clone, *args):
    command = ["git", "-C", clone, "log", "-z", *args, "HEAD", "--"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")


class People:
    """One person a mailbox, a written name or an account, whichever joins them."""

    def __init__(self, logins):
        self.parent, self.logins = {}, logins

    def find(self, key):
        while self.parent.setdefault(key, key) != key:
            key = self.parent[key]
        return key

    def of(self, name, address):
        address = re.sub(r"^\d+\+", "", address.strip().lower())
        words = re.sub(r"[^\w]+", " ", name.lower()).strip()
        mailbox, _, host = address.partition("@")
        if host in ("gmail.com", "googlemail.com"):
            address = mailbox.split("+")[0].replace(".", "") + "@gmail.com"
        keys = [("address", address)] * (address != "") + [("name", words)] * (" " in words or address == "")
        if name.strip().lower() in self.logins:
            keys.append(("address", name.strip().lower() + "@users.noreply.github.com"))
        for key in keys[1:]:
            self.parent[self.find(key)] = self.find(keys[0])
        return keys[0]


def agents_of(who, message):
    named = {agent for agent, mark in AGENTS.items() for one in who if mark.search(one)}
    named |= {agent.lower() for agent in TRAILED.findall(message)}
    return named | {agent for agent, footer in FOOTERS.items() if footer.search(message)}


def read(clone):
    commits = {}
    line = log(clone, "--first-parent", "--format=%H").rstrip("\0").split("\0")
    records = [one for one in log(clone, "--format=%H%n%P%n%ct%n%aN%n%aE%n%cN%n%cE%n%B").split("\0") if one.strip()]
    people = People({found[1].lower() for one in records if (found := LOGIN.match(one.split("\n", 5)[4]))})
    for record in records:
        sha, parents, at, name, address, committer, committed_by, message = record.split("\n", 7)
        pairs = [(name, address), *COAUTHOR.findall(message)]
        agents = agents_of([f"{n} <{a}>" for n, a in [*pairs, (committer, committed_by)]], message)
        by_people = [p for p in pairs if not BOT.search(f"{p[0]} <{p[1]}>") and not agents_of([f"{p[0]} <{p[1]}>"], "")]
        looked = [r for r in REVIEW.findall(message) if not BOT.search(f"{r[0]} <{r[1]}>")]
        commits[sha] = {
            "parents": parents.split(),
            "merger": people.of(name, address) if MERGED.match(message) else None,
            "at": int(at),
            "authors": [people.of(*p) for p in by_people],
            "looked": [people.of(*r) for r in looked],
            "reverts": REVERT.findall(message),
            "agents": agents,
        }
    return line, commits, people


def changes_of(line, commits):
    """Of each commit of the line, oldest first, those that it brought in."""
    of = {}
    for head in reversed(line):
        of[head] = head
        waiting = commits[head]["parents"][1:]
        while waiting:
            sha = waiting.pop()
            if sha in commits and sha not in of:
                of[sha] = head
                waiting.extend(commits[sha]["parents"])
    return of


def unevenness(tally, everybody):
    n, total = len(everybody), sum(tally.values())
    if total < 10:
        return None
    if n < 2:
        return 1
    hhi = sum(k * (k - 1) for k in tally.values()) / (total * (total - 1))
    people = n if hhi == 0 else min(n, max(1, 1 / hhi))
    return 1 - (people - 1) / (n - 1)


def main(clone, begin, end):
    line, commits, people = read(clone)
    of = changes_of(line, commits)
    within = {}
    for sha, head in of.items():
        within.setdefault(head, []).append(commits[sha])
    names = sorted(of)
    told, tally, everybody = [], Counter(), set()
    for head in reversed(line):
        parts = within[head]
        # Who merges what others wrote is no author of it, and of a pull request a reviewer.
        written = [part for part in parts if len(part["parents"]) < 2] or parts
        authors = {people.find(a) for part in written for a in part["authors"]}
        looked = {people.find(r) for part in parts for r in part["looked"]} - authors
        merger = {people.find(m) for m in [commits[head]["merger"]] if m is not None}
        reverts = {named: first(names, named) for part in parts for named in part["reverts"]}
        agents = {agent for part in parts for agent in part["agents"]}
        told.append({
            "id": head,
            "reviewed": len(looked) > 0,
            "reverts": sorted({of[sha] for sha in reverts.values() if sha is not None}),
            "agents": sorted(agents),
        })
        if begin <= commits[head]["at"] < end and (authors or agents):
            tally.update(authors)
            everybody |= authors | looked | merger
    print(json.dumps({"changes": told, "asymmetry": unevenness(tally, everybody)}))


def first(names, prefix):
    """The commit that a name stands for, by bisection."""
    at = bisect_left(names, prefix.lower())
    return names[at] if at < len(names) and names[at].startswith(prefix.lower()) else None


main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))

import { isDecisionPath } from './decision-path.ts';
import { bodyLinesOf, subjectOf, type Trailer } from './trailers.ts';

export interface Traces {
  readonly issue: boolean;
  readonly discussion: boolean;
  readonly decision: boolean;
  readonly reason: boolean;
}

const closing =
  /\b(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?|refs?|see|part of|related to|issue|bug|gh)[ :-]*(?:[\w.-]+\/[\w.-]+)?#\d+/i;
const issueUrl = /https?:\/\/\S+\/(?:issues?|browse|bugs?|show_bug\.cgi\?id=)[/\w?=-]*\d/i;
/** A tracker's key at the start, in brackets, or after a closing word; UTF-8, SHA-256 and the like are none. */
const trackerKey =
  /^(?:\[|\()?(?!(?:UTF|SHA|ISO|RFC|PEP|CVE|HTTP|AES|MD|ES|IEEE|GPT|ADR|TLS|X|PR|GH)-)[A-Z][A-Z0-9]{1,9}-\d{1,6}\b/;
const issueKeys = new Set([
  'bug',
  'issue',
  'issues',
  'closes',
  'fixes-issue',
  'jira',
  'ticket',
  'bugzilla',
  'resolves',
]);

const pullRequest = /\(#\d+\)\s*$|^Merge pull request #\d+|^Merged? PR #?\d+|\(!\d+\)\s*$/;
const discussionUrl =
  /https?:\/\/\S+\/(?:pull|merge_requests|discussions?|r|c|cl)\/\S*\d|https?:\/\/(?:lore\.kernel\.org|groups\.google\.com|lists\.\S+)\/\S+|See merge request \S*!\d+/i;
/** A Change-Id is the name of a Gerrit review. */
const discussionKeys = new Set([
  'change-id',
  'pr-url',
  'reviewed-on',
  'link',
  'discussion',
  'differential-revision',
  'pull-request',
  'message-id',
]);

const decisionWords = /\b(?:ADR[- ]?\d+|PEP[- ]\d+)\b|\b(?:adr|decisions|rfcs)\/\S+\.(?:md|rst|adoc|txt)\b/i;

/** What ties a change to a reason. `messages`: its own first, then those of the commits that it stands for. */
export function tracesIn(messages: readonly string[], trailers: readonly Trailer[], paths: readonly string[]): Traces {
  const texts = messages.map((message) => message.slice(0, 20_000));
  const any = (pattern: RegExp): boolean => texts.some((text) => pattern.test(text));
  const keyed = (keys: ReadonlySet<string>): boolean =>
    trailers.some(({ key, value }) => keys.has(key) && /\d/.test(value));
  const subjects = messages.map(subjectOf);
  return {
    issue: any(closing) || any(issueUrl) || keyed(issueKeys) || subjects.some((subject) => trackerKey.test(subject)),
    discussion: subjects.some((subject) => pullRequest.test(subject)) || any(discussionUrl) || keyed(discussionKeys),
    decision: any(decisionWords) || paths.some(isDecisionPath),
    reason: messages.some(hasReason),
  };
}

const noProse = /^\s*(?:[A-Za-z][\w-]*(?: by)?:\s|https?:\/\/\S+$|[*-] |>|#|```|\(cherry picked|Merge |Conflicts:)/;

/** Eight words of prose that are no trailer, list, quotation or link. */
function hasReason(message: string): boolean {
  let words = 0;
  for (const line of bodyLinesOf(message)) {
    if (noProse.test(line)) continue;
    words += line.split(/\s+/).filter((word) => /\p{L}{2}/u.test(word)).length;
    if (words >= 8) return true;
  }
  return false;
}

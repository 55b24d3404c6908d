import type { z } from 'zod';
import { defaultVerifiers, type PartKind } from '../claim/part.ts';
import type { Verifier } from '../claim/verifier.ts';
import { anchorProblems } from './anchors-in-config.ts';
import { type IssueText, pathText, textsOf } from './issue-text.ts';
import { didYouMean } from './nearest.ts';
import type { ConfigPath } from './yaml-document.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** What the shape alone cannot say: verifier ids, the options of verifiers, and names that must be unique. */
export function meaningProblems(value: unknown, verifiers: readonly Verifier[]): readonly IssueText[] {
  const pods = listAt(value, ['pods']);
  const intents = pods.flatMap((pod) => listAt(pod.value, ['intents'], pod.path));
  const checks = [
    ...pods.flatMap((pod) => listAt(pod.value, ['checks'], pod.path)),
    ...intents.flatMap((intent) => listAt(intent.value, ['accept'], intent.path)),
  ];
  return [
    ...duplicates(pods, 'pod'),
    ...duplicates(intents, 'intent'),
    ...pods.flatMap((pod) => duplicates(listAt(pod.value, ['members', 'humans'], pod.path), 'human')),
    ...checks.flatMap((check) => checkProblems(check, verifiers)),
    ...checks.flatMap(({ path, value: { options } }) => hidden(options, [...path, 'options'], 'command')),
    ...hidden(isMapping(value) ? value['run'] : undefined, ['run'], 'setup'),
    ...anchorProblems(anchorsIn(value)),
  ];
}

function anchorsIn(value: unknown): unknown {
  const diagnose = isMapping(value) ? value['diagnose'] : undefined;
  return isMapping(diagnose) ? diagnose['anchors'] : undefined;
}

/** A person trusts a command by reading it, so one that a terminal would not show whole is refused. */
function hidden(within: unknown, path: ConfigPath, key: string): readonly IssueText[] {
  const command = isMapping(within) ? within[key] : undefined;
  if (typeof command !== 'string' || !/[^\P{C}\n\t]|[\u2028\u2029]/u.test(command)) return [];
  const at = [...path, key];
  return [{ path: at, text: `${pathText(at)} {line} has characters that a terminal does not show` }];
}

interface Located {
  readonly path: ConfigPath;
  readonly value: Mapping;
}

/** Mappings in the list at `keys`; what has another shape is reported by the shape check. */
function listAt(value: unknown, keys: readonly string[], under: ConfigPath = []): readonly Located[] {
  const list = keys.reduce<unknown>((at, key) => (isMapping(at) ? at[key] : undefined), value);
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index) =>
    isMapping(item) ? [{ path: [...under, ...keys, index], value: item }] : [],
  );
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function duplicates(items: readonly Located[], what: string): readonly IssueText[] {
  const seen = new Set<string>();
  return items.flatMap(({ path, value: { id } }) => {
    if (typeof id !== 'string' || !seen.has(id)) {
      if (typeof id === 'string') seen.add(id);
      return [];
    }
    return [{ path: [...path, 'id'], text: `the ${what} id \`${id}\` {line} is already used above` }];
  });
}

function checkProblems({ path, value }: Located, verifiers: readonly Verifier[]): readonly IssueText[] {
  const { kind, verifier: id, options = {} } = value;
  if (typeof id === 'string') {
    const verifier = verifiers.find((candidate) => candidate.id === id);
    if (verifier !== undefined) return optionProblems(verifier, [...path, 'options'], options);
    const ids = verifiers.map((candidate) => candidate.id);
    const meant = didYouMean(id, ids);
    const text = `unknown verifier \`${id}\` {line}${meant === '' ? `; there are ${ids.join(', ')}` : meant}`;
    return [{ path: [...path, 'verifier'], text }];
  }
  if (typeof kind !== 'string' || !Object.hasOwn(defaultVerifiers, kind)) return [];
  const usual: string | undefined = defaultVerifiers[kind as PartKind][0];
  const judge = verifiers.find((candidate) => candidate.id === usual);
  if (judge !== undefined) return optionProblems(judge, [...path, 'options'], options);
  if (!isMapping(options) || Object.keys(options).length === 0) return [];
  const text = `${pathText([...path, 'options'])} {line}: no verifier of \`${kind}\` takes them; name one with \`verifier\``;
  return [{ path: [...path, 'options'], text }];
}

/** A key that is not there may still come from the part, so only what was written is judged. */
function optionProblems(judge: Verifier, path: ConfigPath, options: unknown): readonly IssueText[] {
  if (!isMapping(options)) return [];
  const parsed = judge.options.safeParse(options, { reportInput: true });
  const issues = parsed.success ? [] : parsed.error.issues.filter((issue) => isAboutAGivenKey(issue, options));
  return issues.flatMap((issue) => textsOf(issue, judge.options, path));
}

function isAboutAGivenKey(issue: z.core.$ZodIssue, options: Mapping): boolean {
  const key = issue.path[0];
  return issue.code === 'unrecognized_keys' || (key !== undefined && Object.hasOwn(options, String(key)));
}

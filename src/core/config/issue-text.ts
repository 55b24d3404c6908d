import { z } from 'zod';
import { didYouMean } from './nearest.ts';
import type { ConfigPath } from './yaml-document.ts';

/** One problem in words; `path` is where to point. `{line}` stands for "at line n". */
export interface IssueText {
  readonly path: ConfigPath;
  readonly text: string;
}

const maxShown = 60;

/** What a zod issue means to the person who wrote the file. `schema` is the one that was parsed with. */
export function textsOf(issue: z.core.$ZodIssue, schema: z.ZodType, under: ConfigPath = []): readonly IssueText[] {
  const inside = issue.path as (string | number)[];
  const path = [...under, ...inside];
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, inside);
    return issue.keys.map((key) => ({ path: [...path, key], text: unknownKey(key, known) }));
  }
  const name = String(inside.at(-1) ?? '');
  if (issue.input === undefined && inside.length > 0) {
    return [
      { path, text: `\`${name}\` is missing {line}, in ${pathText(path.slice(0, -1))}: expected ${expected(issue)}` },
    ];
  }
  const kind = issue.code === 'invalid_value' ? unknownValue(name, issue) : undefined;
  return [{ path, text: kind ?? `${pathText(path)} {line}: expected ${expected(issue)}, got ${shown(issue.input)}` }];
}

/** `pods[0].checks[1].kind`. */
export function pathText(path: ConfigPath): string {
  if (path.length === 0) return 'the file';
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return `\`${text.replace(/^\./, '')}\``;
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = didYouMean(key, known);
  const list = known.length === 0 ? 'no key is known here' : `known here: ${known.join(', ')}`;
  return `unknown key \`${key}\` {line}${meant === '' ? `; ${list}` : meant}`;
}

/** `unknown kind`: for a word out of a list. */
function unknownValue(name: string, issue: z.core.$ZodIssueInvalidValue): string | undefined {
  if (typeof issue.input !== 'string' || issue.values.length < 2) return undefined;
  const values = issue.values.map(String);
  const what = name === 'kind' ? 'part kind' : name;
  const meant = didYouMean(issue.input, values);
  return `unknown ${what} \`${issue.input}\` {line}${meant === '' ? `; expected one of ${values.join(', ')}` : meant}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

function expected(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return typeNames[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  if (issue.code === 'invalid_format' && issue.format === 'date') return 'a date as YYYY-MM-DD';
  if (issue.code === 'too_small' && issue.origin === 'array') return `${issue.minimum} or more entries`;
  if (issue.code === 'too_small' && issue.origin === 'string') return `${issue.minimum} or more characters`;
  return issue.message.replace(/^(?:Too small|Too big|Invalid [a-z ]+): expected /, '');
}

function shown(input: unknown): string {
  if (input === null || input === undefined) return 'nothing';
  if (Array.isArray(input)) return input.length === 0 ? 'an empty list' : 'a list';
  if (typeof input === 'object') return 'a mapping';
  const text = String(input);
  return `\`${text.length > maxShown ? `${text.slice(0, maxShown)}...` : text}\``;
}

/** Keys that the schema knows at `path`, read from its JSON Schema. */
function knownKeys(schema: z.ZodType, path: ConfigPath): readonly string[] {
  let at: z.core.JSONSchema.BaseSchema | undefined = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  for (const step of path) at = typeof step === 'number' ? objectOf(at?.items) : stepInto(at, step);
  const names = objectOf(at?.propertyNames)?.enum ?? [];
  return [...Object.keys(at?.properties ?? {}), ...names.map(String)];
}

function stepInto(
  at: z.core.JSONSchema.BaseSchema | undefined,
  step: string,
): z.core.JSONSchema.BaseSchema | undefined {
  return objectOf(at?.properties?.[step]) ?? objectOf(at?.additionalProperties);
}

function objectOf(value: unknown): z.core.JSONSchema.BaseSchema | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as z.core.JSONSchema.BaseSchema) : undefined;
}

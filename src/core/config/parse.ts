import type { Verifier } from '../claim/verifier.ts';
import { FactumError } from '../errors.ts';
import { meaningProblems } from './checks-in-config.ts';
import { Config, configFileName, maxConfigBytes } from './config.ts';
import { type IssueText, textsOf } from './issue-text.ts';
import { byPlace, type ConfigPath, type ConfigProblem, readYaml, type YamlDocument } from './yaml-document.ts';

const maxListed = 50;

/** Reads `factum.yaml`. Throws CONFIG_SYNTAX or CONFIG_INVALID with every problem, not only the first. */
export function parseConfig(text: string, verifiers: readonly Verifier[]): Config {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > maxConfigBytes) {
    throw new FactumError('CONFIG_INVALID', `${configFileName} has ${bytes} bytes; at most ${maxConfigBytes} are read`);
  }
  const document = readYaml(text);
  if (document.problems.length > 0) throw new FactumError('CONFIG_SYNTAX', syntaxText(text, document.problems));
  const parsed = Config.safeParse(document.value ?? {}, { reportInput: true });
  const shape = parsed.success ? [] : parsed.error.issues.flatMap((issue) => textsOf(issue, Config));
  const problems = located(document, [...shape, ...meaningProblems(document.value, verifiers)]);
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new FactumError('CONFIG_INVALID', listText(problems.map(({ message }) => message)));
}

function located(document: YamlDocument, texts: readonly IssueText[]): readonly ConfigProblem[] {
  const problems = texts.map(({ path, text }) => {
    const place = document.lineOf(path as ConfigPath);
    return { ...place, message: text.replace('{line}', `at line ${place.line}`) };
  });
  const once = new Map(problems.map((problem) => [`${problem.line}:${problem.message}`, problem]));
  return [...once.values()].toSorted(byPlace);
}

function syntaxText(text: string, problems: readonly ConfigProblem[]): string {
  const lines = text.split(/\r\n|\r|\n/);
  return listText(
    problems.map(({ line, column, message }) => {
      const source = (lines[line - 1] ?? '').slice(0, 200).replaceAll('\t', ' ');
      const gutter = `    ${line} | `;
      const caret = `${' '.repeat(gutter.length + Math.min(column - 1, source.length))}^`;
      return `line ${line}, column ${column}: ${message}\n${gutter}${source}\n${caret}`;
    }),
  );
}

function listText(messages: readonly string[]): string {
  const shown = messages.slice(0, maxListed).map((message) => `  ${message}`);
  const more = messages.length > maxListed ? [`  and ${messages.length - maxListed} more`] : [];
  const count = messages.length === 1 ? 'a problem' : `${messages.length} problems`;
  return [`${configFileName} has ${count}:`, ...shown, ...more].join('\n');
}

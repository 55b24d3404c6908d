import { z } from 'zod';
import { formDescription, type Operation, outDescription } from '../../core/operation.ts';
import { fieldRows, page, type SchemaField, table } from './markdown.ts';

const scopes = {
  read: 'reads, records nothing',
  write: 'records what it finds in the ledger',
  setup: 'writes files outside the ledger; only on the command line',
} as const;

export function commandsPage(operations: readonly Operation[]): string {
  return page(
    'Commands',
    'src/ops',
    'Every command takes `--json` (the answer on standard output as JSON), `--repo <dir>` and `--trust`. Progress and errors go to standard error; with `--json` an error is on standard output too, as `{"error": {"code", "message", "fix"}}`.',
    ...operations.map(section),
  );
}

function section(operation: Operation): string {
  const schema = z.toJSONSchema(operation.input, { io: 'input' }) as SchemaField;
  const positional = operation.positional ?? [];
  const rows = fieldRows(schema).map(([name = '', ...rest]) => {
    const plain = name.replaceAll('`', '');
    const flag = `--${plain.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return [`\`${positional.includes(plain) ? plain : flag}\``, ...rest];
  });
  const heading = [
    '## factum',
    operation.id,
    ...positional.map((name) => ((schema.required ?? []).includes(name) ? `<${name}>` : `[${name}]`)),
  ].join(' ');
  return [
    heading,
    `${operation.summary}. It ${scopes[operation.scope]}.`,
    ...(rows.length === 0 ? [] : [table(['input', 'type', '', 'meaning'], [...rows, ...formRows(operation)])]),
  ].join('\n\n');
}

function formRows({ formats }: Operation): readonly (readonly string[])[] {
  if (formats === undefined) return [];
  const choices = formats.map((form) => `\`${form}\``).join(', ');
  return [
    ['`--format`', choices, '', formDescription],
    ['`--out`', 'string', '', outDescription],
  ];
}

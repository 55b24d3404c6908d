import { z } from 'zod';
import { defaultVerifiers } from '../../core/claim/part.ts';
import type { Verifier } from '../../core/claim/verifier.ts';
import { fieldRows, page, type SchemaField, table } from './markdown.ts';

const looks = {
  'local-run': 'runs a command in the working tree or a clean checkout',
  repository: 'reads git and files',
  outside: 'asks a system that changes by itself; always looked at again',
} as const;

export function verifiersPage(verifiers: readonly Verifier[]): string {
  const kinds = Object.entries(defaultVerifiers).map(([kind, ids]) => [
    `\`${kind}\``,
    ids.length === 0
      ? 'humans'
      : ids
          .map((id) => (verifiers.some((each) => each.id === id) ? `\`${id}\`` : `\`${id}\` (not in this version)`))
          .join(' and '),
  ]);
  return page(
    'Verifiers',
    'src/plugins/verifiers',
    'A verifier examines one part of a claim against reality. It never refutes what it could not see.',
    '## Part kinds and who judges them',
    table(['part kind', 'judged by'], kinds),
    ...verifiers.map(section),
  );
}

function section(verifier: Verifier): string {
  const schema = z.toJSONSchema(verifier.options, { io: 'input', unrepresentable: 'any' }) as SchemaField;
  const rows = fieldRows(schema);
  return [
    `## ${verifier.id}`,
    `${verifier.title}. ${verifier.summary}`,
    `Version ${verifier.version}, ${verifier.lifecycle}; ${looks[verifier.looksAt]}; judges ${verifier.judges.map((kind) => `\`${kind}\``).join(', ')}${verifier.annotates === true ? '; only adds notes' : ''}.`,
    rows.length === 0 ? 'No options.' : table(['option', 'type', '', 'meaning'], rows),
  ].join('\n\n');
}

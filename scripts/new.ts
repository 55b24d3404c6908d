import { existsSync, readFileSync, writeFileSync } from 'node:fs';

// npm run new verifier <id>: writes a plug-in, its test and its line in the list.

const [kind, id = ''] = process.argv.slice(2);
if (kind !== 'verifier' || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) {
  console.error('usage: npm run new verifier <id>, with an id in kebab-case such as header-present');
  process.exit(2);
}
const folder = 'src/plugins/verifiers';
if (existsSync(`${folder}/${id}.ts`) || existsSync(`${folder}/${id}`)) {
  console.error(`${folder}/${id} is there already; choose another id`);
  process.exit(2);
}
const name = id.replaceAll(/-(.)/g, (_dash, letter: string) => letter.toUpperCase());

writeFileSync(
  `${folder}/${id}.ts`,
  `import { z } from 'zod';
import { verifier } from '../../core/claim/verifier.ts';

export const ${name} = verifier({
  id: '${id}',
  version: '1',
  title: '${id.replaceAll('-', ' ')}',
  summary: 'A file of the working tree is there',
  lifecycle: 'experimental',
  looksAt: 'repository',
  judges: ['behaviour'],
  options: z.strictObject({ path: z.string().min(1).describe('relative to the top of the repository') }),
  async run({ options, workspace, ports }) {
    const base = { facts: {}, planned: [\`look for \${options.path}\`], skipped: [], artifacts: [] };
    if (workspace === undefined) {
      return { ...base, outcome: 'error', message: 'there is no working tree to look at', ran: [], boundTo: {} };
    }
    const file = await ports.readFile(workspace, options.path);
    const boundTo = { tree: workspace.tree };
    if (!file.ok) return { ...base, outcome: 'error', message: file.message, ran: [], boundTo };
    const isThere = file.value !== undefined;
    return {
      ...base,
      outcome: isThere ? 'supported' : 'refuted',
      message: \`\${options.path} is \${isThere ? 'there' : 'not there'}\`,
      ran: base.planned,
      boundTo,
    };
  },
});
`,
);

writeFileSync(
  `${folder}/${id}.system.test.ts`,
  `import { afterAll } from 'vitest';
import { examinationOf, testRoom } from '../../../test/repository.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { ${name} } from './${id}.ts';

const room = testRoom();
afterAll(() => room.remove());
const repository = room.repository();
repository.commit('one', { 'a.txt': 'a' });

verifierContract({
  verifier: ${name},
  supporting: () => examinationOf(repository, { options: { path: 'a.txt' } }),
  refuting: () => examinationOf(repository, { options: { path: 'b.txt' } }),
});
`,
);

const list = `${folder}/index.ts`;
const lines = readFileSync(list, 'utf8').split('\n');
insertSorted(`import { ${name} } from './${id}.ts';`, (line) => line.startsWith('import { ') && line.includes("'./"));
insertSorted(`  ${name},`, (line) => /^ {2}\w+,$/.test(line));
writeFileSync(list, lines.join('\n'));
console.log(`wrote ${folder}/${id}.ts and its test, and listed it; next: edit both, then npm run reference`);

function insertSorted(line: string, isPeer: (line: string) => boolean): void {
  const after = lines.findLastIndex((each) => isPeer(each) && each < line);
  const at = after === -1 ? lines.findIndex(isPeer) : after + 1;
  lines.splice(at, 0, line);
}

import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import type { TestRepository } from '../repository.ts';

export interface Step {
  readonly who: number;
  readonly file: number;
  readonly lines: readonly number[];
  readonly days: number;
  readonly form: 'plain' | 'branch' | 'merge' | 'revert' | 'rename' | 'decision';
  readonly reviewer: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(10),
  file: fc.nat(5),
  lines: fc.array(fc.nat(7), { minLength: 1, maxLength: 8 }),
  days: fc.nat(40),
  form: fc.constantFrom('plain', 'plain', 'plain', 'branch', 'branch', 'merge', 'revert', 'rename', 'decision'),
  reviewer: fc.nat(9),
});

/** Some share an address, some a name: whoever comes late may join two that were apart. */
const people = [...'abcdefgh']
  .map((at): readonly [string, string] => [`Person ${at.toUpperCase()}son`, `${at}@example.org`])
  .concat([
    ['Person Ason', 'b@example.org'],
    ['Person Cson', 'other@example.org'],
    ['renovate[bot]', 'bot@renovateapp.com'],
  ]);

/** Writes a history by fast-import; answers the changes of its first-parent line, oldest first. */
export function writeSteps({ dir, git: run }: TestRepository, steps: readonly Step[]): readonly string[] {
  const files = new Map<number, readonly number[]>();
  const [out, open] = [[] as string[], [] as number[]];
  let [main, time] = [0, 1_600_000_000];
  steps.forEach(({ who, file, lines, days, form, reviewer }, at) => {
    const mark = at + 1;
    time += days * 86_400;
    const [name, email] = people[who] ?? ['', ''];
    const [asName, asEmail] = people[reviewer] ?? ['', ''];
    const isMerge = form === 'merge' && open.length > 0;
    const isBranch = form === 'branch' && main > 0;
    const [word, path] = form === 'decision' ? ['decision', `docs/adr/000${file}-x.md`] : ['change', `src/f${file}.ts`];
    const text =
      form === 'decision' ? `# X\n\nStatus: ${file % 2 === 0 ? 'proposed' : 'accepted'}\n` : lines.join('\n');
    const subject = form === 'revert' && at > 2 ? `Revert "change ${at - 2}"` : `${word} ${at}`;
    const message = `${subject}\n\nReviewed-by: ${asName} <${asEmail}>\n`;
    const by = `${name} <${email}> ${time} +0000`;
    out.push(
      `commit refs/heads/${isBranch ? `side${mark}` : 'main'}`,
      `mark :${mark}`,
      `author ${by}`,
      `committer ${by}`,
    );
    out.push(`data ${message.length}`, message);
    if (main > 0) out.push(`from :${main}`);
    if (isMerge) out.push(`merge :${open.shift() ?? 0}`);
    if (form === 'rename' && files.has(file)) {
      out.push(`R ${path} src/moved${file}-${at}.ts`);
      files.delete(file);
    } else {
      out.push(`M 100644 inline ${path}`, `data ${text.length}`, text);
      if (form !== 'decision' && !isBranch) files.set(file, lines);
    }
    out.push('');
    if (isBranch) open.push(mark);
    else main = mark;
  });
  execFileSync('git', ['fast-import', '--quiet'], { cwd: dir, input: out.join('\n') });
  return run('rev-list', '--first-parent', '--reverse', 'main').split('\n');
}

/** Histories of some two years, with everything that readings follow from change to change. */
export const someSteps = fc.array(step, { minLength: 30, maxLength: 45 });
/** Always the same one. */
export const knownSteps: readonly Step[] = fc.sample(someSteps, { numRuns: 1, seed: 7 })[0] ?? [];

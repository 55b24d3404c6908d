import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';

/** Puts the licences of the packages whose code is in the bundle beside it. Fails when one names no licence. */
export function thirdPartyLicences(): Plugin {
  return {
    name: 'third-party-licences',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      const folders = new Set(modules.flatMap((id) => packageFolder(id) ?? []));
      // Many packages of one author come with the same text: it is told once.
      const byText = Map.groupBy([...folders].toSorted().map(licenceOf), ({ text }) => text);
      const source = [...byText]
        .map(([text, those]) => `${those.map(({ name }) => name).join('\n')}\n\n${text}\n`)
        .join(`\n${'-'.repeat(80)}\n\n`);
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source });
    },
  };
}

function packageFolder(module: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module)?.[0];
}

function licenceOf(folder: string): { readonly name: string; readonly text: string } {
  const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
  const { name, version, license } = JSON.parse(manifest) as { name: string; version: string; license?: string };
  if (license === undefined) throw new Error(`${name} ${version} does not say under which licence it comes`);
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const words =
    file === undefined ? 'Comes without the text of its licence.' : readFileSync(join(folder, file), 'utf8');
  return { name: `${name} ${version} (${license})`, text: words.trim() };
}

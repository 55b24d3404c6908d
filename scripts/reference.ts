import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { allOperations } from '../src/ops/index.ts';
import { agents } from '../src/plugins/agents/index.ts';
import { detectors } from '../src/plugins/detectors/index.ts';
import { signals } from '../src/plugins/signals/index.ts';
import { toolkits } from '../src/plugins/toolkits/index.ts';
import { verifiers } from '../src/plugins/verifiers/index.ts';
import { agentsPage } from '../src/report/reference/agents.ts';
import { commandsPage } from '../src/report/reference/commands.ts';
import { configPage } from '../src/report/reference/config.ts';
import { detectorsPage } from '../src/report/reference/detectors.ts';
import { diagnosisPage } from '../src/report/reference/diagnosis.ts';
import { errorsPage } from '../src/report/reference/errors.ts';
import { glossaryMarkdown } from '../src/report/reference/glossary.ts';
import { signalsPage } from '../src/report/reference/signals.ts';
import { toolkitsPage } from '../src/report/reference/toolkits.ts';
import { verifiersPage } from '../src/report/reference/verifiers.ts';
import { integrationFiles } from './integrations.ts';

// Writes docs/reference and the plug-ins in integrations/ from the code; with --check says which pages are out of date and exits 1.

const pages: Readonly<Record<string, string>> = {
  'docs/reference/agents.md': agentsPage(agents),
  'docs/reference/commands.md': commandsPage(await allOperations()),
  'docs/reference/config.md': configPage(),
  'docs/reference/detectors.md': detectorsPage(detectors),
  'docs/reference/diagnosis.md': diagnosisPage(),
  'docs/reference/errors.md': errorsPage(),
  'docs/reference/glossary.md': glossaryMarkdown(),
  'docs/reference/signals.md': signalsPage(signals),
  'docs/reference/toolkits.md': toolkitsPage(toolkits, signals),
  'docs/reference/verifiers.md': verifiersPage(verifiers),
  ...integrationFiles(agents),
};

const outdated = Object.entries(pages).filter(
  ([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text,
);
if (process.argv.includes('--check')) {
  for (const [path] of outdated) console.error(`${path} is out of date: npm run reference`);
  process.exitCode = outdated.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of outdated) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  console.log(`${Object.keys(pages).length} pages, ${outdated.length} written`);
}

import { week } from '../src/core/signal/week.ts';
import { openGit } from '../src/host/git/git.ts';
import { historyPorts } from '../src/host/git/history-ports.ts';
import { runLean } from '../src/host/process/lean.ts';
import { keepWeeks } from '../src/ops/diagnosing/read-history.ts';
import { git } from '../src/plugins/sources/git/git.ts';

// One reading, as the command does it. Bundled as CommonJS, which waits for nothing at its top.

void main(process.argv[2] ?? '.', process.argv[3] === 'true');

async function main(dir: string, lines: boolean): Promise<void> {
  runLean();
  const options = git.options.parse({ repository: 'bench', lines });
  const from = performance.now();
  let facts = 0;
  const read = await git.run({
    ports: historyPorts(openGit({ dir, trusted: false })),
    options,
    begin: (newest) => newest - keepWeeks * week,
    emit: () => facts++,
  });
  const seconds = (performance.now() - from) / 1000;
  if (!read.ok || facts < read.value.changes) throw new Error(`not read: ${JSON.stringify(read)}`);
  console.log(JSON.stringify({ seconds, megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }));
}

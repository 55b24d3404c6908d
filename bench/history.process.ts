import { openGit } from '../src/host/git/git.ts';
import { historyPorts } from '../src/host/git/history-ports.ts';
import { runLean } from '../src/host/process/lean.ts';
import { git } from '../src/plugins/sources/git/git.ts';

// As the command does.
runLean();
const [dir = '.', lines] = process.argv.slice(2);
const options = git.options.parse({ repository: 'bench', lines: lines === 'true' });
const from = performance.now();
let facts = 0;
const read = await git.run({ ports: historyPorts(openGit({ dir, trusted: false })), options, emit: () => facts++ });
const seconds = (performance.now() - from) / 1000;
if (!read.ok || facts < read.value.changes) throw new Error(`not read: ${JSON.stringify(read)}`);
console.log(JSON.stringify({ seconds, megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }));

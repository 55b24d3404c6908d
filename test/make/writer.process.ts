import { hash } from 'node:crypto';
import { Claim } from '../../src/core/claim/claim.ts';
import { envelopeSigner } from '../../src/host/envelope-signer.ts';
import { machineKeys } from '../../src/host/keys.ts';
import { openStore } from '../../src/store/store.ts';

// A process of the system tests: `node writer.process.ts <dir> <keys folder> <number>`. Says that it has started,
// then files claims for ever and prints "<claim id> <index> <leaf hash> <ms>" for each after it was acknowledged.

const [dir = '', keys = '', number = '0'] = process.argv.slice(2);
const store = openStore({
  dir,
  keys: machineKeys(keys),
  signerOf: envelopeSigner,
  sha256: (bytes) => hash('sha256', bytes),
  redact: (text) => text,
});

process.stdout.write('started\n');
for (let n = 0; ; n++) {
  const id = `01900000-0000-7000-8000-${number.padStart(6, '0')}${n.toString(16).padStart(6, '0')}`;
  const from = performance.now();
  const [receipt] = await store.write([{ type: 'claim/v0.1', body: aClaim(id) }]);
  const waited = performance.now() - from;
  process.stdout.write(`${id} ${receipt?.index} ${receipt?.leafHash} ${waited.toFixed(1)}\n`);
  if (n % 5 !== 4) continue;
  const read = await store.read.claim(id);
  if (read.index !== receipt?.index) throw new Error(`filed at ${receipt?.index}, read at ${read.index}`);
}

function aClaim(id: string): Claim {
  return Claim.parse({
    id,
    pod: 'core',
    claimant: { kind: 'agent', id: 'claude-code' },
    statement: 'All tests pass.',
    parts: [{ id: 'p1', kind: 'tests-pass', scope: 'all' }],
    target: {},
    claimedAt: new Date().toISOString(),
    via: 'cli',
  });
}

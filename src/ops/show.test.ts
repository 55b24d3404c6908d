import { expect, test } from 'vitest';
import { aClaim, aPolicy, minute } from '../../test/make/claim-values.ts';
import { defaultConfig } from '../core/config/default-config.ts';
import type { ClaimRecord, ReadContext } from '../core/operation.ts';
import type { Lead, OfSession } from '../core/telemetry/lead.ts';
import { show } from './show.ts';

const session = { agent: 'claude-code', id: 's1' };
const lead: Lead = { ...session, session: 's1', id: 't1', tool: 'Bash', command: 'npm test', occurredAt: minute(0) };

/** What is shown of one claim by a door, and which leads were asked for. */
async function shown(via: ReadContext['via'], fields: object) {
  const claim = aClaim({ claimedAt: minute(5), ...fields });
  const said = { evidence: [], attestations: [], withdrawals: [], erasures: [], uncounted: [] };
  const record: ClaimRecord = { claim, index: 0, leafHash: '', ...said };
  const asked: (OfSession | undefined)[] = [];
  const context = {
    via,
    read: { claim: async () => record, claims: async () => [record], policyInForce: async () => aPolicy() },
    leads: {
      newest: async (_most: number, of?: OfSession) => (asked.push(of), [{ ...lead, id: 't2', command: 'ls' }, lead]),
    },
    settings: { config: defaultConfig('core'), configured: false, detected: [] },
    ports: { now: () => minute(9) },
    isInteractive: false,
    repository: undefined,
  };
  const { leads } = (await show.run(context as never, show.input.parse({ claim: claim.id }))) as {
    leads: readonly Lead[];
  };
  return { leads, asked };
}

test('a claim is shown with the leads of its session that bear on it, up to when it was made', async () => {
  const { leads, asked } = await shown('cli', { session });
  expect(leads).toEqual([lead]);
  expect(asked).toEqual([{ ...session, until: minute(5) }]);
});

test('without a session, and over MCP, none are read', async () => {
  expect(await shown('cli', {})).toEqual({ leads: [], asked: [] });
  expect(await shown('mcp', { session })).toEqual({ leads: [], asked: [] });
});

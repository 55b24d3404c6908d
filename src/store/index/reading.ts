import type { Kysely } from 'kysely';
import type { Attestation } from '../../core/claim/attestation.ts';
import type { Claim, Withdrawal } from '../../core/claim/claim.ts';
import type { Evidence } from '../../core/claim/evidence.ts';
import { FactumError } from '../../core/errors.ts';
import type { PolicyInForce } from '../../core/ledger/record.ts';
import type { ClaimRecord, LookKey, Reading } from '../../core/operation.ts';
import type { IndexSchema } from './schema.ts';

type ClaimRow = IndexSchema['claims'];
type SayingRow = Pick<IndexSchema['sayings'], 'claim' | 'kind' | 'body'>;

/** Answers from an index that is up to date. Bodies were checked when they were folded. */
export function readingOf(db: Kysely<IndexSchema>): Reading {
  return {
    async claims(limit) {
      const sayings = db.selectFrom('sayings').select(['claim', 'kind', 'body']).orderBy('entry');
      if (limit === undefined) {
        const claims = await db.selectFrom('claims').selectAll().orderBy('entry').execute();
        return recordsOf(claims, await sayings.execute());
      }
      const last = db.selectFrom('claims').orderBy('entry', 'desc').limit(limit);
      const claims = await last.selectAll().execute();
      return recordsOf(claims.toReversed(), await sayings.where('claim', 'in', last.select('id')).execute());
    },
    async claim(id) {
      const claims = await findClaims(db, id.toLowerCase());
      const [found] = claims;
      if (found === undefined) throw noSuchClaim(id);
      if (claims.length > 1) {
        const ids = claims.map((claim) => claim.id).join(', ');
        throw new FactumError('CLAIM_AMBIGUOUS', `${id} stands for several claims, among them ${ids}`);
      }
      const sayings = await db
        .selectFrom('sayings')
        .select(['claim', 'kind', 'body'])
        .where('claim', '=', found.id)
        .orderBy('entry')
        .execute();
      const [record] = recordsOf([found], sayings);
      if (record === undefined) throw noSuchClaim(id);
      return record;
    },
    async reusable({ tree, environment, ...key }) {
      return newest(supportsOf(db, key).where('tree', '=', tree).where('environment', '=', environment));
    },
    async lastSupported(key) {
      return newest(supportsOf(db, key));
    },
    async policyInForce(pod) {
      const row = await db
        .selectFrom('policies')
        .select('body')
        .where('pod', '=', pod)
        .orderBy('entry', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? undefined : (JSON.parse(row.body) as PolicyInForce);
    },
  };
}

/** What a ledger without entries says. */
export const emptyReading: Reading = {
  claims: () => Promise.resolve([]),
  claim: (id) => Promise.reject(noSuchClaim(id)),
  reusable: () => Promise.resolve(undefined),
  lastSupported: () => Promise.resolve(undefined),
  policyInForce: () => Promise.resolve(undefined),
};

/** SHA-256 of the envelopes of these claims, by id. */
export async function envelopesOf(
  db: Kysely<IndexSchema>,
  claims: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('claims').select(['id', 'envelope_hash']).where('id', 'in', claims).execute();
  return new Map(rows.map((row) => [row.id, row.envelope_hash]));
}

async function findClaims(db: Kysely<IndexSchema>, id: string): Promise<readonly ClaimRow[]> {
  if (!/^[0-9a-f-]+$/.test(id)) return [];
  return db
    .selectFrom('claims')
    .selectAll()
    .where((where) => where.or([where('id', 'like', `${id}%`), where('id', 'like', `%${id}`)]))
    .orderBy('entry')
    .limit(3)
    .execute();
}

function noSuchClaim(id: string): FactumError {
  return new FactumError('CLAIM_NOT_FOUND', `the ledger has no claim ${id}`);
}

function supportsOf(db: Kysely<IndexSchema>, { verifier, version, optionsDigest }: LookKey) {
  return db
    .selectFrom('supports')
    .innerJoin('sayings', 'sayings.entry', 'supports.entry')
    .select('sayings.body')
    .where('verifier', '=', verifier)
    .where('version', '=', version)
    .where('options_digest', '=', optionsDigest);
}

async function newest(supports: ReturnType<typeof supportsOf>): Promise<Evidence | undefined> {
  const row = await supports
    .orderBy('observed_ms', 'desc')
    .orderBy('supports.entry', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : (JSON.parse(row.body) as Evidence);
}

interface Sayings {
  readonly evidence: Evidence[];
  readonly attestation: Attestation[];
  readonly withdrawal: Withdrawal[];
}

function recordsOf(claims: readonly ClaimRow[], rows: readonly SayingRow[]): readonly ClaimRecord[] {
  const said = new Map<string, Sayings>();
  for (const { id } of claims) said.set(id, { evidence: [], attestation: [], withdrawal: [] });
  for (const { claim, kind, body } of rows) said.get(claim)?.[kind].push(JSON.parse(body));
  return claims.map(({ id, entry, leaf_hash, body }) => {
    const about = said.get(id);
    return {
      claim: JSON.parse(body) as Claim,
      index: entry,
      leafHash: leaf_hash,
      evidence: about?.evidence ?? [],
      attestations: about?.attestation ?? [],
      withdrawals: about?.withdrawal ?? [],
    };
  });
}

import type { Kysely } from 'kysely';
import { likeNamed } from '../../core/claim/claim-id.ts';
import type { Attestation } from '../../core/claim/attestation.ts';
import type { Claim, Withdrawal } from '../../core/claim/claim.ts';
import type { Erasure } from '../../core/claim/erasure.ts';
import type { Evidence } from '../../core/claim/evidence.ts';
import { sheetDigest } from '../../core/claim/look-sheet.ts';
import { FactumError } from '../../core/errors.ts';
import { countedOf, type Said, type SaidOfClaim, whyNoMachine } from '../../core/ledger/counted.ts';
import type { KeyRecord } from '../../core/ledger/key-record.ts';
import { type KeyEvent, keyRingOf, machineRingOf } from '../../core/ledger/key-ring.ts';
import type { Signer } from '../../core/ledger/signer.ts';
import type { PolicyInForce } from '../../core/ledger/record.ts';
import type { ClaimRecord, LookKey, Reading } from '../../core/operation.ts';
import type { EntryPorts } from './entry.ts';
import type { IndexSchema } from './schema.ts';

type ClaimRow = IndexSchema['claims'];
type SayingRow = Pick<IndexSchema['sayings'], (typeof sayingColumns)[number]>;

const sayingColumns = ['claim', 'entry', 'kind', 'signature', 'body'] as const;

/** Of rows that may not count; further back nothing is looked for. */
const considered = 50;

/** Answers from an index that is up to date. Bodies were checked when they were folded. */
export function readingOf(db: Kysely<IndexSchema>, { sha256 }: Pick<EntryPorts, 'sha256'>): Reading {
  return {
    async claims(limit) {
      const sayings = db.selectFrom('sayings').select(sayingColumns).orderBy('entry');
      if (limit === undefined) {
        const claims = await db.selectFrom('claims').selectAll().orderBy('entry').execute();
        return recordsOf(claims, await sayings.execute(), await keyEventsOf(db), sha256);
      }
      const last = db.selectFrom('claims').orderBy('entry', 'desc').limit(limit);
      const claims = await last.selectAll().execute();
      const said = await sayings.where('claim', 'in', last.select('id')).execute();
      return recordsOf(claims.toReversed(), said, await keyEventsOf(db), sha256);
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
        .select(sayingColumns)
        .where('claim', '=', found.id)
        .orderBy('entry')
        .execute();
      const [record] = recordsOf([found], sayings, await keyEventsOf(db), sha256);
      if (record === undefined) throw noSuchClaim(id);
      return record;
    },
    async reusable({ tree, environment, ...key }) {
      const rows = supportsOf(db, key).where('tree', '=', tree).where('environment', '=', environment);
      return newest(rows, await keyEventsOf(db));
    },
    async lastSupported(key) {
      return newest(supportsOf(db, key), await keyEventsOf(db));
    },
    async policyInForce(pod) {
      const ring = machineRingOf(pod, await keyEventsOf(db));
      const rows = await db
        .selectFrom('policies')
        .select(['entry', 'signer', 'body'])
        .where('pod', '=', pod)
        .orderBy('entry', 'desc')
        .limit(considered)
        .execute();
      const row = rows.find(
        ({ entry, signer }) =>
          whyNoMachine({ index: Number(entry), signer: { kind: 'machine', fingerprint: signer } }, ring) === undefined,
      );
      return row === undefined ? undefined : (JSON.parse(row.body) as PolicyInForce);
    },
    async entriesAbout({ id, pod }) {
      const own = await db.selectFrom('claims').select('entry').where('id', '=', id).execute();
      const said = await db.selectFrom('sayings').select('entry').where('claim', '=', id).execute();
      const policies = await db.selectFrom('policies').select('entry').where('pod', '=', pod).execute();
      const keys = (await keyEventsOf(db)).filter(({ record }) => record.pod === pod);
      const entries = [...own, ...said, ...policies].map(({ entry }) => Number(entry));
      return [...entries, ...keys.map(({ index }) => index)].toSorted((a, b) => a - b);
    },
    async keyRing(pod) {
      return keyRingOf(pod, await keyEventsOf(db));
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
  entriesAbout: () => Promise.resolve([]),
  keyRing: () => Promise.resolve(new Map()),
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
    .where((where) => where.or(likeNamed(id).map((pattern) => where('id', 'like', pattern))))
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
    .innerJoin('claims', 'claims.id', 'sayings.claim')
    .select(['sayings.entry', 'sayings.signature', 'sayings.body', 'claims.body as claim'])
    .where('verifier', '=', verifier)
    .where('version', '=', version)
    .where('options_digest', '=', optionsDigest);
}

/** The newest that counts in its own pod. */
async function newest(
  supports: ReturnType<typeof supportsOf>,
  events: readonly KeyEvent[],
): Promise<Evidence | undefined> {
  const rows = await supports
    .orderBy('observed_ms', 'desc')
    .orderBy('supports.entry', 'desc')
    .limit(considered)
    .execute();
  const row = rows.find(({ entry, signature, claim }) => {
    const ring = machineRingOf((JSON.parse(claim) as Claim).pod, events);
    return whyNoMachine({ index: Number(entry), signer: JSON.parse(signature) as Signer }, ring) === undefined;
  });
  return row === undefined ? undefined : (JSON.parse(row.body) as Evidence);
}

async function keyEventsOf(db: Kysely<IndexSchema>): Promise<readonly KeyEvent[]> {
  const rows = await db.selectFrom('keys').selectAll().orderBy('entry').execute();
  return rows.map(({ entry, signer, body }) => ({
    index: Number(entry),
    signer,
    record: JSON.parse(body) as KeyRecord,
  }));
}

interface Sayings {
  readonly evidence: Said<Evidence>[];
  readonly attestation: Said<Attestation>[];
  readonly withdrawal: Said<Withdrawal>[];
  readonly erasure: Said<Erasure>[];
}

function recordsOf(
  claims: readonly ClaimRow[],
  rows: readonly SayingRow[],
  events: readonly KeyEvent[],
  sha256: EntryPorts['sha256'],
): readonly ClaimRecord[] {
  const said = new Map<string, Sayings>();
  for (const { id } of claims) said.set(id, { evidence: [], attestation: [], withdrawal: [], erasure: [] });
  // Few machines sign many entries.
  const signers = new Map<string, Signer>();
  for (const { claim, entry, kind, signature, body } of rows) {
    const signer = signers.get(signature) ?? (JSON.parse(signature) as Signer);
    signers.set(signature, signer);
    said.get(claim)?.[kind].push({ index: Number(entry), signer, body: JSON.parse(body) });
  }
  const rings = new Map<string, Pick<SaidOfClaim, 'ring' | 'machines'>>();
  const ringsOf = (pod: string): Pick<SaidOfClaim, 'ring' | 'machines'> => {
    const known = rings.get(pod) ?? { ring: keyRingOf(pod, events), machines: machineRingOf(pod, events) };
    rings.set(pod, known);
    return known;
  };
  return claims.map(({ id, entry, leaf_hash: leafHash, body }) => {
    const claim = JSON.parse(body) as Claim;
    const { evidence = [], attestation = [], withdrawal = [], erasure = [] } = said.get(id) ?? {};
    const about = { claim, leafHash, sheetDigest: () => sheetDigest(claim, sha256), ...ringsOf(claim.pod) };
    const counted = countedOf({
      ...about,
      evidence,
      attestations: attestation,
      withdrawals: withdrawal,
      erasures: erasure,
    });
    return { claim, index: entry, leafHash, ...counted };
  });
}

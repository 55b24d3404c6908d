import type { Kysely } from 'kysely';

/** Changes whenever an entry would be folded differently: an index of another version is made anew. */
export const indexVersion = 3;

/** Texts, integers and JSON as text: the subset that SQLite and PostgreSQL both speak. */
export interface IndexSchema {
  /** One row: how many entries of the journal are folded in. */
  state: { id: number; version: number; entries: number };
  claims: { id: string; entry: number; leaf_hash: string; envelope_hash: string; body: string };
  /** What was said about claims later, and the key that said it; `signature` is a checked `Signer`. */
  sayings: { entry: number; claim: string; kind: SayingKind; signer: string; signature: string; body: string };
  /** Supported evidence, for looks that may stand for each other. */
  supports: {
    entry: number;
    verifier: string;
    version: string;
    options_digest: string;
    tree: string | null;
    environment: string | null;
    observed_ms: number;
  };
  policies: { entry: number; pod: string; signer: string; body: string };
  /** Enrolments and removals of keys. */
  keys: { entry: number; signer: string; body: string };
}

export type SayingKind = 'evidence' | 'attestation' | 'withdrawal' | 'erasure';

const tables = ['state', 'claims', 'sayings', 'supports', 'policies', 'keys'] as const satisfies (keyof IndexSchema)[];

/** An empty index, whatever stood there before. */
export async function createSchema(db: Kysely<IndexSchema>): Promise<void> {
  for (const table of tables) await db.schema.dropTable(table).ifExists().execute();
  await db.schema
    .createTable('state')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('entries', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('claims')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('entry', 'bigint', (column) => column.notNull())
    .addColumn('leaf_hash', 'text', (column) => column.notNull())
    .addColumn('envelope_hash', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('sayings')
    .addColumn('entry', 'bigint', (column) => column.primaryKey())
    .addColumn('claim', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('signer', 'text', (column) => column.notNull())
    .addColumn('signature', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('sayings_of_claim').on('sayings').columns(['claim', 'entry']).execute();
  await db.schema
    .createTable('supports')
    .addColumn('entry', 'bigint', (column) => column.primaryKey())
    .addColumn('verifier', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('options_digest', 'text', (column) => column.notNull())
    .addColumn('tree', 'text')
    .addColumn('environment', 'text')
    .addColumn('observed_ms', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('supports_of_look')
    .on('supports')
    .columns(['verifier', 'options_digest', 'version', 'observed_ms'])
    .execute();
  await db.schema
    .createTable('policies')
    .addColumn('entry', 'bigint', (column) => column.primaryKey())
    .addColumn('pod', 'text', (column) => column.notNull())
    .addColumn('signer', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('policies_of_pod').on('policies').columns(['pod', 'entry']).execute();
  await db.schema
    .createTable('keys')
    .addColumn('entry', 'bigint', (column) => column.primaryKey())
    .addColumn('signer', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await db.insertInto('state').values({ id: 1, version: indexVersion, entries: 0 }).execute();
}

import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import { type Glance, hindered, lookOutside } from '../../core/claim/outside-look.ts';
import { type Examination, verifier } from '../../core/claim/verifier.ts';
import type { SqlAnswer } from '../../core/ports.ts';

const count = deferred(() => z.number().int().min(0));
const Rows = deferred(() => z.union([count, z.strictObject({ min: count.optional(), max: count.optional() })]));
type Rows = z.infer<typeof Rows>;

const Options = deferred(() =>
  z.strictObject({
    database: z.string().min(1).max(200).optional().describe("name under databases; default: the target's database"),
    query: z.string().min(1).max(20_000).optional().describe('one SELECT, VALUES or WITH that changes nothing'),
    rows: Rows.optional().describe('how many rows, exactly or as {min, max}; default: one at least'),
    equals: z
      .union([z.string(), z.number(), z.boolean(), z.null()])
      .optional()
      .describe('what the first value of the first row must be'),
    timeout: z.number().int().min(1).max(300).default(30).describe('seconds'),
  }),
);
type Options = z.infer<typeof Options>;

/** Whether a database holds what is claimed: how many rows a query returns, or which value. */
export const sqlReturns = verifier({
  id: 'sql-returns',
  title: 'SQL returns',
  summary: 'Runs one query in a read-only transaction of PostgreSQL and compares the number of rows or a value.',
  lifecycle: 'stable',
  version: '1',
  looksAt: 'outside',
  judges: ['data-present', 'migrated'],
  options: Options,
  fromPart: (_part, target) => (target.database === undefined ? {} : { database: target.database }),
  run: ({ options, ports }) => {
    const { database, query } = options;
    const advice = 'No database and query are configured: give sql-returns both.';
    if (database === undefined || query === undefined) return lookOutside([], advice);
    const planned = `${database}: ${query}: ${expectation(options)}`;
    const look = { database, query, timeoutMs: options.timeout * 1000 };
    return lookOutside([{ boundTo: { database }, planned, glance: () => glance(look, options, ports) }], advice);
  },
});

async function glance(
  look: Parameters<Examination<Options>['ports']['sql']>[0],
  options: Options,
  ports: Examination<Options>['ports'],
): Promise<Glance> {
  const looked = await ports.sql(look);
  return looked.ok ? judge(look.database, looked.value, options) : hindered(looked);
}

function judge(database: string, { rowCount, rows }: SqlAnswer, options: Options): Glance {
  const value = rows[0]?.[0];
  const facts = { rows: rowCount, ...(options.equals !== undefined && value !== undefined && { value }) };
  const wrong = [
    ...(rowsFit(rowCount, options) ? [] : [`${rowCount} rows`]),
    ...(options.equals === undefined || valueFits(value, options.equals) ? [] : [`${shown(value)} as the first value`]),
  ];
  const expected = expectation(options);
  if (wrong.length > 0)
    return { outcome: 'refuted', message: `${database} returned ${wrong.join(' and ')}, expected ${expected}.`, facts };
  return { outcome: 'supported', message: `${database} returned ${rowCount} rows: ${expected}.`, facts };
}

/** Without `rows`, a value that is asked for needs its row, and a bare query needs any. */
function rowsFit(rowCount: number, { rows = { min: 1 } }: Options): boolean {
  if (typeof rows === 'number') return rowCount === rows;
  return rowCount >= (rows.min ?? 0) && rowCount <= (rows.max ?? Infinity);
}

/** Values come as PostgreSQL's texts: `t` and `f`, and numbers such as 1.00. */
function valueFits(value: string | null | undefined, wanted: NonNullable<Options['equals']> | null): boolean {
  if (value === undefined || value === null || wanted === null) return value === wanted;
  if (typeof wanted === 'boolean') return value === (wanted ? 't' : 'f');
  return typeof wanted === 'number' ? value.trim() !== '' && Number(value) === wanted : value === wanted;
}

function shown(value: string | null | undefined): string {
  if (value === undefined) return 'nothing';
  return value === null ? 'null' : `"${value.slice(0, 200)}"`;
}

function expectation({ rows, equals }: Options): string {
  const value = equals === undefined ? [] : [`the first value ${JSON.stringify(equals)}`];
  return [...(rows === undefined && value.length > 0 ? [] : [rowsText(rows ?? { min: 1 })]), ...value].join(' and ');
}

function rowsText(rows: Rows): string {
  if (typeof rows === 'number') return `${rows} rows`;
  const bounds = [
    ...(rows.min === undefined ? [] : [`at least ${rows.min}`]),
    ...(rows.max === undefined ? [] : [`at most ${rows.max}`]),
  ];
  return `${bounds.join(' and ') || 'any number of'} rows`;
}

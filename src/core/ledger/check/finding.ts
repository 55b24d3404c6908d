import { z } from 'zod';
import { deferred } from '../../deferred.ts';

/** Faults: the ledger is not what was signed or promised. */
const faults = {
  'no-checkpoint': 'nothing signed says how large the log is',
  'no-key': 'the key of the log is not known: give it with --vkey or --policy',
  'key-mismatch': 'the log shows another key than the one given',
  'checkpoint-form': 'not a signed checkpoint',
  'checkpoint-signature': 'the key of the log did not sign this checkpoint',
  'policy-refused': 'the witness policy does not accept the checkpoint',
  'log-shrank': 'a checkpoint was seen that is larger than the log now',
  fork: 'a checkpoint was seen that this log does not continue',
  'root-mismatch': 'the entries lead to another root than the one signed',
  'bundle-missing': 'entries are missing that the checkpoint covers',
  'bundle-form': 'a bundle of entries has other bytes than whole entries',
  'tile-missing': 'a tile is not there that the checkpoint needs',
  'tile-mismatch': 'a tile has other bytes than the entries lead to',
  'entry-form': 'neither a signed envelope nor a twin leaf',
  'signature-refused': 'the signature of the entry does not hold',
  'statement-form': 'the envelope holds no in-toto statement',
  'wrong-subject': 'the statement is bound to another claim than the one it names',
  'wrong-claim-leaf': 'the attestation is bound to another claim than the one it names',
  'artifact-damaged': 'what a look kept has other bytes than its digest names',
  'twin-mismatch': 'the twin leaf is not the form in Rekor of the envelope before it',
} as const;

/** Notices: the log is whole, and what it says here does not count. */
const notices = {
  'claim-missing': 'it is about a claim that is not in this log',
  'claim-twice': 'a claim with this id stands earlier in the log, and that one counts',
  'unvouched-machine': 'no person of the pod vouches for the machine that signed',
  'attestation-by-machine': 'a machine signed it, and only a person attests',
  'attestation-by-agent': 'it is the judgement of somebody who is not human',
  'own-attestation': 'the claimant attests their own claim',
  'attestation-uncounted': 'the key may not speak for this person',
  'same-person': 'the same person has spoken with another key; persons count, not keys',
} as const;

export const findingCodes = Object.freeze({ ...faults, ...notices });
export type FindingCode = keyof typeof findingCodes;

export const Finding = deferred(() =>
  z.object({
    level: z.enum(['fault', 'notice']),
    code: z.string(),
    /** What the code means. */
    what: z.string(),
    /** File of the ledger. */
    place: z.string(),
    /** Index in the log. */
    entry: z.number().int().optional(),
    expected: z.string().optional(),
    got: z.string().optional(),
  }),
);
export type Finding = Readonly<z.infer<typeof Finding>>;

export interface FindingDetails {
  readonly entry?: number;
  readonly expected?: string;
  readonly got?: string;
}

/** Keeps the first findings and counts them all: a destroyed log must not fill the memory. */
export interface Findings {
  report(code: FindingCode, place: string, details?: FindingDetails): void;
  readonly kept: readonly Finding[];
  readonly faults: number;
  readonly notices: number;
}

const mostKept = 1_000;

export function collectFindings(): Findings {
  const kept: Finding[] = [];
  const counts = { fault: 0, notice: 0 };
  return {
    report(code, place, details = {}) {
      const level = Object.hasOwn(faults, code) ? 'fault' : 'notice';
      counts[level] += 1;
      if (kept.length < mostKept) kept.push({ level, code, what: findingCodes[code], place, ...details });
    },
    kept,
    get faults() {
      return counts.fault;
    },
    get notices() {
      return counts.notice;
    },
  };
}

import { describe, expect, test } from 'vitest';
import type { Examination, Verifier } from '../core/claim/verifier.ts';
import { Look } from '../core/claim/evidence.ts';
import { couldNotLook, type Hindrance, type VerifierPorts } from '../core/ports.ts';

/** Ports that answer `Seen`; the others (keep, sha256, now) are part of Factum itself. */
const seeingPorts = [
  'run',
  'readFile',
  'findFiles',
  'git',
  'checkout',
  'http',
  'page',
  'sql',
  'dns',
  'npmSettings',
  'matches',
] as const;
type SeeingPort = (typeof seeingPorts)[number];

const hindrances: readonly Hindrance[] = ['missing-tool', 'time-out', 'refused-address', 'unreachable', 'broken'];

export interface VerifierCases {
  readonly verifier: Verifier;
  /** A real thing of which the part is true, looked at through real ports. */
  supporting(): Promise<Examination<Record<string, unknown>>>;
  /** A real thing of which the part is false. */
  refuting?(): Promise<Examination<Record<string, unknown>>>;
  /** Why there is no refuting case: for verifiers that only annotate. */
  readonly neverRefutes?: string;
  /** Ports without which a refutation still stands, such as the baseline's checkout. */
  readonly dispensable?: readonly SeeingPort[];
}

/** What every verifier must do. Call it at the top level of the plug-in's test file. */
export function verifierContract(cases: VerifierCases): void {
  const { verifier } = cases;

  async function examine(examination: Examination<Record<string, unknown>>): Promise<Look> {
    const options = verifier.options.parse(examination.options);
    return Look.parse(await verifier.run({ ...examination, options }));
  }

  async function portsUsed(examination: Examination<Record<string, unknown>>): Promise<readonly SeeingPort[]> {
    const used = new Set<SeeingPort>();
    const recording = new Proxy(examination.ports, {
      get(target, key: keyof VerifierPorts) {
        if ((seeingPorts as readonly string[]).includes(key)) used.add(key as SeeingPort);
        return target[key];
      },
    });
    await examine({ ...examination, ports: recording });
    return [...used];
  }

  describe(`${verifier.id} keeps the verifier contract`, () => {
    test('supports what is true, bound to what makes it true', async () => {
      const look = await examine(await cases.supporting());
      expect(look.outcome, look.message).toBe('supported');
      expect(Object.keys(look.boundTo)).not.toEqual([]);
      expect(look.ran).not.toEqual([]);
      expect(look.planned).not.toEqual([]);
    });

    test('an unknown option is an error, not ignored', async () => {
      const { options } = await cases.supporting();
      expect(verifier.options.safeParse({ ...options, 'no-such-option': 1 }).success).toBe(false);
    });

    const { refuting } = cases;
    if (refuting === undefined) {
      test('says why it never refutes', () => expect(cases.neverRefutes).toBeTruthy());
      return;
    }

    test('refutes what is false, with a message that has the fact', async () => {
      const look = await examine(await refuting());
      expect(look.outcome, look.message).toBe('refuted');
      expect(Object.keys(look.boundTo)).not.toEqual([]);
    });

    test('never refutes what it could not see', async () => {
      const examination = await refuting();
      const used = await portsUsed(examination);
      const needed = used.filter((port) => !(cases.dispensable ?? []).includes(port));
      expect(needed, 'the refuting case looked at nothing').not.toEqual([]);
      for (const port of needed) {
        for (const why of hindrances) {
          const look = await examine({ ...examination, ports: hindered(examination.ports, port, why) });
          expect(look.outcome, `${port}: ${why}: ${look.message}`).not.toBe('refuted');
          expect(look.outcome, `${port}: ${why}: ${look.message}`).not.toBe('supported');
        }
      }
    });
  });
}

function hindered(ports: VerifierPorts, port: SeeingPort, why: Hindrance): VerifierPorts {
  return { ...ports, [port]: () => Promise.resolve(couldNotLook(why, `planted: ${why}`)) };
}

import type { LedgerConfig } from './core/config/config.ts';
import { witnessesIn } from './core/config/witnesses.ts';
import { FactumError } from './core/errors.ts';
import type { Head, Published } from './core/ledger/head.ts';
import { toHex } from './core/ledger/octets.ts';
import type { AskWitness } from './core/ledger/witnessing.ts';
import { envelopeSigner } from './host/envelope-signer.ts';
import { logKeys } from './host/log-keys.ts';
import { nodeSignatures } from './host/signatures.ts';
import type { Journal } from './store/journal/journal.ts';
import type { LogPlace } from './store/log/log-place.ts';
import { publisher } from './store/log/publisher.ts';
import { sha256 } from './store/log/sha256.ts';
import { vouchBy } from './store/log/vouch.ts';

// Loaded by the commands that publish, and by no other.

export interface PublishingOptions {
  readonly journal: Journal;
  readonly place: LogPlace;
  /** Of the repository or the tenant. */
  readonly name: string;
  /** The user's configuration folder. */
  readonly folder: string;
  readonly ledger: LedgerConfig;
  /** Whether the user trusts the configuration that names the witnesses. */
  isTrusted(): Promise<boolean>;
  /** RFC 3339, UTC. */
  readonly now: string;
}

export interface Publishing {
  head(): Promise<Head | undefined>;
  /** Throws as `Publisher.publish`. */
  publish(how: { readonly whole: boolean }): Promise<Published | undefined>;
  /** At most once a second; says through `note` what people should know. What another user publishes is theirs. */
  publishIfDue(note: (text: string) => void): Promise<void>;
}

const leastAgeMs = 1000;

/** How this repository's ledger is shown to others. */
export function publishing({ journal, place, name, folder, ledger, isTrusted, now }: PublishingOptions): Publishing {
  const entryPorts = {
    sha256: (bytes: Uint8Array) => toHex(sha256(bytes)),
    placeOf: journal.placeOf,
    signerOf: envelopeSigner,
  };

  async function publish(how: { readonly whole: boolean }): Promise<Published | undefined> {
    const witnesses = witnessesIn(ledger, sha256);
    const ask = witnesses.length === 0 || (await isTrusted()) ? askOverHttp : askNobody;
    const witnessing = { witnesses, ask, required: ledger.require_witness };
    const signing = { keys: logKeys(folder), signatures: nodeSignatures };
    const reading = { journal, place, vouch: vouchBy(entryPorts) };
    return publisher({ ...reading, ...signing, name, witnessing, now: () => now }).publish(how);
  }

  async function isDue(): Promise<boolean> {
    const head = await place.head();
    if (head === undefined) return true;
    const age = Date.parse(now) - Date.parse(head.publishedAt);
    return age >= leastAgeMs || age < 0;
  }

  return {
    head: place.head,
    publish,
    async publishIfDue(note) {
      try {
        const published = (await isDue()) ? await publish({ whole: false }) : undefined;
        if (published?.unwitnessedSince === undefined) return;
        const why = published.silent.map((each) => `${each.name}: ${each.why}`).join('; ');
        note(`the ledger is unwitnessed since ${published.unwitnessedSince}: ${why}`);
      } catch (thrown) {
        if (!(thrown instanceof FactumError) || thrown.code !== 'LOG_KEY') throw thrown;
        note(`recorded, and not published: ${thrown.message}`);
      }
    },
  };
}

const askOverHttp: AskWitness = async (witness, asked) =>
  (await import('./host/witness-client.ts')).witnessClient()(witness, asked);

/** To nobody whom the user did not agree to is anything sent. */
const askNobody: AskWitness = () =>
  Promise.resolve({ kind: 'unheard', message: 'factum.yaml, which names it, is not trusted: factum trust' });

import { resolve } from 'node:path';
import type { World } from './compose.ts';
import type { SetupContext } from './core/operation.ts';
import type { SessionOptions } from './session.ts';

// Servers that a command runs until it is told to end; each is loaded by the command that starts it.

interface Serving {
  readonly world: World;
  readonly options: SessionOptions;
  readonly redact: (text: string) => string;
  /** Tells of what went wrong while a server goes on. */
  readonly onProblem: (message: string) => void;
  /** Takes what ends a server when the command is told to end. */
  readonly onOpen: (close: () => Promise<void>) => void;
}

type Servers = Pick<SetupContext['setup'], 'startWitness' | 'serveLedger' | 'serveMcp' | 'receiveTelemetry'>;

export function servers({ world, options, redact, onProblem, onOpen }: Serving): Servers {
  function untilClosed({ url, close }: { readonly url: string; close(): Promise<void> }) {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    onOpen(() => close().then(end));
    return { url, ended };
  }

  return {
    async startWitness(wanted) {
      const { startWitness } = await import('./host/witness/witness-server.ts');
      const place = { dir: resolve(world.cwd, wanted.dir), now: world.now, onProblem };
      const { close, ...served } = await startWitness({ ...wanted, ...place });
      onOpen(close);
      return served;
    },
    async serveLedger(reader, at) {
      const { serveTiles } = await import('./host/ledger/tile-server.ts');
      return untilClosed(await serveTiles(reader, at));
    },
    async serveMcp(wanted) {
      const { startMcp } = await import('./mcp-serving.ts');
      const { close, ...served } = await startMcp(world, { ...wanted, ...options });
      onOpen(close);
      return served;
    },
    async receiveTelemetry(wanted, take) {
      const { startReceiver } = await import('./host/telemetry/receiver.ts');
      const token = world.env['FACTUM_OTEL_TOKEN'] || undefined;
      return untilClosed(await startReceiver({ ...wanted, token, take, onProblem, redact }));
    },
  };
}

import { printable } from '../core/claim/redact.ts';
import type { Counted, Progress } from '../core/operation.ts';
import { clip, type Paper, paragraph } from '../report/terminal/paper.ts';

interface Screen {
  err(text: string): void;
  readonly isInteractive: boolean;
  readonly paper: Paper;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

/**
 * Progress on standard error. On a terminal one moving line for what has run for over a second; elsewhere a line for each
 * look that ends, so that a CI log shows where it stands.
 */
export function showProgress(screen: Screen): Progress & { end(): void } {
  const running = new Map<
    symbol,
    { readonly what: string; readonly since: number; readonly counted?: (() => Counted) | undefined }
  >();
  let frame = 0;
  let drawn = false;
  const timer = screen.isInteractive ? setInterval(draw, 100) : undefined;
  timer?.unref();

  function clear(): void {
    if (drawn) screen.err('\r\u001b[K');
    drawn = false;
  }

  function draw(): void {
    const now = performance.now();
    const [slowest] = [...running.values()].filter(({ since }) => now - since > 1000);
    clear();
    if (slowest === undefined) return;
    frame = (frame + 1) % frames.length;
    const seconds = Math.floor((now - slowest.since) / 1000);
    const more = running.size > 1 ? ` (and ${running.size - 1} more)` : '';
    const far = slowest.counted === undefined ? '' : howFar(slowest.counted(), now - slowest.since);
    const room = screen.paper.width - 14 - more.length - far.length;
    screen.err(`${frames[frame]} ${clip(slowest.what, room)}${far}${more} ${seconds} s`);
    drawn = true;
  }

  return {
    begin(what, counted) {
      const key = Symbol(what);
      const since = performance.now();
      running.set(key, { what, since, counted });
      return (how) => {
        running.delete(key);
        clear();
        const seconds = ((performance.now() - since) / 1000).toFixed(1);
        const end = clip(how, 40);
        // The same words on every run, however long it took.
        const room = screen.paper.width - end.length - ': (1234.5 s)'.length - 1;
        if (!screen.isInteractive) screen.err(`${clip(what, room)}: ${end} (${seconds} s)\n`);
      };
    },
    note(text) {
      clear();
      screen.err(`${paragraph(screen.paper, '', clip(text, 1000))}\n`);
    },
    show(text) {
      clear();
      screen.err(printable(text));
    },
    end() {
      clear();
      clearInterval(timer);
    },
  };
}

/** ` 12,300 of 45,000 (27 %), 5,100 a second`; nothing before the first. */
function howFar({ done, of }: Counted, elapsed: number): string {
  if (done === 0) return '';
  const percent = of > 0 ? ` (${Math.floor((100 * done) / of)} %)` : '';
  return ` ${grouped(done)} of ${grouped(of)}${percent}, ${grouped(Math.round((1000 * done) / elapsed))} a second`;
}

function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

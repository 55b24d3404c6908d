import type { Fact, KnowledgeFact } from '../../core/signal/fact.ts';
import { notEnough, signal } from '../../core/signal/signal.ts';

type Known = Pick<KnowledgeFact, 'at' | 'files' | 'liveFiles' | 'truckFactor' | 'liveTruckFactor'>;

interface State {
  newest?: Known;
}

/** Fewer files are no base for a share of them. */
const fewest = 10;

/** How many people a repository can lose. */
export const truckFactor = signal<State>({
  id: 'truck-factor',
  title: 'Truck factor',
  summary: 'How many people can leave before nobody knows most of the source files.',
  lifecycle: 'experimental',
  definition:
    'Fewest people, those with most files first, whose leaving leaves fewer than half of the source files with an author.',
  formula:
    "DOA = 3.293 + 1.098 FA + .164 DL - .321 ln(1 + AC); author: DOA / max > .75 and (DOA >= 3.293 or FA). FA added it, DL own and AC others' later modifications and renames, without merges",
  citation:
    'Avelino, Passos, Hora & Valente 2016, ICPC; live: Jabrayilzade, Evtikhiev, Tüzün & Kovalenko 2022, "Bus factor in practice", ICSE-SEIP',
  unit: 'people',
  worse: 'lower',
  raisedBy: 'more people who add files and change those of others',
  loweredBy: 'files that one person alone writes; files that agents wrote without a named human',
  cannotSee: 'knowledge that leaves no commit or review; that an author has left or forgotten (the live one does)',
  beside: {
    live: 'the same with weights that fade by e in 90 days, of the last 547 days; reviews count',
    files: 'source files',
  },
  place: (fact) => (fact.kind === 'knowledge' ? { at: fact.at, cluster: 'knowledge' } : undefined),
  dependsOnLength: true,
  run: {
    empty: () => ({}),
    add: (state, fact: Fact) => (fact.kind === 'knowledge' ? newer(state, fact) : state),
    merge: (into, { newest }) => (newest === undefined ? into : newer(into, newest)),
    read({ newest }) {
      const { files = 0, truckFactor: value, liveTruckFactor: live } = newest ?? {};
      if (value === undefined || files < fewest) return notEnough(files, fewest, 'source files');
      const beside = { files, ...(live === undefined ? {} : { live }) };
      return { state: 'measured', value, n: files, beside, note };
    },
  },
});

const note = 'counted on all files, not on a sample of them: it has no interval';

/** Of two of the same time the one of more files. */
function newer(state: State, { at, files, liveFiles, truckFactor: value, liveTruckFactor: live }: Known): State {
  const known: Known = {
    at,
    files,
    liveFiles,
    ...(value === undefined ? {} : { truckFactor: value }),
    ...(live === undefined ? {} : { liveTruckFactor: live }),
  };
  const { newest } = state;
  if (newest === undefined || compare(known, newest) > 0) state.newest = known;
  return state;
}

function compare(a: Known, b: Known): number {
  const keys = ['at', 'files', 'liveFiles', 'truckFactor', 'liveTruckFactor'] as const;
  const first = keys.find((key) => (a[key] ?? 0) !== (b[key] ?? 0));
  return first === undefined ? 0 : (a[first] ?? 0) - (b[first] ?? 0);
}

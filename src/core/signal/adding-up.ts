/** Numbers, and records and Maps of such: as deep as it goes, merging adds number by number. */
type Form = NumberForm | MapForm | RecordForm;

interface NumberForm {
  readonly slot: number;
}

interface MapForm {
  /** `there`: the slot that counts how many have the key. */
  readonly entries: Map<unknown, Entry>;
}

interface Entry {
  readonly there: number;
  readonly form: Form;
}

interface RecordForm {
  readonly parts: readonly (readonly [name: string, form: Form])[];
}

interface Row {
  readonly slots: number[];
  readonly numbers: number[];
}

/**
 * Merges states that are added up, by name and as often as they are named. Every number of theirs has a place in one list:
 * hundreds of draws add lists instead of merging Maps.
 */
export function addingUp(states: ReadonlyMap<number, unknown>): (drawn: readonly number[]) => unknown {
  let size = 0;

  function formOf(value: unknown): Form {
    if (typeof value === 'number') return { slot: size++ };
    if (value instanceof Map) return { entries: new Map() };
    return { parts: Object.entries(value as object).map(([name, part]) => [name, formOf(part)]) };
  }
  function entryOf({ entries }: MapForm, key: unknown, value: unknown) {
    const entry = entries.get(key) ?? { there: size++, form: formOf(value) };
    entries.set(key, entry);
    return entry;
  }
  function note(form: Form, value: unknown, row: Row): void {
    if ('slot' in form) put(row, form.slot, value as number);
    else if ('parts' in form) for (const [name, part] of form.parts) note(part, (value as Named)[name], row);
    else {
      for (const [key, each] of value as ReadonlyMap<unknown, unknown>) {
        const entry = entryOf(form, key, each);
        put(row, entry.there, 1);
        note(entry.form, each, row);
      }
    }
  }

  const [first] = states.values();
  const form = formOf(first ?? 0);
  const rows = [...states].map(([name, state]) => {
    const row: Row = { slots: [], numbers: [] };
    note(form, state, row);
    return [name, { slots: Int32Array.from(row.slots), numbers: Float64Array.from(row.numbers) }] as const;
  });
  const making = makerOf(form);
  const byName = new Map(rows);
  const sums = new Float64Array(size);
  return (drawn) => {
    sums.fill(0);
    for (const name of drawn) {
      const { slots, numbers } = byName.get(name) ?? nothing;
      for (let at = 0; at < slots.length; at++) {
        const slot = slots[at] ?? 0;
        sums[slot] = (sums[slot] ?? 0) + (numbers[at] ?? 0);
      }
    }
    return making(sums);
  };
}

type Named = Readonly<Record<string, unknown>>;
const nothing = { slots: new Int32Array(), numbers: new Float64Array() };

function put({ slots, numbers }: Row, slot: number, value: number): void {
  slots.push(slot);
  numbers.push(value);
}

type Maker = (sums: Float64Array) => unknown;

/** Keys that are numbers come from the smallest to the largest: who asks every draw for quantiles finds them sorted. */
function makerOf(form: Form): Maker {
  if ('slot' in form) return (sums) => sums[form.slot];
  if ('parts' in form) {
    const parts = form.parts.map(([name, part]) => [name, makerOf(part)] as const);
    return (sums) => Object.fromEntries(parts.map(([name, make]) => [name, make(sums)]));
  }
  const entries = inOrder(form).map(([key, { there, form: own }]) => ({ key, there, make: makerOf(own) }));
  return (sums) => {
    const map = new Map<unknown, unknown>();
    for (const { key, there, make } of entries) if ((sums[there] ?? 0) > 0) map.set(key, make(sums));
    return map;
  };
}

function inOrder({ entries }: MapForm): readonly (readonly [unknown, Entry])[] {
  return [...entries].toSorted(([a], [b]) => (typeof a === 'number' && typeof b === 'number' ? a - b : 0));
}

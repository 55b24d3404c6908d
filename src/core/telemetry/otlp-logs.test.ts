import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aRecord, aRequest, toldAt } from '../../../test/make/telemetry.ts';
import { readLogs, type TelemetryEvent } from './otlp-logs.ts';

function readOne(record: unknown, resource?: Readonly<Record<string, string>>): TelemetryEvent | string {
  const read = readLogs(aRequest([record], resource));
  if (typeof read === 'string') throw new Error(read);
  return read.events[0] ?? read.rejected[0] ?? 'nothing';
}

describe('a record', () => {
  test('has the names of all three places, its time, and its attributes over those of its resource', () => {
    const record = aRecord({ 'event.name': 'tool_result', own: 'record' }, { eventName: 'claude_code.tool_result' });
    expect(readOne(record, { own: 'resource', 'service.name': 'claude-code' })).toEqual({
      names: ['claude_code.tool_result', 'tool_result', 'claude_code.tool_result'],
      occurredAt: '2026-01-02T03:04:00.000Z',
      attributes: new Map([
        ['own', 'record'],
        ['service.name', 'claude-code'],
        ['event.name', 'tool_result'],
      ]),
    });
  });

  test.each([
    ['a text', { timeUnixNano: toldAt }],
    ['a number', { timeUnixNano: Number(toldAt) }],
    ['when it was observed', { timeUnixNano: '0', observedTimeUnixNano: toldAt }],
  ])('gives its time as %s', (_how, fields) => {
    expect(readOne(aRecord({}, fields))).toMatchObject({ occurredAt: '2026-01-02T03:04:00.000Z' });
  });

  test('keeps plain values of every type and leaves out lists, maps, bytes and what is unknown', () => {
    const attributes = [
      { key: 'text', value: { stringValue: 'a' } },
      { key: 'yes', value: { boolValue: true } },
      { key: 'long', value: { intValue: '12' } },
      { key: 'double', value: { doubleValue: 0.5 } },
      { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }] } } },
      { key: 'none', value: null },
      { key: 'new', value: { futureValue: 1 } },
      { key: '__proto__', value: { stringValue: 'kept as a name' } },
    ];
    expect(readOne(aRecord({}, { attributes }), {})).toMatchObject({
      attributes: new Map<string, unknown>([
        ['text', 'a'],
        ['yes', true],
        ['long', '12'],
        ['double', 0.5],
        ['__proto__', 'kept as a name'],
      ]),
    });
  });

  test.each([
    ['no time', { timeUnixNano: undefined }, 'a record without a time'],
    ['a time that is none', { timeUnixNano: 'now' }, /^timeUnixNano/],
    ['a time that no calendar has', { timeUnixNano: 1e30 }, 'a record without a time'],
    ['attributes that are no list', { attributes: { a: 1 } }, /^attributes/],
    ['an attribute without a key', { attributes: [{ value: {} }] }, /^attributes/],
  ])('with %s is rejected, and those around it are read', (_what, fields, why) => {
    const read = readLogs(aRequest([aRecord(), aRecord({}, fields), 'garbage', aRecord()]));
    expect(read).toMatchObject({ events: [{}, {}], rejected: [expect.stringMatching(why), expect.any(String)] });
  });
});

test.each([[null], [[]], ['text'], [{ resourceLogs: {} }], [{ resourceLogs: [{ scopeLogs: [{ logRecords: {} }] }] }]])(
  '%j is no request',
  (body) => {
    expect(readLogs(body)).toMatch(/^no ExportLogsServiceRequest/);
  },
);

test.each([[{}], [{ resourceLogs: null }], [{ resourceLogs: [{ scopeLogs: [{}] }], later: 1 }]])(
  '%j is an empty one',
  (body) => {
    expect(readLogs(body)).toEqual({ events: [], rejected: [] });
  },
);

test('law: no millisecond is lost, written as a text or as a number', () => {
  const times = fc.date({ min: new Date('1971-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(times, (time) => {
      const nanoseconds = BigInt(time.getTime()) * 1_000_000n;
      for (const timeUnixNano of [`${nanoseconds}`, Number(nanoseconds)]) {
        expect(readOne(aRecord({}, { timeUnixNano }))).toMatchObject({ occurredAt: time.toISOString() });
      }
    }),
  );
});

test('law: each record is read or rejected, whatever it is', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.constant(aRecord()))), fc.jsonValue(), (records, body) => {
      const read = readLogs(aRequest(records));
      if (typeof read === 'string') throw new Error(read);
      expect(read.events.length + read.rejected.length).toBe(records.length);
      readLogs(body);
    }),
  );
});

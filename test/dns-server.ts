import { createSocket } from 'node:dgram';

/** Answers in order, the last one for ever: a list of IPv4 addresses, or a response code such as 2 (SERVFAIL). */
export type DnsScript = readonly (readonly string[] | number | 'silence')[];

export interface DnsServer {
  /** As `Resolver.setServers` takes it. */
  readonly address: string;
  /** Names asked for, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

const typeNumber = { a: 1, txt: 16 } as const;

/** A tiny DNS server over UDP on loopback (RFC 1035): A records by script, TXT as `txt:` texts. */
export async function startDns(zone: Readonly<Record<string, DnsScript>>): Promise<DnsServer> {
  const asked: string[] = [];
  const counts = new Map<string, number>();
  const socket = createSocket('udp4');
  socket.on('message', (query, peer) => {
    const { name, type, end } = questionOf(query);
    asked.push(name);
    const script = zone[name] ?? [3];
    const turn = counts.get(`${name} ${type}`) ?? 0;
    counts.set(`${name} ${type}`, turn + 1);
    const step = script[Math.min(turn, script.length - 1)] ?? 3;
    if (step === 'silence') return;
    const code = typeof step === 'number' ? step : 0;
    const records = typeof step === 'number' ? [] : step.map(recordOf).filter((record) => record.type === type);
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180 | code, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    socket.send(Buffer.concat([header, query.subarray(12, end), ...records.map(wire)]), peer.port, peer.address);
  });
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        socket.close(() => resolve());
      }),
  };
}

function questionOf(query: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

interface Rdata {
  readonly type: number;
  readonly data: Buffer;
}

function recordOf(text: string): Rdata {
  if (!text.startsWith('txt:')) return { type: typeNumber.a, data: Buffer.from(text.split('.').map(Number)) };
  const value = Buffer.from(text.slice(4));
  return { type: typeNumber.txt, data: Buffer.concat([Buffer.from([value.length]), value]) };
}

/** A resource record whose name points at the question; time to live 0. */
function wire({ type, data }: Rdata): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

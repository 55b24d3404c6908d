import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tls } from './http-server.ts';

/** Only `openssl ca` can set both dates in every OpenSSL 3. */
const authority = `[ca]
default_ca = own
[own]
new_certs_dir = .
database = index.txt
rand_serial = yes
default_md = sha256
policy = any
[any]
commonName = supplied
[for-loopback]
subjectAltName = IP:127.0.0.1,DNS:localhost
[for-other-name]
subjectAltName = DNS:other.example
`;

/** A self-signed certificate for 127.0.0.1 and localhost. */
export function makeCertificate(kind: 'current' | 'expired' | 'other-name'): Tls {
  const dir = mkdtempSync(join(tmpdir(), 'factum-cert-'));
  try {
    writeFileSync(join(dir, 'ca.cnf'), authority);
    writeFileSync(join(dir, 'index.txt'), '');
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem'];
    openssl(dir, ['req', '-new', ...key, '-out', 'request.pem', '-subj', '/CN=factum test']);
    const sign = ['ca', '-batch', '-selfsign', '-notext', '-config', 'ca.cnf', '-keyfile', 'key.pem'];
    const names = ['-extensions', kind === 'other-name' ? 'for-other-name' : 'for-loopback'];
    const end = kind === 'expired' ? '20200201000000Z' : '20490201000000Z';
    const files = ['-in', 'request.pem', '-out', 'cert.pem'];
    openssl(dir, [...sign, ...names, '-startdate', '20200101000000Z', '-enddate', end, ...files]);
    return { key: readFileSync(join(dir, 'key.pem'), 'utf8'), cert: readFileSync(join(dir, 'cert.pem'), 'utf8') };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function openssl(cwd: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { cwd });
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${String(stderr)}`);
}

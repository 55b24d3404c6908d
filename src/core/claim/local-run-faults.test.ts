import { describe, expect, test } from 'vitest';
import { faultBehind, faultIn } from './local-run-faults.ts';

/** As the runtimes print them. */
const real: Readonly<Record<string, readonly string[]>> = {
  'a module could not be found': [
    "Error: Cannot find module 'left-pad'\nRequire stack:\n- /repo/a.js",
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'left-pad' imported from /repo/a.mjs",
    "E   ModuleNotFoundError: No module named 'requests'",
    "ImportError: cannot import name 'x' from 'y' (/repo/y.py)",
    'a.go:3:8: no required module provides package example.com/x; to add it:',
    'a.go:3:8: cannot find package "x" in any of:',
    'error[E0432]: unresolved import `serde`',
    "error[E0463]: can't find crate for `serde`",
    'Error: Failed to resolve import "vue" from "src/App.vue". Does the file exist?',
    "src/a.ts(1,19): error TS2307: Cannot find module 'zod' or its corresponding type declarations.",
    "error TS2688: Cannot find type definition file for 'node'.",
    "tsconfig.json(1,63): error TS6053: File '@tsconfig/node20/tsconfig.json' not found.",
    'a.py:1: error: Cannot find implementation or library stub for module named "yaml"  [import-not-found]',
    "1:1  error  Unable to resolve path to module 'zod'  import/no-unresolved",
  ],
  'a port is in use': [
    'Error: listen EADDRINUSE: address already in use 127.0.0.1:3000',
    "{ code: 'EADDRINUSE', errno: -98 }",
    'listen tcp 127.0.0.1:8080: bind: address already in use',
    'OSError: [Errno 98] Address already in use',
    'called `Result::unwrap()` on an `Err` value: Os { code: 98, kind: AddrInUse, message: "Address already in use" }',
    'java.net.BindException: Address already in use',
  ],
  'a service could not be reached': [
    'Error: connect ECONNREFUSED 127.0.0.1:5432',
    'dial tcp 127.0.0.1:5432: connect: connection refused',
    'ConnectionRefusedError: [Errno 111] Connection refused',
    'Os { code: 111, kind: ConnectionRefused, message: "Connection refused" }',
    'Error: getaddrinfo ENOTFOUND db.internal',
    'dial tcp: lookup db.internal: no such host',
    'psql: error: could not connect to server: No such file or directory',
  ],
  'the disk is full': ['Error: ENOSPC: no space left on device, write', 'OSError: [Errno 28] No space left on device'],
  'too many files are open': ['Error: EMFILE: too many open files, watch', 'OSError: [Errno 24] Too many open files'],
  'memory ran out': [
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    'java.lang.OutOfMemoryError: Java heap space',
    'fatal error: runtime: out of memory',
    'E   MemoryError',
  ],
  'a program is missing': [
    'sh: 1: jest: not found',
    'bash: line 1: tsc: command not found',
    'Error: spawn ffmpeg ENOENT',
    'exec: "docker": executable file not found in $PATH',
    "browserType.launch: Executable doesn't exist at /home/ada/.cache/chromium",
    'protoc --out .\nmake: protoc: No such file or directory\nmake: *** [Makefile:2: build] Error 127',
    '/usr/bin/ld: cannot find -lssl: No such file or directory',
  ],
  'the toolchain here does not fit': [
    'error: rustc 1.95.0 is not supported by the following package:\n  x@0.1.0 requires rustc 1.999',
    'go: go.mod requires go >= 1.99 (running go 1.22.1; GOTOOLCHAIN=local)',
    './x.go:3:2: undefined: slices.Sort\nnote: module requires Go 1.99',
    "error: 'cargo-clippy' is not installed for the toolchain 'stable-x86_64-unknown-linux-gnu'.",
    'error: no such command: `clippy`',
  ],
  'what should run is not set up here': [
    'npm error Missing script: "build"\nnpm error\nnpm error To see a list of scripts, run:',
    'npm error npx canceled due to missing packages and no YES option: ["tsc@2.0.4"]',
    'This is not the tsc command you are looking for',
    'tsc: The TypeScript Compiler - Version 7.0.2',
    "error TS5058: The specified path does not exist: '/repo/nope'.",
    'error: could not find `Cargo.toml` in `/repo` or any parent directory',
    'pattern ./...: directory prefix . does not contain main module or its selected dependencies',
    "make: *** No rule to make target 'build'.  Stop.",
  ],
  'a time-out': [
    'panic: test timed out after 10m0s',
    'Error: Hook timed out in 10000ms.',
    'Error: Timeout of 2000ms exceeded.',
  ],
};

describe('faults of the machine', () => {
  test.each(Object.entries(real).flatMap(([what, texts]) => texts.map((text) => [text, what] as const)))(
    '%s',
    (text, what) => {
      expect(faultIn(text)).toBe(what);
      expect(faultBehind(text, '')).toBe(what);
    },
  );

  test.each([
    "AssertionError: 'a' == 'listen EADDRINUSE' (ERR_ASSERTION)",
    "AssertionError: expected 'Error: connect ECONNREFUSED 127.0.0.1:5432' to be 'other'",
    'Error: expect(received).toBe(expected)\n\nExpected: "Cannot find module \'x\'"\nReceived: "other"',
    "assert 'No module named x' == 'y'",
    "testCodeFailure: Expected values to be strictly equal:\n\n'listen EADDRINUSE' !== 'other'",
    'thread \'a\' panicked at src/lib.rs:1:1:\nassertion `left == right` failed\n  left: "kind: ConnectionRefused"',
    'handles EADDRINUSE and ECONNREFUSED',
    'a_test.go:3: got ENOSPC, want nil',
    'TypeError: notFound is not a function',
    "make: *** No rule to make target 'parser.c', needed by 'parser.o'.  Stop.",
    'make: *** [Makefile:2: build] Error 1',
  ])('speaks of a fault without having it: %s', (message) => {
    expect(faultBehind(message, 'Error: listen EADDRINUSE: address already in use :::1')).toBeUndefined();
  });

  test('an assertion that only hands an error on does not hide the fault', () => {
    const message =
      'Error: expect(received).resolves.toBe()\n\nReceived promise rejected instead of resolved\nRejected to value: [Error: connect ECONNREFUSED 127.0.0.1:5432]';
    expect(faultBehind(message, '')).toBe('a service could not be reached');
  });

  test('a vague failure is explained by the log, a clear one is not', () => {
    const log = 'Error: listen EADDRINUSE: address already in use :::3000';
    for (const vague of [
      '',
      'TypeError: fetch failed',
      'Error: socket hang up',
      'test failed',
      'Error: Test timed out after 5 s',
    ]) {
      expect(faultBehind(vague, log), vague).toBe('a port is in use');
      expect(faultBehind(vague, 'all is well'), vague).toBeUndefined();
    }
    expect(faultBehind('TypeError: x is not a function', log)).toBeUndefined();
  });
});

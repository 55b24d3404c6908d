import { symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Files, localExamination, temporaryRepository } from '../../../test/local-ports.ts';
import { lacks } from '../../../test/needs.ts';
import { Look } from '../../core/claim/evidence.ts';
import type { Examination } from '../../core/claim/verifier.ts';
import { detect } from '../../core/config/detect.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { testsPass } from './tests-pass.ts';

// Runners of other ecosystems, really run, by the command that is detected for them.

/** With `packages` the project finds this one's installed packages. */
async function examinationOf(files: Files, packages?: 'packages'): Promise<Examination<Record<string, unknown>>> {
  const { dir } = temporaryRepository(files);
  if (packages !== undefined) symlinkSync(resolve('node_modules'), join(dir, 'node_modules'));
  const check = detect(Object.keys(files), (path) => files[path]).find(({ kind }) => kind === 'tests-pass');
  if (check === undefined) throw new Error('no command for tests was detected');
  return localExamination(dir, check.options);
}

async function look(files: Files, packages?: 'packages'): Promise<Look> {
  const examination = await examinationOf(files, packages);
  return Look.parse(await testsPass.run({ ...examination, options: testsPass.options.parse(examination.options) }));
}

function crate(sum: string): Files {
  return {
    'Cargo.toml': '[package]\nname = "small"\nversion = "0.1.0"\nedition = "2021"\n',
    '.gitignore': 'target\nCargo.lock\n',
    'src/lib.rs': `pub fn add(a: i32, b: i32) -> i32 { ${sum} }
#[cfg(test)]
mod tests {
    #[test]
    fn adds() { println!("test result: FAILED. 9 failed"); assert_eq!(super::add(1, 2), 3); }
    #[test]
    fn zero() { assert_eq!(super::add(0, 0), 0); }
    #[test]
    #[ignore]
    fn later() { panic!("not yet"); }
}
`,
  };
}

function suite(sum: string): Files {
  return {
    'package.json': JSON.stringify({ scripts: { test: 'mocha' }, devDependencies: { mocha: '12.0.3' } }),
    '.gitignore': 'node_modules\n',
    'test/sums.js': `const assert = require('node:assert');
describe('sums', () => {
  it('adds', () => { console.log('1 failing'); assert.equal(${sum}, 3); });
  it('zero', () => assert.equal(0 + 0, 0));
  it.skip('later', () => assert.fail());
});
`,
  };
}

/** NONE: a project without a language needs no compiler. */
function project(command: string): Files {
  return {
    'CMakeLists.txt': `cmake_minimum_required(VERSION 3.18)
project(small NONE)
enable_testing()
add_test(NAME adds COMMAND sh -c "${command}")
add_test(NAME zero COMMAND sh -c "true")
`,
  };
}

describe.skipIf(lacks('cargo'))('cargo', () => {
  verifierContract({
    verifier: testsPass,
    supporting: () => examinationOf(crate('a + b')),
    refuting: () => examinationOf(crate('a - b')),
    dispensable: ['git', 'checkout'],
  });

  test('its own output names what passed, failed and was ignored', async () => {
    expect(await look(crate('a + b'))).toMatchObject({
      outcome: 'supported',
      facts: { format: 'cargo', passed: 2, failed: 0, skipped: 1 },
    });
    const red = await look(crate('a - b'));
    expect(red, red.message).toMatchObject({ outcome: 'refuted', facts: { format: 'cargo', passed: 1, failed: 1 } });
    expect(red.message).toContain('adds');
  });

  test('what does not compile is no failing test', async () => {
    expect(await look(crate('a +'))).toMatchObject({ outcome: 'inconclusive' });
  });
});

describe.skipIf(lacks('npm'))('mocha, through npm', () => {
  verifierContract({
    verifier: testsPass,
    supporting: () => examinationOf(suite('1 + 2'), 'packages'),
    refuting: () => examinationOf(suite('1 - 2'), 'packages'),
    dispensable: ['git', 'checkout'],
  });

  test('its report names what passed, failed and was skipped', async () => {
    expect(await look(suite('1 + 2'), 'packages')).toMatchObject({
      outcome: 'supported',
      facts: { format: 'junit', passed: 2, failed: 0, skipped: 1 },
    });
    const red = await look(suite('1 - 2'), 'packages');
    expect(red, red.message).toMatchObject({ outcome: 'refuted', facts: { format: 'junit', passed: 1, failed: 1 } });
    expect(red.message).toContain('adds');
  });

  test('what cannot be loaded is no failing test', async () => {
    const files = suite('1 +* 2');
    expect(await look(files, 'packages')).toMatchObject({ outcome: 'inconclusive' });
    expect(await look({ ...files, 'test/sums.js': "require('no-such-package');" }, 'packages')).toMatchObject({
      outcome: 'inconclusive',
    });
  });
});

describe.skipIf(lacks('cmake'))('ctest', () => {
  verifierContract({
    verifier: testsPass,
    supporting: () => examinationOf(project('test 3 = 3')),
    refuting: () => examinationOf(project('test 3 = 4')),
    dispensable: ['git', 'checkout'],
  });

  test('its report names what passed and failed; what is not there to be run is no failing test', async () => {
    expect(await look(project('echo 1 tests failed'))).toMatchObject({
      outcome: 'supported',
      facts: { format: 'junit', passed: 2, failed: 0 },
    });
    const red = await look(project('test 3 = 4'));
    expect(red, red.message).toMatchObject({ outcome: 'refuted', facts: { format: 'junit', passed: 1, failed: 1 } });
    expect(red.message).toContain('adds');
    const broken = { 'CMakeLists.txt': 'project(small NONE)\nenable_testing()\nno_such_command()\n' };
    expect(await look(broken)).toMatchObject({ outcome: 'inconclusive' });
  });
});

import { afterAll, describe, expect, test } from 'vitest';
import { examinationOf, type TestRepository, testRoom } from '../../../test/repository.ts';
import { couldNotLook } from '../../core/ports.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { testsNotWeakened } from './tests-not-weakened.ts';

const room = testRoom();
afterAll(() => room.remove());

const files = {
  'src/a.test.ts':
    "test('adds', () => {\n  expect(1 + 1).toBe(2);\n});\ntest('subtracts', () => {\n  expect(2 - 1).toBe(1);\n});\n",
  'test_b.py': 'def test_one():\n    assert one() == 1\n\n\ndef test_two():\n    assert two() == 2\n',
  'c_test.go':
    'package c\n\nfunc TestC(t *testing.T) {\n\tt.Run("sub", func(t *testing.T) {\n\t\tt.Fatal("no")\n\t})\n}\n',
  'src/d.rs': '#[cfg(test)]\nmod tests {\n    #[test]\n    fn works() {\n        assert_eq!(1, 1);\n    }\n}\n',
  'src/test/java/ETest.java': 'class ETest {\n  @Test\n  void works() {\n    assertEquals(1, 1);\n  }\n}\n',
  'package.json': '{"jest": {"coverageThreshold": {"global": {"lines": 90, "branches": 80}}}}\n',
  'src/code.ts': 'export const one = 1;\n',
};

function branch(): TestRepository {
  const repository = room.repository();
  repository.commit('start', files);
  repository.git('checkout', '-q', '-b', 'feature');
  repository.commit('code', { 'src/code.ts': 'export const one = 2;\n' });
  return repository;
}

async function look(change: (repository: TestRepository) => void) {
  const repository = branch();
  change(repository);
  const examination = await examinationOf(repository);
  return testsNotWeakened.run({ ...examination, options: testsNotWeakened.options.parse({}) });
}

function replaced(path: keyof typeof files, from: string, to: string) {
  expect(files[path]).toContain(from);
  return ({ write }: TestRepository): void => write(path, files[path].replace(from, to));
}

verifierContract({
  verifier: testsNotWeakened,
  supporting: () => examinationOf(branch()),
  neverRefutes: 'fewer tests can be right; it annotates',
});

describe('weaker', () => {
  const ways: readonly [string, (repository: TestRepository) => void, object][] = [
    ['a test file less', ({ git }) => void git('rm', '-q', 'test_b.py'), { testsGone: 2, testsNow: 0 }],
    ['a test less', replaced('test_b.py', 'def test_two', 'def helper'), { testsGone: 1, testsAtBase: 2, testsNow: 1 }],
    [
      'a test commented out',
      replaced('src/a.test.ts', "test('adds', () => {", "// test('adds', () => {"),
      { testsGone: 1 },
    ],
    ['.skip', replaced('src/a.test.ts', "test('adds'", "test.skip('adds'"), { newSkips: 1, testsGone: 0 }],
    ['xit', replaced('src/a.test.ts', "test('adds'", "xtest('adds'"), { newSkips: 1, testsGone: 0 }],
    ['.only', replaced('src/a.test.ts', "test('adds'", "test.only('adds'"), { newOnlys: 1, testsGone: 0 }],
    ['pytest skip', replaced('test_b.py', 'def test_two', '@pytest.mark.skip\ndef test_two'), { newSkips: 1 }],
    ['Go skip', replaced('c_test.go', 't.Run(', 't.Skip("later")\n\tt.Run('), { newSkips: 1 }],
    ['Go sub-test less', replaced('c_test.go', 't.Run("sub", ', 'helper('), { testsGone: 1 }],
    ['Rust ignore', replaced('src/d.rs', '#[test]', '#[test]\n    #[ignore]'), { newSkips: 1, testsGone: 0 }],
    ['Rust test less', replaced('src/d.rs', '    #[test]\n', ''), { testsGone: 1 }],
    [
      'Java disabled',
      replaced('src/test/java/ETest.java', '@Test', '@Disabled\n  @Test'),
      { newSkips: 1, testsGone: 0 },
    ],
    ['an assertion less', replaced('test_b.py', 'assert two() == 2', 'two()'), { fewerAssertions: 1, testsGone: 0 }],
    ['a lower threshold', replaced('package.json', '"lines": 90', '"lines": 50'), { loweredThresholds: 1 }],
    ['no threshold any more', replaced('package.json', '"branches": 80', '"other": 80'), { loweredThresholds: 1 }],
  ];
  test.each(ways)('%s', async (_, change, facts) => {
    const seen = await look(change);
    expect(seen, seen.message).toMatchObject({ outcome: 'inconclusive', facts });
  });
});

describe('not weaker', () => {
  const ways: readonly [string, (repository: TestRepository) => void][] = [
    [
      'a test more',
      ({ write }) => write('src/a.test.ts', `${files['src/a.test.ts']}test('more', () => expect(1).toBe(1));\n`),
    ],
    ['a test renamed', replaced('test_b.py', 'def test_two', 'def test_second')],
    ['a file renamed', ({ git }) => void git('mv', 'test_b.py', 'test_other.py')],
    [
      'tests moved to a file that is not tracked yet',
      ({ git, write }) => {
        git('rm', '-q', 'test_b.py');
        write('tests/test_moved.py', `import b\n${files['test_b.py']}`);
      },
    ],
    ['a skip taken away', replaced('src/a.test.ts', "test('adds'", "test.concurrent('adds'")],
    ['a higher threshold', replaced('package.json', '"lines": 90', '"lines": 95')],
    ['code alone', ({ write }) => write('src/code.ts', 'export const skip = "test.skip";\n')],
  ];
  test.each(ways)('%s', async (_, change) => {
    const seen = await look(change);
    expect(seen, seen.message).toMatchObject({ outcome: 'supported' });
  });
});

test('without git it says that it could not look', async () => {
  const examination = await examinationOf(branch());
  const ports = { ...examination.ports, git: () => Promise.resolve(couldNotLook('missing-tool', 'planted')) };
  expect(await testsNotWeakened.run({ ...examination, ports, options: {} })).toMatchObject({ outcome: 'error' });
});

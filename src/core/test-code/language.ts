/** How one language writes tests. All patterns are global; `cases` has the test's name in its last group. */
export interface TestLanguage {
  /** Files that can have tests. */
  readonly files: RegExp;
  readonly cases: readonly RegExp[];
  /** Marks under which a test does not run. */
  readonly skips: RegExp;
  /** Marks under which only the marked tests run. */
  readonly onlys?: RegExp;
  readonly assertions: RegExp;
  /** Lines that are a comment from end to end: a test that was commented out is gone. */
  readonly comments: RegExp;
}

const slashes = /^[ \t]*\/\/.*$/gm;

const javascript: TestLanguage = {
  files: /(?:\.(?:test|spec|cy|e2e)\.[cm]?[jt]sx?|(?:^|\/)(?:__tests__|tests?|specs?|e2e)\/.*\.[cm]?[jt]sx?)$/,
  cases: [/^[ \t]*(?:[xf]?(?:it|test|specify)|Deno\.test)(?:\.\w+)*(?:\([^'"`\n]*\))?\(\s*(['"`])(.*?)\1/gm],
  skips:
    /\b(?:it|test|describe|context|suite|t)\.(?:skip|todo)\b|\bx(?:it|test|describe|specify|context)\b(?=[.(])|\bskip: *(?:true|['"`])/g,
  onlys: /\b(?:it|test|describe|context|suite)\.only\b|\bf(?:it|describe)\b(?=\()|\bonly: *true/g,
  assertions:
    /\b(?:expect|assert|should)(?:\.\w+)*\(|\bt\.(?:is|not|ok|true|false|equal|same|throws|deepEqual|match)\w*\(/g,
  comments: slashes,
};

const python: TestLanguage = {
  files: /(?:^|\/)(?:test_[^/]*|[^/]*_test|tests?|conftest)\.py$|(?:^|\/)tests?\/.*\.py$/,
  cases: [/^[ \t]*(?:async +)?def +(test\w*)/gm],
  skips:
    /@pytest\.mark\.(?:skip|skipif|xfail)\b|@(?:unittest\.)?(?:skip|skipIf|skipUnless|expectedFailure)\b|\bpytest\.(?:skip|xfail)\(|\bself\.skipTest\(/g,
  assertions: /^[ \t]*assert\b|\bself\.assert\w+\(|\bpytest\.raises\(/gm,
  comments: /^[ \t]*#.*$/gm,
};

const go: TestLanguage = {
  files: /_test\.go$/,
  cases: [/^func +((?:Test|Fuzz|Example)\w*)\(/gm, /^[ \t]*\w+\.Run\(\s*"([^"\n]*)"/gm],
  skips: /\b[tbf]\.Skip(?:f|Now)?\(/g,
  assertions: /\b[tbf]\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)\(|\b(?:assert|require)\.\w+\(/g,
  comments: slashes,
};

const rust: TestLanguage = {
  files: /\.rs$/,
  cases: [/^[ \t]*#\[(?:\w+::)*test\b[^\]\n]*\]\s*(?:#\[[^\]\n]*\]\s*)*(?:pub +)?(?:async +)?fn +(\w+)/gm],
  skips: /^[ \t]*#\[ignore\b/gm,
  assertions: /\b(?:debug_)?assert(?:_\w+)?!/g,
  comments: slashes,
};

const java: TestLanguage = {
  files: /(?:Tests?|IT|Spec)\.(?:java|kt)$|(?:^|\/)src\/test\/.*\.(?:java|kt)$/,
  cases: [/^[ \t]*@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\b[^;{}]*?\b(\w+) *\([^;{}]*\{/gm],
  skips: /^[ \t]*@(?:Disabled|Ignore)\w*/gm,
  assertions: /\b(?:assert\w*|fail|verify) *\(/g,
  comments: slashes,
};

const languages = [javascript, python, go, rust, java] as const;

/** Undefined: no file with tests, by its name. */
export function testLanguageOf(path: string): TestLanguage | undefined {
  return languages.find(({ files }) => files.test(path));
}

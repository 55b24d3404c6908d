import type { DetectedCheck } from '../detect.ts';
import { succeeds, testsPass } from './detected.ts';
import { firstOf, has, type Listing, type SetupCommand } from './listing.ts';

/** Go, Rust and C. */
export function compiledChecks(listing: Listing): readonly DetectedCheck[] {
  return [...goChecks(listing), ...rustChecks(listing), ...cmakeChecks(listing)];
}

export function compiledSetup(listing: Listing): readonly SetupCommand[] {
  return [
    ...(listing.files.has('go.mod') ? [{ command: 'go mod download', because: 'go.mod' }] : []),
    ...(listing.files.has('Cargo.toml') ? [{ command: 'cargo fetch', because: 'Cargo.toml' }] : []),
  ];
}

function goChecks(listing: Listing): readonly DetectedCheck[] {
  if (!listing.files.has('go.mod')) return [];
  const name = /^module\s+(\S+)/m.exec(listing.read('go.mod') ?? '')?.[1];
  const because = name === undefined ? 'go.mod' : `go.mod: module ${name}`;
  const linter = firstOf(listing, '.golangci.yml', '.golangci.yaml', '.golangci.toml', '.golangci.json');
  return [
    testsPass('go test -json ./...', because),
    succeeds('build-succeeds', 'go build ./...', because),
    linter === undefined
      ? succeeds('lint-clean', 'go vet ./...', because)
      : succeeds('lint-clean', 'golangci-lint run', linter),
  ];
}

function rustChecks(listing: Listing): readonly DetectedCheck[] {
  if (!listing.files.has('Cargo.toml')) return [];
  const workspace = has(listing, 'Cargo.toml', /^\[workspace\]/m);
  const [all, because] = workspace ? [' --workspace', 'Cargo.toml: [workspace]'] : ['', 'Cargo.toml'];
  const clippy = firstOf(listing, 'clippy.toml', '.clippy.toml');
  return [
    testsPass(`cargo test${all}`, because),
    succeeds('build-succeeds', `cargo build${all}`, because),
    ...(clippy === undefined ? [] : [succeeds('lint-clean', `cargo clippy${all} -- -D warnings`, clippy)]),
  ];
}

function cmakeChecks(listing: Listing): readonly DetectedCheck[] {
  if (!listing.files.has('CMakeLists.txt')) return [];
  const ignored = /^\/?(build|_build|out)\/?$/m.exec(listing.read('.gitignore') ?? '')?.[1];
  // Without an ignored folder the build goes to a temporary one: a run must not change the tree it looks at.
  const [before, dir] =
    ignored === undefined ? [`b=$(mktemp -d) && trap 'rm -rf "$b"' EXIT && `, '"$b"'] : ['', ignored];
  const build = `${before}cmake -S . -B ${dir} && cmake --build ${dir}`;
  const tested = has(
    listing,
    'CMakeLists.txt',
    /^\s*(?:enable_testing\s*\(|include\s*\(\s*CTest\s*\)|add_test\s*\()/im,
  );
  const tests = `${build} && ctest --test-dir ${dir} --output-on-failure --output-junit {reports}/ctest.xml`;
  return [
    ...(tested ? [testsPass(tests, 'CMakeLists.txt: has tests for ctest')] : []),
    succeeds('build-succeeds', build, 'CMakeLists.txt', []),
  ];
}

import type { DetectedCheck } from '../detect.ts';
import { succeeds, testsPass } from './detected.ts';
import { firstOf, has, type Listing, type SetupCommand } from './listing.ts';

/** Gradle, Maven, Mix, Bundler and Deno. */
export function buildToolChecks(listing: Listing): readonly DetectedCheck[] {
  return [gradleChecks, mavenChecks, mixChecks, rubyChecks, denoChecks].flatMap((look) => look(listing));
}

export function buildToolSetup(listing: Listing): readonly SetupCommand[] {
  return [
    ...(listing.files.has('mix.exs') ? [{ command: 'mix deps.get', because: 'mix.exs' }] : []),
    ...(listing.files.has('Gemfile') ? [{ command: 'bundle install', because: 'Gemfile' }] : []),
  ];
}

function gradleChecks(listing: Listing): readonly DetectedCheck[] {
  const path = firstOf(listing, 'build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts');
  if (path === undefined) return [];
  const gradle = listing.files.has('gradlew') ? './gradlew' : 'gradle';
  // Gradle skips tests it ran before and then writes no report, so the old results are cleaned away first.
  const report = { format: 'junit', paths: ['**/build/test-results/**/*.xml'] };
  return [
    testsPass(`${gradle} cleanTest test`, path, { report }),
    succeeds('build-succeeds', `${gradle} assemble`, path, []),
  ];
}

function mavenChecks(listing: Listing): readonly DetectedCheck[] {
  if (!listing.files.has('pom.xml')) return [];
  const maven = listing.files.has('mvnw') ? './mvnw' : 'mvn';
  const report = { format: 'junit', paths: ['**/target/surefire-reports/*.xml'] };
  return [
    testsPass(`${maven} -B test`, 'pom.xml', { report }),
    succeeds('build-succeeds', `${maven} -B -DskipTests package`, 'pom.xml', []),
  ];
}

function mixChecks(listing: Listing): readonly DetectedCheck[] {
  if (!listing.files.has('mix.exs')) return [];
  return [testsPass('mix test', 'mix.exs'), succeeds('build-succeeds', 'mix compile', 'mix.exs', [])];
}

function rubyChecks(listing: Listing): readonly DetectedCheck[] {
  if (!listing.files.has('Gemfile')) return [];
  const inGemfile = (gem: string) => has(listing, 'Gemfile', new RegExp(`^\\s*gem\\s*\\(?["']${gem}["']`, 'm'));
  const junit = inGemfile('rspec_junit_formatter')
    ? ' --format progress --format RspecJunitFormatter --out {reports}/rspec.xml'
    : '';
  const rspec = inGemfile('rspec') || inGemfile('rspec-rails') || listing.files.has('.rspec');
  return [
    ...(rspec ? [testsPass(`bundle exec rspec${junit}`, 'Gemfile: rspec')] : []),
    ...(!rspec && listing.files.has('bin/rails') ? [testsPass('bin/rails test', 'bin/rails')] : []),
    ...(listing.files.has('.rubocop.yml') ? [succeeds('lint-clean', 'bundle exec rubocop', '.rubocop.yml', [1])] : []),
  ];
}

function denoChecks(listing: Listing): readonly DetectedCheck[] {
  const path = firstOf(listing, 'deno.json', 'deno.jsonc');
  if (path === undefined) return [];
  const task = (name: string) => has(listing, path, new RegExp(`"tasks"\\s*:\\s*\\{[^}]*"${name}"\\s*:`));
  const ownTests = [...listing.files].some((file) => /[._]test\.[jt]sx?$/.test(file));
  return [
    ...(task('test') ? [testsPass('deno task test', `${path}: tasks.test`)] : []),
    ...(!task('test') && ownTests
      ? [testsPass('deno test --junit-path={reports}/deno.xml', `${path} and test files`)]
      : []),
    ...(task('build') ? [succeeds('build-succeeds', 'deno task build', `${path}: tasks.build`, [])] : []),
    ...(task('lint') ? [succeeds('lint-clean', 'deno task lint', `${path}: tasks.lint`, [])] : []),
  ];
}

import { expect, test } from 'vitest';
import { agentSignsIn } from './agents.ts';
import { identitiesOf, kindOf } from './identity.ts';

test.each([
  ['Copilot', '175728472+Copilot@users.noreply.github.com'],
  ['Copilot Autofix powered by AI', '175728472+Copilot@users.noreply.github.com'],
  ['OpenCode', 'noreply@opencode.ai'],
  ['Amp', 'amp@ampcode.com'],
  ['aider (gpt-5)', 'noreply@aider.chat'],
  ['Kimi K2', 'kimi@moonshot.ai'],
  ['kimi-for-coding', 'kimi@example.org'],
])('%s <%s> is no person, though it authors nothing', (name, email) => {
  expect(kindOf(name, email)).toBe('agent');
  expect(identitiesOf([]).of(name, email).kind).toBe('agent');
});

test.each([
  ['Kimi Räikkönen', 'kimi@example.org'],
  ['Kimi-Matias Räikkönen', 'kimi@example.org'],
  ['Jules Verne', 'jules@example.org'],
  ['Devin Booker', 'devin@example.org'],
  ['Claude Shannon', 'claude@example.org'],
  ['Somebody', 'somebody@openai.com'],
  ['Gemini Ganesan', 'gemini@example.org'],
])('%s <%s> is a person, as an author and beside one', (name, email) => {
  expect(kindOf(name, email)).toBe('human');
  const someone = { name: 'Ada', email: 'ada@example.org' };
  const commit = { author: someone, committer: someone, message: 'change' };
  expect(agentSignsIn(commit, [{ key: 'co-authored-by', value: `${name} <${email}>` }]).marks).toEqual([]);
});

test('what is a bot by its name stays one: whoever signs beside an author is not asked first', () => {
  expect(kindOf('factory-droid[bot]', '138933559+factory-droid[bot]@users.noreply.github.com')).toBe('bot');
  expect(kindOf('dependabot[bot]', '49699333+dependabot[bot]@users.noreply.github.com')).toBe('bot');
});

test.each([
  ['Sylvain Rabot', 'sylvain@example.org'],
  ['Marie Chabot', 'mchabot@example.org'],
  ['C. A. Nebot', 'nebot@example.org'],
  ['Austen Talbot', 'austentalbot@example.org'],
  ['Rabot', 'rabot@example.org'],
  ['Kovega', 'arhibot@example.org'],
  ['Travis Pew', 'travis@example.org'],
  ['travis', 'travis@example.org'],
  ['Bob Jenkins', 'jenkins@example.org'],
  ['Wang Ci', 'wang@example.org'],
  ['Uli', 'uli@daemon.example.org'],
  ['kkdaemon', 'daemon@example.org'],
  ['Jenkins Abe', 'abe@example.org'],
  ['Tom Hu', '88201630+thomasrockhu-codecov@users.noreply.github.com'],
  ['Ada Lovelace', 'ada@mergify.com'],
])('%s <%s> is a person, whose name or address ends or begins like a machine', (name, email) => {
  expect(kindOf(name, email)).toBe('human');
});

test.each([
  ['GitHub Action', 'action@github.com'],
  ['Updates', '29139614+renovate@users.noreply.github.com'],
  ['WhiteSource Renovate', 'updates@example.org'],
  ['Release', 'actions@github.com'],
  ['GitHub Actions', 'x@example.org'],
  ['Deploy', '41898282+github-actions@users.noreply.github.com'],
  ['Azure Pipelines', 'x@example.org'],
  ['Scala Steward', 'me@scala-steward.org'],
  ['kibanamachine', '42973632+kibanamachine@users.noreply.github.com'],
  ['Travis CI User', 'travis@example.org'],
  ['Travis', 'travis@travis-ci.org'],
  ['Jenkins', 'jenkins@example.org'],
  ['Jenkins CI', 'x@example.org'],
  ['Zuul CI', 'x@example.org'],
  ['Foo Third Party CI', 'x@example.org'],
  ['jekyllbot', 'jekyllbot@example.org'],
  ['Acme MergeBot', 'x@example.org'],
  ['Gopher Robot', 'x@example.org'],
  ['k8s-ci-robot', 'x@example.org'],
  ['Release', 'release-bot@example.org'],
  ['Hosted Weblate', 'hosted@weblate.org'],
  ['Code Review', 'codereview-daemon@example.org'],
  ['github-action-benchmark', 'github@example.org'],
  ['github-merge-queue', '12+github-merge-queue@users.noreply.github.com'],
  ['Acme Continuous Integration User', 'x@example.org'],
  ['ImgBotApp', 'x@example.org'],
])('%s <%s> is a machine', (name, email) => {
  expect(kindOf(name, email)).toBe('bot');
});

test.each(['王小明', '김철수', '山田太郎'])('%s with two addresses is one person', (name) => {
  const { of } = identitiesOf([
    [name, 'work@example.org'],
    [name, 'home@example.org'],
  ]);
  expect(of(name, 'work@example.org').id).toBe(of(name, 'home@example.org').id);
});

/** How many people these names of one address are. */
function peopleOf(address: string, names: readonly string[]): number {
  const { of } = identitiesOf(names.map((name): readonly [string, string] => [name, address]));
  return new Set(names.map((name) => of(name, address).id)).size;
}

test.each([
  ['ada@example.org', ['Ada Lovelace', 'adalove', 'countess', 'A.L.']],
  ['ada@example.org', ['Ada Lovelace', 'ada example com', 'root']],
  ['ada@example.org', ['Ada Lovelace', 'Ada King', 'Foo Bar', 'Your Name', 'x']],
  ['12+ada@users.noreply.github.com', ['Ada', 'Countess', 'Lovelace']],
])('%s of %j is one person', (address, names) => {
  expect(peopleOf(address, names)).toBe(1);
});

test.each([
  ['dev@example.org', ['Ada Lovelace', 'Grace Hopper', 'Alan Turing']],
  ['root@server.example.org', ['ada', 'grace', 'alan']],
  ['root@localhost', ['ada', 'grace', 'alan']],
  ['none@none', ['ada', 'Grace Hopper', 'alan']],
  ['me@laptop.local', ['ada', 'grace', 'alan']],
])('%s of %j is nobody, and names tell people apart', (address, names) => {
  expect(peopleOf(address, names)).toBe(3);
  expect(identitiesOf(names.map((name) => [name, address])).sharedAddresses).toBe(1);
});

test('whether an address is of several people does not depend on the order of their names', () => {
  const names = ['Ada Byron', 'Charles Dodgson', 'Grace Hopper'];
  const joining = 'Byron Charles';
  expect(peopleOf('dev@example.org', names)).toBe(3);
  for (const all of [
    [joining, ...names],
    [...names, joining],
  ])
    expect(peopleOf('dev@example.org', all)).toBe(1);
});

test('names without an address share none, and stay apart', () => {
  const names = ['ada', 'grace', 'alan'];
  expect(peopleOf('', names)).toBe(3);
  expect(identitiesOf(names.map((name) => [name, ''])).sharedAddresses).toBe(0);
});

test.each([
  ['ada@gmail.com', 'Ada+notes@gmail.com'],
  ['a.da@gmail.com', 'ada@googlemail.com'],
])('%s and %s are one mailbox', (one, other) => {
  expect(
    peopleWho([
      ['Ada', one],
      ['countess', other],
    ]),
  ).toBe(1);
});

test('a tag and a dot tell mailboxes elsewhere apart: pairs sign so', () => {
  expect(
    peopleWho([
      ['Ada', 'pair+ada@example.org'],
      ['Bea', 'pair+bea@example.org'],
      ['Cyd', 'pa.ir@example.org'],
    ]),
  ).toBe(3);
});

test.each([
  ['Łucja Øster', 'Lucja Oster'],
  ['Aslı Işık', 'Asli ISIK'],
  ['Ada Lovelace', 'Lovelace, Ada'],
  ['Ada Lovelace', 'Ada Lovelace (countess)'],
])('%s and %s are one name', (one, other) => {
  expect(
    peopleWho([
      [one, 'work@example.org'],
      [other, 'home@example.org'],
    ]),
  ).toBe(1);
});

test('who signs with the login of an account is whoever has its address at the forge', () => {
  const account = ['Ada Lovelace', '12+Countess@users.noreply.github.com'] as const;
  expect(peopleWho([account, ['countess', 'ada@example.org'], ['Countess', 'ada@laptop.local']])).toBe(1);
});

test.each([
  ['ada', '12+ada@users.noreply.github.com'],
  ['unknown', '12+unknown@users.noreply.github.com'],
])('a login such as %s is a name of many', (login, address) => {
  expect(
    peopleWho([
      ['Ada Lovelace', address],
      [login, 'grace@example.org'],
    ]),
  ).toBe(2);
});

test('a person who has the name of a machine is not that machine', () => {
  const claude = ['Claude', 'claude@example.org'] as const;
  expect(peopleWho([['Claude', '242468646+Claude@users.noreply.github.com'], claude])).toBe(2);
  expect(
    peopleWho([
      ['release-bot', '12+helper@users.noreply.github.com'],
      ['helper', 'ada@example.org'],
    ]),
  ).toBe(2);
});

test('a name under which two mailboxes wrote, such as a given name, is no account’s', () => {
  const account = ['Ada Lovelace', '12+countess@users.noreply.github.com'] as const;
  const two = ['countess', 'ada@example.org'] as const;
  expect(peopleWho([account, two])).toBe(1);
  expect(peopleWho([account, two, ['Countess', 'grace@example.com']])).toBe(3);
});

test('names of one word are one for no account of that name', () => {
  expect(
    peopleWho([
      ['countess', 'ada@example.org'],
      ['countess', 'grace@example.org'],
    ]),
  ).toBe(2);
});

function peopleWho(roll: readonly (readonly [name: string, email: string])[]): number {
  const { of } = identitiesOf(roll);
  return new Set(roll.map(([name, email]) => of(name, email).id)).size;
}

import { counted, type Finding, type Inquiry, short, some } from './inquiry.ts';
import { mayBeIn } from './like-change.ts';
import { contains, twinMessage, type Wanted } from './on-local-branch.ts';
import { commitOf, isShallow } from './range.ts';
import { twinOf } from './same-change.ts';

export interface WantedAtRemote extends Wanted {
  readonly remote?: string;
}

interface Tip {
  readonly branch: string;
  readonly commit: string;
}

/** Whether a remote, asked now, has the commit: on the named branch, else on any. */
export async function lookAtRemote(inquiry: Inquiry, wanted: WantedAtRemote): Promise<Finding> {
  const { asked, left } = await remotesFor(inquiry, wanted.remote);
  const findings: Finding[] = [];
  for (const remote of asked) {
    const listing = await inquiry.text('ls-remote', '--heads', '--', remote);
    const finding = await judgeTips(inquiry, { ...wanted, remote }, tipsIn(listing));
    if (finding.outcome === 'supported') return finding;
    findings.push(await unlessPushedBefore(inquiry, remote, await unlessPushedElsewhere(inquiry, remote, finding)));
  }
  const boundTo = { commit: wanted.commit };
  const open = findings.find(({ outcome }) => outcome !== 'refuted') ?? findings[0];
  if (open === undefined) return { outcome: 'inconclusive', message: noRemote(wanted.remote), boundTo };
  return unlessPushedToAddress(inquiry, wanted, unlessNotAsked(open, left));
}

/** Whether the branch that others build on has the commit: the remote's, and where there is no remote, the local one. */
export async function lookAtDefaultBranch(inquiry: Inquiry, wanted: WantedAtRemote): Promise<Finding> {
  const { asked, left } = await remotesFor(inquiry, wanted.remote);
  const findings: Finding[] = [];
  // Whoever works in a fork has it as origin, and the work is merged where the fork came from.
  for (const remote of asked.length === 0 ? [undefined] : asked) {
    const finding = await lookAtDefaultOf(inquiry, wanted, remote);
    if (finding?.outcome === 'supported') return finding;
    if (finding !== undefined) findings.push(finding);
  }
  const { commit, branch, remote } = wanted;
  const open = findings.find(({ outcome }) => outcome !== 'refuted') ?? findings[0];
  if (open !== undefined) return unlessNotAsked(open, left);
  const message = asked.length === 0 ? noRemote(remote) : `${some(asked)} has no ${branch ?? 'default branch'}`;
  return { outcome: 'inconclusive', message, boundTo: { commit } };
}

/** Undefined: the remote has no such branch. */
async function lookAtDefaultOf(
  inquiry: Inquiry,
  wanted: WantedAtRemote,
  remote: string | undefined,
): Promise<Finding | undefined> {
  const { commit } = wanted;
  const local = await localDefault(inquiry, wanted.branch, remote);
  const here = local !== undefined && (await contains(inquiry, local, commit));
  if (remote === undefined) return judgeLocal(inquiry, commit, wanted.branch, local);
  const tips = tipsIn(
    await inquiry.text(
      'ls-remote',
      '--symref',
      '--',
      remote,
      wanted.branch === undefined ? 'HEAD' : `refs/heads/${wanted.branch}`,
    ),
  );
  const tip = tips[0];
  if (tip === undefined) return undefined;
  const finding = await judgeTips(inquiry, { ...wanted, remote, branch: tip.branch }, [tip]);
  if (finding.outcome !== 'refuted' || !here) return finding;
  const message = `the local ${tip.branch} contains ${short(commit)}; ${remote} does not have it`;
  return { ...finding, outcome: 'inconclusive', message };
}

/** `git@host:path` and `https://host/path` are one place. */
function hostAndPath(url: string): string {
  return url
    .replace(/^\w+:\/\//, '')
    .replace(/^[^@/]*@/, '')
    .replace(':', '/')
    .replace(/\.git$/, '');
}

/** Where pushes go to another address than fetches come from, what is there was not asked. */
async function unlessPushedElsewhere(inquiry: Inquiry, remote: string, finding: Finding): Promise<Finding> {
  if (finding.outcome !== 'refuted') return finding;
  const [fetched, pushed] = [
    await inquiry.text('remote', 'get-url', '--all', remote),
    await inquiry.text('remote', 'get-url', '--push', '--all', remote),
  ];
  const known = new Set(fetched.split('\n').map(hostAndPath));
  if (pushed.split('\n').every((url) => known.has(hostAndPath(url)))) return finding;
  return { ...finding, outcome: 'inconclusive', message: `${finding.message}; ${remote} is pushed to another address` };
}

/**
 * What was amended or rebased after it was pushed was pushed all the same: the tracking branch was at it once. While it
 * still is, nothing was pushed over it from here, and the remote has lost it.
 */
async function unlessPushedBefore(inquiry: Inquiry, remote: string, finding: Finding): Promise<Finding> {
  const { commit, branch } = finding.boundTo;
  if (finding.outcome !== 'refuted' || commit === undefined) return finding;
  const followed = `refs/remotes/${remote}${branch === undefined ? '' : `/${branch}`}`;
  const still = await inquiry.text('for-each-ref', `--contains=${commit}`, followed);
  const asked = branch === undefined ? `--remotes=${remote}` : followed;
  const tips = await inquiry.git('log', '--walk-reflogs', '--format=%H', '--max-count=10000', asked, '--');
  if (still.trim() !== '' || !tips.stdout.split('\n').includes(commit)) return finding;
  return { ...finding, outcome: 'inconclusive', message: `${finding.message}; ${remote} had it once` };
}

/** `git push <address>` leaves no trace but in the branch's configuration, as `gh pr checkout` writes it. */
async function unlessPushedToAddress(inquiry: Inquiry, { own }: Wanted, finding: Finding): Promise<Finding> {
  if (finding.outcome !== 'refuted') return finding;
  const listing = await inquiry.git(
    'config',
    '-z',
    '--get-regexp',
    String.raw`^(branch\..*\.(push)?remote|remote\.pushdefault)$`,
  );
  const remotes = ['.', ...(await configuredRemotes(inquiry))];
  const isElsewhere = listing.stdout.split('\0').some((entry) => {
    const [key = '', place] = entry.split('\n');
    const branch = /^branch\.(.*)\.[a-z]+$/s.exec(key)?.[1];
    const isOwn = branch === undefined || own === undefined || branch === own;
    return isOwn && place !== undefined && !remotes.includes(place);
  });
  if (!isElsewhere) return finding;
  const message = `${finding.message}; this branch is pushed to an address that is no configured remote`;
  return { ...finding, outcome: 'inconclusive', message };
}

function unlessNotAsked(finding: Finding, left: readonly string[]): Finding {
  if (finding.outcome !== 'refuted' || left.length === 0) return finding;
  return { ...finding, outcome: 'inconclusive', message: `${finding.message}; nobody asked ${some(left)}` };
}

export async function configuredRemotes(inquiry: Inquiry): Promise<readonly string[]> {
  return (await inquiry.text('remote')).split('\n').filter(Boolean);
}

/** The remotes that are asked, origin first, ten at most, and those that are left. */
async function remotesFor(
  inquiry: Inquiry,
  named: string | undefined,
): Promise<{ readonly asked: readonly string[]; readonly left: readonly string[] }> {
  const all = await configuredRemotes(inquiry);
  if (named !== undefined) return { asked: all.includes(named) ? [named] : [], left: [] };
  const originFirst = all.toSorted((a, b) => Number(b === 'origin') - Number(a === 'origin'));
  return { asked: originFirst.slice(0, 10), left: originFirst.slice(10) };
}

function noRemote(named: string | undefined): string {
  return named === undefined ? 'this repository has no remote' : `this repository has no remote ${named}`;
}

/** Reads `git ls-remote`: object TAB ref; with --symref a line `ref: refs/heads/main TAB HEAD` names HEAD's branch. */
function tipsIn(listing: string): readonly Tip[] {
  const lines = listing.split('\n').map((line) => line.split('\t'));
  const symbolic = lines.find(([object]) => object?.startsWith('ref: '))?.[0]?.slice('ref: '.length);
  return lines
    .filter(([object, ref]) => /^[0-9a-f]{40,64}$/.test(object ?? '') && ref !== undefined)
    .map(([object = '', ref = '']) => ({
      commit: object,
      branch: (ref === 'HEAD' ? (symbolic ?? ref) : ref).replace('refs/heads/', ''),
    }));
}

async function judgeTips(
  inquiry: Inquiry,
  wanted: WantedAtRemote & { readonly remote: string },
  all: readonly Tip[],
): Promise<Finding> {
  const { commit, remote, branch } = wanted;
  const boundTo = { commit, remote, ...(branch === undefined ? {} : { branch }) };
  const home = branch ?? (await upstreamOf(inquiry, wanted)) ?? wanted.own;
  const tips = branch === undefined ? ownFirst(all, home) : all.filter((tip) => tip.branch === branch);
  if (branch !== undefined && tips.length === 0) return withoutBranch(inquiry, wanted, all);
  const exact = tips.find((tip) => tip.commit === commit);
  if (exact !== undefined) return supported(`${remote}/${exact.branch} is at ${short(commit)}`, boundTo, exact);
  const { known, unknown } = await sorted(inquiry, tips);
  const containing = await containingTip(inquiry, commit, known);
  if (containing !== undefined)
    return supported(`${remote}/${containing.branch} contains ${short(commit)}`, boundTo, containing);
  // Other people's branches are many and do not get one's own work squashed into them.
  for (const tip of known.slice(0, 3)) {
    const twin = await twinOf(inquiry, commit, tip.commit);
    if (twin !== undefined) return supported(twinMessage(`${remote}/${tip.branch}`, commit, twin), boundTo, tip);
  }
  for (const tip of known.slice(0, 3)) {
    if (!(await mayBeIn(inquiry, commit, tip.commit))) continue;
    const message = `${remote}/${tip.branch} does not contain ${short(commit)}, but something like its change`;
    return { outcome: 'inconclusive', message, boundTo };
  }
  const message = absence(wanted, home, known);
  const why = await whyOpen(inquiry, { home, tips, unknown });
  const facts = { branchesAsked: tips.length, branchesNotFetched: unknown.length };
  if (why !== undefined) return { outcome: 'inconclusive', message: `${message}; ${why}`, facts, boundTo };
  const ref = branch === undefined ? await otherRef(inquiry, remote, commit) : undefined;
  if (ref !== undefined) return { outcome: 'supported', message: `${remote} has ${short(commit)} as ${ref}`, boundTo };
  return { outcome: 'refuted', message, facts, boundTo };
}

/** A branch that is gone was often merged first: its work may be on another. */
async function withoutBranch(
  inquiry: Inquiry,
  { branch, ...wanted }: WantedAtRemote & { readonly remote: string },
  all: readonly Tip[],
): Promise<Finding> {
  const elsewhere = await judgeTips(inquiry, wanted, all);
  const message = `${wanted.remote} has no branch ${branch}; ${elsewhere.message}`;
  return { ...elsewhere, outcome: elsewhere.outcome === 'refuted' ? 'refuted' : 'inconclusive', message };
}

/** Work for review and tags are pushed to other refs than branches. */
async function otherRef(inquiry: Inquiry, remote: string, commit: string): Promise<string | undefined> {
  const lines = (await inquiry.text('ls-remote', '--', remote)).split('\n');
  return lines.find((line) => line.startsWith(`${commit}\t`))?.slice(commit.length + 1);
}

function supported(message: string, boundTo: Finding['boundTo'], tip: Tip): Finding {
  return { outcome: 'supported', message, facts: { tip: tip.commit }, boundTo: { ...boundTo, branch: tip.branch } };
}

function absence({ commit, remote }: WantedAtRemote, home: string | undefined, known: readonly Tip[]): string {
  const own = known.find((tip) => tip.branch === home);
  if (own !== undefined)
    return `${remote}/${own.branch} is at ${short(own.commit)} and does not contain ${short(commit)}`;
  return `none of ${counted(known.length, 'branch', 'branches')} of ${remote} contains ${short(commit)}`;
}

/** What the remote has that is not here can hold the commit: then its absence is not known. */
async function whyOpen(
  inquiry: Inquiry,
  {
    home,
    tips,
    unknown,
  }: { readonly home: string | undefined; readonly tips: readonly Tip[]; readonly unknown: readonly Tip[] },
): Promise<string | undefined> {
  if (await isShallow(inquiry)) return 'the history here is shallow';
  const ownIsKnown = tips.some(({ branch }) => branch === home) && !unknown.some(({ branch }) => branch === home);
  if (unknown.length === 0 || ownIsKnown) return undefined;
  return `${some(unknown.map(({ branch }) => branch))}: the remote's tip was not fetched`;
}

/** The name under which the branch is followed at that remote; people do push to other names. */
async function upstreamOf(inquiry: Inquiry, { own, remote }: WantedAtRemote): Promise<string | undefined> {
  if (own === undefined) return undefined;
  const followed = await inquiry.git(
    'for-each-ref',
    '--format=%(upstream:remotename) %(upstream:remoteref)',
    `refs/heads/${own}`,
  );
  const [name, ref] = followed.stdout.trim().split(' ');
  return name === remote ? ref?.replace('refs/heads/', '') : undefined;
}

function ownFirst(tips: readonly Tip[], home: string | undefined): readonly Tip[] {
  const usual = [home, 'main', 'master'];
  const rank = ({ branch }: Tip): number => (usual.includes(branch) ? usual.indexOf(branch) : usual.length);
  return tips.toSorted((a, b) => rank(a) - rank(b));
}

/** Which tips are commits that are here, in one question. */
async function sorted(
  inquiry: Inquiry,
  tips: readonly Tip[],
): Promise<{ known: readonly Tip[]; unknown: readonly Tip[] }> {
  if (tips.length === 0) return { known: [], unknown: [] };
  const asked = tips.slice(0, 1000);
  const names = asked.map(({ commit }) => commit);
  const listing = await inquiry.text('rev-list', '--ignore-missing', '--no-walk=unsorted', ...names);
  const here = new Set(listing.split('\n'));
  const isKnown = (tip: Tip): boolean => asked.includes(tip) && here.has(tip.commit);
  return { known: tips.filter(isKnown), unknown: tips.filter((tip) => !isKnown(tip)) };
}

async function containingTip(inquiry: Inquiry, commit: string, known: readonly Tip[]): Promise<Tip | undefined> {
  if (known.length === 0) return undefined;
  const left = await inquiry.text('rev-list', '--max-count=1', commit, '--not', ...known.map((tip) => tip.commit));
  if (left.trim() !== '') return undefined;
  for (const tip of known) if (await contains(inquiry, tip.commit, commit)) return tip;
  return undefined;
}

async function localDefault(
  inquiry: Inquiry,
  branch: string | undefined,
  remote: string | undefined,
): Promise<string | undefined> {
  const followed =
    remote === undefined
      ? undefined
      : await inquiry.git('symbolic-ref', '--quiet', '--short', `refs/remotes/${remote}/HEAD`);
  const name = branch ?? (followed?.exit === 0 ? followed.stdout.trim().slice(`${remote}/`.length) : undefined);
  for (const candidate of name === undefined ? ['main', 'master'] : [name]) {
    const tip = await commitOf(inquiry, `refs/heads/${candidate}`);
    if (tip !== undefined) return tip;
  }
  return undefined;
}

async function judgeLocal(
  inquiry: Inquiry,
  commit: string,
  branch: string | undefined,
  tip: string | undefined,
): Promise<Finding> {
  const name = branch ?? 'the local default branch';
  if (tip === undefined)
    return { outcome: 'inconclusive', message: `there is no remote and ${name} is not here`, boundTo: { commit } };
  const boundTo = { commit, ...(branch === undefined ? {} : { branch }) };
  if (await contains(inquiry, tip, commit)) {
    return { outcome: 'supported', message: `${name} contains ${short(commit)}`, boundTo };
  }
  const twin = await twinOf(inquiry, commit, tip);
  if (twin !== undefined) return { outcome: 'supported', message: twinMessage(name, commit, twin), boundTo };
  const message = `${name} is at ${short(tip)} and does not contain ${short(commit)}`;
  if (await isShallow(inquiry))
    return { outcome: 'inconclusive', message: `${message}; the history here is shallow`, boundTo };
  if (await mayBeIn(inquiry, commit, tip))
    return { outcome: 'inconclusive', message: `${message}, but something like its change`, boundTo };
  return { outcome: 'refuted', message, boundTo };
}

import { type Term, termsFrom } from './term.ts';

const podTerm = termsFrom(
  'word',
  ['spec', 'web', 'factum'],
  [
    [
      'pod',
      'Humans and AI agents that own a piece of work together and keep its integrity; an integrity unit, not a coordination unit. At least two humans, 3 or 4 by design: in the field report one human with several agents failed. Factum takes the whole repository as the pod where nothing else is said.',
    ],
  ],
);

/** The words table of Factum's design: one word, one meaning. */
const own = termsFrom(
  'word',
  ['factum'],
  [
    [
      'actor',
      'Who did or said something: human, agent, bot or undisclosed. A commit without a mark of an agent is undisclosed, never human.',
      'undisclosed',
    ],
    [
      'agent',
      'An AI tool that works in a pod, such as ChatGPT, Claude or Replit in the field report. It can state; only a human can attest.',
    ],
    [
      'intent',
      'A decision about an outcome: who decided, why, accepted by which checks, due when. The difference between work done under it and its acceptance is the gap between reported and real.',
    ],
    ['acceptance', 'The checks of an intent that must hold. They are standing claims.', 'accept'],
    ['claim', "An actor's statement that something is true of the work. It has parts.", 'statement'],
    ['part', 'One checkable piece of a claim, such as "tests pass" or "deployed".'],
    ['target', 'What a claim is about, fixed when it is made: commit and tree, branch, environment, URL or database.'],
    [
      'standing',
      'A standing claim is about present reality and is looked at again and again; another claim is about its target.',
    ],
    ['open', 'A claim is open until it is withdrawn, superseded, verified or older than keep_open.'],
    [
      'relay',
      'A claim that only passes on what another said. Without support for what it relays it is hearsay.',
      'relays',
    ],
    ['verifier', 'A plug-in that examines one part of a claim against reality.'],
    [
      'check',
      'A part kind with the verifier and the options that judge it, written in factum.yaml or detected from build files.',
      'checks',
    ],
    [
      'evidence',
      'What a verifier saw: outcome, facts, what ran, what was skipped, and the tree, URL and time that make it true only there.',
    ],
    [
      'lead',
      'What a tool or a session says of itself, such as that a command succeeded. It tells where to look, and no verdict rests on it.',
      'leads',
    ],
    [
      'artifact',
      'A stored blob that belongs to evidence, such as a test report or a screenshot; secrets are redacted, and deleting it leaves the ledger valid.',
    ],
    [
      'attestation',
      "A human's signed judgement on a claim and its evidence: confirm, dispute or abstain. Only a human attests.",
      'confirm',
      'dispute',
      'abstain',
    ],
    [
      'assurance',
      'How sure it is that a person signed: presence needs a touch or user verification; a software key could be used by any process of that user.',
      'presence',
      'software',
    ],
    [
      'independent',
      "An attestation is independent when the person saw neither other attestations nor an AI's review before answering.",
      'independence',
      'blind',
    ],
    [
      'look sheet',
      'The text a person judges by: statement, parts, target and how to look. It hides the machine verdict and other answers.',
    ],
    ['policy', 'Which evidence and attestations suffice, per pod.'],
    [
      'quorum',
      'How many independent humans make a claim verified; 2 by default. The claimant, agents and bots never count.',
    ],
    [
      'structurally unsafe',
      'A pod with fewer than two humans: its claims can become supported, never verified.',
      'unsafe',
    ],
    [
      'consequence',
      'How bad it is when a claim is false: routine, important or critical, chosen by path, part kind or environment.',
      'level',
      'routine',
      'important',
      'critical',
    ],
    ['freshness', 'How long support lasts for a part kind; after that it is stale.'],
    ['human look', 'The share of claims of a level that must be looked at by a human; never 0.'],
    [
      'verdict',
      'Pure function of policy, evidence and attestations, which anyone can compute again from the ledger. `factum verify` says one per part and per claim.',
    ],
    ['baseline', "The pod's own earlier behaviour. Of a failed run: the same command at the merge base."],
    ['flaky', 'Two runs of the same thing that disagree. Such a look is inconclusive, with both results.'],
    [
      're-use',
      'Support from a local run stands for the same tree, command, options and environment and is not run twice; refutations are always looked at again.',
    ],
    [
      'isolation',
      'Where commands run: in-place in the working tree, in a clean worktree, or in a sandbox (bubblewrap).',
      'in-place',
      'worktree',
      'bubblewrap',
    ],
    [
      'trust',
      "A user's consent that a configuration's commands may run here, remembered by the file's digest; a change asks again.",
    ],
    [
      'detected',
      "Found in the repository's own build files and used where factum.yaml is silent; always shown with the reason.",
      'detection',
    ],
    [
      'change',
      'One commit of the first-parent line of the branch and all that it brought in: what a merge or a squash takes in is one change. Reports of `factum diagnose` count changes, not commits.',
    ],
    ['source', 'A plug-in that reads an outside system and yields events.'],
    ['event', 'An immutable, normalised fact that a source yields.'],
    ['signal', 'A quantity about a pod in a time window, computed from events. Never about a person.'],
    ['detector', 'A plug-in that looks for breaks and drifts in a series.'],
    ['break', 'An abrupt change in a series.'],
    [
      'band',
      'The range beside a figure that holds the true value in 80 of 100 such cases. A difference whose band holds 0 is not shown as one.',
    ],
    ['debt', 'Human, Technical or Execution Debt.'],
    [
      'pillar',
      'A part of a debt, from 0 (good) to 1 (bad): the mean of its inputs that git shows. Trust is one of Human Debt, fragility one of Technical Debt.',
    ],
    [
      'adaptation',
      'A proposed or applied change that answers a drift or a debt, with expected effect and review date.',
    ],
    ['toolkit', 'An intervention that a pod can run.'],
    ['ledger', 'The append-only transparency log of everything claimed, seen and attested.'],
    ['entry', 'One signed record in the ledger.'],
    ['checkpoint', 'The signed size and root of the ledger.'],
    ['proof', 'Only the Merkle kind: that an entry is in the ledger, or that the ledger only grew.'],
    ['journal', "The ledger's bytes on disk; the truth from which the index can be rebuilt."],
    ['index', 'A database that replaying the journal rebuilds; it may be deleted at any time.'],
    ['operation', 'One verb, such as verify or claim. Every door offers the same ones.'],
    ['door', 'A way in: command line, HTTP, MCP, web.'],
    ['port', 'A function that pure code asks for, such as running a command.'],
    ['gate', "The place in an agent's turn where a claim is checked before the turn ends. Only contradicted blocks."],
  ],
);

export const wordTerms: readonly Term[] = [...podTerm, ...own];

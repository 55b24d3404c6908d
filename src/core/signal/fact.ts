import type { ActorKind } from '../actor.ts';

// Closed facts: what a source says once nothing later can change it. Whatever needs order or memory was done before.
// Times are milliseconds since 1970, UTC. People are named by an opaque id that is stable within one reading.

/** `undisclosed`: no mark of an agent; never read as human. */
export type Authorship = ActorKind;

/** One hit of one rule that recognises an agent's part in a commit. */
export interface AgentMark {
  readonly rule: string;
  readonly tool: string;
  readonly role: 'author' | 'committer' | 'coauthor' | 'assisted' | 'session' | 'platform' | 'mention';
  readonly confidence: 'high' | 'medium' | 'low';
  readonly model?: string;
}

export interface ReviewFact {
  /** A human other than every author, or a bot or agent: then it is counted apart. */
  readonly by: string;
  readonly byKind: Authorship;
  readonly voice: 'approves' | 'objects' | 'comments';
  /** Where it is on record. */
  readonly from: 'trailer' | 'merge' | 'gerrit' | 'notes' | 'git-appraise' | 'forge';
  /** Absent where the record has no time of its own; of an objection, when it was first made. */
  readonly at?: number;
  /** Of an approval that was renewed, and whose last time is `at`: when it was given first. */
  readonly firstAt?: number;
  /** An objection that was taken back without a change, or a word by anybody else, on record between. */
  readonly withdrawn?: true;
  /** When its human first wrote or reviewed a change of this history; absent where votes are not on record. */
  readonly since?: number;
}

/** How a review went, where a record keeps more of it than verdicts. */
export interface ReviewCourse {
  /** Its owner approved it, and no other human did. */
  readonly selfApproved: boolean;
  /** A human other than its owner objected, or said anything in words. */
  readonly discussed: boolean;
  /** 1, and 1 for each time that it was put up anew, not merely rebased, after another human spoke; absent where the record does not tell. */
  readonly rounds?: number;
}

/** Lines without generated, vendored and lock files. */
export interface ChangeSize {
  readonly files: number;
  readonly added: number;
  readonly deleted: number;
}

/** One first-parent commit of the default branch and all that it stands for. */
export interface ChangeFact {
  readonly kind: 'change';
  /** Commit on the default branch. */
  readonly id: string;
  /** At most 200 characters, for people to recognise it. */
  readonly subject: string;
  /** `squash`: a forge made it of a request; `direct`: nothing says that it was more than one commit. */
  readonly form: 'merge' | 'squash' | 'direct';
  /** Committer date of the first-parent commit, and the earliest author date in what it stands for. */
  readonly mergedAt: number;
  readonly begunAt: number;
  /** When it was put up for review, where a record of reviews says so. */
  readonly openedAt?: number;
  /** Milliseconds since people or agents merged a change before it on the branch; absent for the first. */
  readonly sincePrevious?: number;
  /** Number of commits it stands for; 1 at least. */
  readonly commits: number;
  /** Humans and undisclosed people, each once; empty when only bots or agents wrote it. */
  readonly authors: readonly string[];
  /** Who put it on the branch, when a person did. */
  readonly merger?: string;
  readonly authorship: Authorship;
  readonly marks: readonly AgentMark[];
  /** Marks contradict each other or the kernel's rule that agents sign nothing off. */
  readonly conflictingMarks: boolean;
  /** Named humans who answer for an agent's part: co-authors, sign-offs, the merger. */
  readonly answeredBy: readonly string[];
  readonly reviews: readonly ReviewFact[];
  /** Absent where nothing keeps it: trailers, notes of votes and merges do not. */
  readonly course?: ReviewCourse;
  /** Absent where git could not count, and of changes too old for anybody to ask. */
  readonly size?: ChangeSize;
  /** What traces it to a reason: an issue, a pull request or discussion, a decision's document; a body that says why. */
  readonly traces: {
    readonly issue: boolean;
    readonly discussion: boolean;
    readonly decision: boolean;
    readonly reason: boolean;
  };
  /** It changes tests, or tests are all it changes; absent where paths were not read. */
  readonly touchesTests?: boolean;
  /** Share of its files that CODEOWNERS names an owner for; absent without CODEOWNERS. */
  readonly ownedShare?: number;
  /** Pods whose paths it touches. */
  readonly pods: readonly string[];
  /** Components that it touches, `''` for files of none; absent where nothing divides the repository. */
  readonly components?: readonly string[];
}

/** A later change takes an earlier one back, mends it, or writes most of it anew. */
export interface CorrectionFact {
  readonly kind: 'correction';
  /** `rewrite`: more than half of the target's lines (10 at least) were gone within 30 days, not only reformatted, and nothing corrected it before. */
  readonly how: 'revert' | 'fix' | 'rewrite';
  /** The change that corrects; of a rewrite the one that went past the half. */
  readonly id: string;
  readonly at: number;
  /** When the correction was begun: the earliest author date in it; absent where a squash has the time of its merge only. */
  readonly begunAt?: number;
  /** No correction of this target came before. */
  readonly isFirst: boolean;
  /** None came before that names it: a rewrite names nothing, and takes no other's place. */
  readonly isFirstByName: boolean;
  /** Absent when the record names something that is not in this history. */
  readonly target?: {
    readonly id: string;
    readonly mergedAt: number;
    readonly authorship: Authorship;
    readonly pods: readonly string[];
    /** Days from its opening to its merge, and how many other humans spoke; absent where git shows no opening. */
    readonly decided?: { readonly days: number; readonly voices: number };
  };
  readonly resolvedBy: 'sha' | 'subject' | 'pull-request' | 'nothing';
  readonly pods: readonly string[];
}

export type LineEnd = 'corrective' | 'adaptive' | 'deletion';

/** Lines that one change added and another one took away or wrote anew. */
export interface LinesDiedFact {
  readonly kind: 'lines-died';
  readonly born: { readonly id: string; readonly at: number; readonly authorship: Authorship };
  readonly diedAt: number;
  /**
   * `corrective`: by a revert, a fix that names what it mends, or a change whose subject says "fix"; else `deletion`:
   * with their whole file or without anything in their place; else `adaptive`.
   */
  readonly cause: LineEnd;
  /** Only their form changed: in white space alone, or by a commit that `.git-blame-ignore-revs` lists. Nobody wrote them anew. */
  readonly isReformatted?: true;
  readonly lines: number;
  readonly pods: readonly string[];
}

/** Lines that a change added, as far as they are followed, once for each change; what did not die is still there. */
export interface LinesBornFact {
  readonly kind: 'lines-born';
  readonly id: string;
  readonly at: number;
  readonly authorship: Authorship;
  readonly lines: number;
  readonly pods: readonly string[];
  /** Whose how many of them are, where not all are of the same pods. */
  readonly parts?: readonly { readonly lines: number; readonly pods: readonly string[] }[];
}

/** What needs the memory of a whole period: made when an ISO week closes. */
export interface SpreadFact {
  readonly kind: 'spread';
  /** Monday 00:00 UTC of the week that closed. */
  readonly week: number;
  /** Hassan 2009 over files changed in the 60 days before, in [0, 1]; absent with fewer than two files. */
  readonly entropy?: number;
  readonly files: number;
  /** Lines changed in these 60 days, and how many of them in the 5 % of files that changed most. */
  readonly churn: number;
  readonly churnInHotspots: number;
  /** The pod that it is about; none: the whole repository. */
  readonly pods: readonly string[];
}

export type DecisionStep = 'proposed' | 'accepted' | 'rejected' | 'withdrawn' | 'superseded';

/** A step of a decision on record: an ADR, RFC, PEP-like document. */
export interface DecisionFact {
  readonly kind: 'decision';
  /** Path of its document. */
  readonly id: string;
  readonly at: number;
  readonly step: DecisionStep;
  readonly proposedAt?: number;
  readonly hasDeciders: boolean;
  readonly hasAlternatives: boolean;
  readonly hasOutcome: boolean;
  readonly pods: readonly string[];
}

/** Who knows the files, as of the end of what was read. */
export interface KnowledgeFact {
  readonly kind: 'knowledge';
  readonly at: number;
  /** Avelino et al. 2016; `live`: Jabrayilzade et al. 2022. Absent without source files. 0: nobody knows half of them. */
  readonly truckFactor?: number;
  readonly liveTruckFactor?: number;
  /** Source files that are there at that time, and those of them that were changed in the 547 days before. */
  readonly files: number;
  readonly liveFiles: number;
  /** The pod that it is about; none: the whole repository. */
  readonly pods: readonly string[];
}

export type Fact =
  | ChangeFact
  | CorrectionFact
  | LinesBornFact
  | LinesDiedFact
  | SpreadFact
  | DecisionFact
  | RequestFact
  | KnowledgeFact;

/** Work that was put up for review, merged since or not: whether somebody else answered. */
export interface RequestFact {
  readonly kind: 'request';
  readonly id: string;
  readonly at: number;
  /** First word of a human other than its owner; absent: nobody's up to `endedAt`. */
  readonly answeredAt?: number;
  /** It was merged or given up, or reading ends. */
  readonly endedAt: number;
  /** What it touches is not on the branch: it belongs to the whole repository alone. */
  readonly pods: readonly [];
}

/** A part of the repository as CODEOWNERS or factum.yaml divides it: a pattern of paths, and who owns them; persons are counted, never named. */
export interface Component {
  readonly id: string;
  /** Teams or pods, as they are named there. */
  readonly owners: readonly string[];
  readonly people: number;
}

/** What was read, how far, and what stood in the way; everything in it is shown with the figures. */
export interface Coverage {
  /** Name of the repository, and its default branch as it was read. */
  readonly repository: string;
  readonly branch: string;
  readonly head?: string;
  /** The newest commit's time unless the reader asked for another end: never the wall clock. */
  readonly asOf: number;
  readonly from?: number;
  readonly commits: number;
  readonly changes: number;
  /** Identities after merging, by kind. */
  readonly people: Readonly<Record<Authorship, number>>;
  /** In the order of the file; empty where nothing divides the repository. */
  readonly components: readonly Component[];
  readonly notes: readonly CoverageNote[];
}

export const coverageNotes = Object.freeze({
  shallow: 'the history is cut off (a shallow clone): what came before is not known',
  grafts: 'grafts or replacements are there, and were not followed: this is the history as it was made',
  'own-attributes':
    '.git/info/attributes of this clone says which files are binary: their lines, and so some figures, are others than elsewhere',
  'missing-objects': 'objects are missing: the sizes of some changes were not read',
  'decisions-not-read': 'objects are missing: versions of documents of decisions were not read',
  'knowledge-not-read': 'objects are missing: who knows which files was not read',
  'clock-clamped': 'times before 1990 or ahead of what came after were clamped',
  'shared-address': 'one address has many names: its people cannot be told apart',
  'records-skipped': 'notes or reviews beside the branch could not be read, and were left out',
  'not-utf8': 'messages or names are not UTF-8: bytes that cannot be read are replaced',
  'no-changes': 'nothing was merged in the time that was asked for',
  'lines-not-read': 'lines were not followed',
});
export interface CoverageNote {
  readonly code: keyof typeof coverageNotes;
  readonly count?: number;
  readonly detail?: string;
}

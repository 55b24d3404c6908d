/** An operation as a tool: its input is the operation's own, without what is for people at a terminal. */
export interface ToolForm {
  readonly name: string;
  readonly operation: string;
  /** Fields of the operation's input that a client gives. */
  readonly takes: readonly string[];
}

/** Every tool that clients see. What it is for and how it is called is read from the operation. */
export const toolForms = [
  {
    name: 'file_claim',
    operation: 'claim',
    takes: ['statement', 'part', 'commit', 'relays', 'pod', 'standing'],
  },
  { name: 'verify_claim', operation: 'verify', takes: ['claims', 'fresh'] },
  { name: 'get_verdict', operation: 'show', takes: ['claim'] },
  { name: 'list_open_claims', operation: 'list', takes: ['verdict', 'pod', 'limit'] },
  { name: 'submit_evidence', operation: 'submit', takes: ['claim', 'part', 'says'] },
  { name: 'withdraw_claim', operation: 'withdraw', takes: ['claim', 'part', 'reason'] },
  { name: 'request_attestation', operation: 'ask', takes: ['claim'] },
] as const satisfies readonly ToolForm[];

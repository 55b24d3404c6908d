/** One thing that happens in a made session, before any tool has written it down. */
export type Happening =
  | { readonly says: string }
  | { readonly person: string }
  /** A shell command. A tool that keeps no exit code writes what it can of it. */
  | { readonly runs: string; readonly output: string; readonly exit: number }
  | { readonly edits: string };

type Writer = (happenings: readonly Happening[]) => string;

const lines = (entries: readonly unknown[]): string => `${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n`;

const claudeCode: Writer = (happenings) =>
  lines(
    happenings.flatMap((it, at) => {
      const uuid = `u${at}`;
      const line = (type: string, content: unknown) => ({
        type,
        uuid,
        sessionId: 's1',
        parentUuid: null,
        message: { role: type, model: 'm1', content },
      });
      const tool = (name: string, input: unknown, content: string, failed: boolean) => [
        line('assistant', [{ type: 'tool_use', id: `t${at}`, name, input }]),
        line('user', [{ type: 'tool_result', tool_use_id: `t${at}`, content, is_error: failed }]),
      ];
      if ('says' in it) return [line('assistant', [{ type: 'text', text: it.says }])];
      if ('person' in it) return [line('user', it.person)];
      if ('edits' in it)
        return tool('Edit', { file_path: it.edits, old_string: 'a', new_string: 'b' }, 'updated', false);
      const output = it.exit === 0 ? it.output : `Exit code ${it.exit}\n${it.output}`;
      return tool('Bash', { command: it.runs }, output, it.exit !== 0);
    }),
  );

const codexMessage = (role: string, text: string): readonly unknown[] => [
  { type: 'message', role, content: [{ type: `${role === 'user' ? 'input' : 'output'}_text`, text }] },
];

const codexItems = (happenings: readonly Happening[]): readonly unknown[] =>
  happenings.flatMap((it, at): readonly unknown[] => {
    const call_id = `c${at}`;
    if ('says' in it) return codexMessage('assistant', it.says);
    if ('person' in it) return codexMessage('user', it.person);
    if ('edits' in it)
      return [
        {
          type: 'custom_tool_call',
          name: 'apply_patch',
          call_id,
          input: `*** Begin Patch\n*** Update File: ${it.edits}\n*** End Patch`,
        },
        { type: 'custom_tool_call_output', call_id, output: 'Success. Updated the following files' },
      ];
    return [
      { type: 'function_call', name: 'exec_command', call_id, arguments: JSON.stringify({ cmd: it.runs }) },
      {
        type: 'function_call_output',
        call_id,
        output: `Chunk ID: 1\nWall time: 1 seconds\nProcess exited with code ${it.exit}\nOutput:\n${it.output}`,
      },
    ];
  });

const codex: Writer = (happenings) =>
  lines([
    { type: 'session_meta', payload: { id: 's1' } },
    { type: 'turn_context', payload: { model: 'm1' } },
    ...codexItems(happenings).map((payload) => ({ type: 'response_item', payload })),
  ]);

/** Of September 2025: flat items, calls with an array, answers in JSON. */
const oldCodex: Writer = (happenings) =>
  lines([
    { id: 's1', timestamp: '2025-09-01', instructions: null },
    { record_type: 'state' },
    ...happenings.flatMap((it, at) =>
      'runs' in it
        ? [
            {
              type: 'function_call',
              name: 'shell',
              call_id: `c${at}`,
              arguments: JSON.stringify({ command: ['bash', '-lc', it.runs] }),
            },
            {
              type: 'function_call_output',
              call_id: `c${at}`,
              output: JSON.stringify({ output: it.output, metadata: { exit_code: it.exit } }),
            },
          ]
        : codexItems([it]),
    ),
  ]);

const codexExec: Writer = (happenings) =>
  lines([
    { type: 'thread.started', thread_id: 's1' },
    ...happenings.map((it, at) => {
      const item = (fields: object) => ({ type: 'item.completed', item: { id: `i${at}`, ...fields } });
      if ('says' in it) return item({ type: 'agent_message', text: it.says });
      if ('person' in it) return { type: 'message', role: 'user', content: it.person };
      if ('edits' in it)
        return item({ type: 'file_change', status: 'completed', changes: [{ path: it.edits, kind: 'update' }] });
      return item({
        type: 'command_execution',
        command: `bash -lc '${it.runs}'`,
        aggregated_output: it.output,
        exit_code: it.exit,
      });
    }),
  ]);

const copilot: Writer = (happenings) =>
  lines([
    { type: 'session.start', data: { sessionId: 's1', selectedModel: 'm1' } },
    ...happenings.flatMap((it, at) => {
      const event = (type: string, data: object) => ({ type, data, id: `e${at}` });
      const tool = (toolName: string, given: object, content: string) => [
        event('tool.execution_start', { toolCallId: `t${at}`, toolName, arguments: given }),
        event('tool.execution_complete', { toolCallId: `t${at}`, success: true, result: { content } }),
      ];
      if ('says' in it) return [event('assistant.message', { content: it.says, toolRequests: [] })];
      if ('person' in it) return [event('user.message', { content: it.person })];
      if ('edits' in it) return tool('edit', { path: it.edits, old_str: 'a', new_str: 'b' }, 'updated');
      return tool('bash', { command: it.runs }, `${it.output}\n<shellId: 1 completed with exit code ${it.exit}>`);
    }),
  ]);

const cursorLine = (type: string, rest: object) => ({ type, session_id: 's1', ...rest });

const cursorWords = (role: string, text: string) =>
  cursorLine(role, { message: { role, content: [{ type: 'text', text }] } });

/** `cursor-agent --output-format stream-json`. */
const cursor: Writer = (happenings) =>
  lines([
    { type: 'system', subtype: 'init', session_id: 's1', model: 'm1' },
    ...happenings.flatMap((it, at) => {
      const tool = (key: string, args: object, result: object) =>
        ['started', 'completed'].map((subtype) =>
          cursorLine('tool_call', {
            subtype,
            call_id: `t${at}`,
            tool_call: { [key]: { args, ...(subtype === 'completed' && { result }) } },
            timestamp_ms: 1,
          }),
        );
      if ('says' in it) return [cursorWords('assistant', it.says)];
      if ('person' in it) return [cursorWords('user', it.person)];
      if ('edits' in it) return tool('editToolCall', { path: it.edits }, { success: { linesAdded: 1 } });
      const ended = { command: it.runs, exitCode: it.exit, stdout: it.output, stderr: '' };
      return tool('shellToolCall', { command: it.runs }, { [it.exit === 0 ? 'success' : 'failure']: ended });
    }),
    { type: 'result', subtype: 'success', is_error: false, result: 'All tests pass.', session_id: 's1' },
  ]);

const opencodeMessages = (happenings: readonly Happening[]) =>
  happenings.map((it, at) => {
    const tool = (name: string, input: object, state: object) => ({
      type: 'tool',
      callID: `t${at}`,
      tool: name,
      state: { status: 'completed', input, ...state },
    });
    const part = () => {
      if ('says' in it || 'person' in it) return { type: 'text', text: 'says' in it ? it.says : it.person };
      if ('edits' in it) return tool('edit', { filePath: it.edits }, { output: '' });
      return tool('bash', { command: it.runs }, { output: it.output, metadata: { exit: it.exit } });
    };
    return {
      info: { role: 'person' in it ? 'user' : 'assistant', modelID: 'm1' },
      parts: [{ id: `prt_${at}`, ...part() }],
    };
  });

const opencode: Writer = (happenings) =>
  JSON.stringify({ info: { id: 'ses_1', title: 'made' }, messages: opencodeMessages(happenings) }, null, 2);

/** What its store holds, one after the other. */
export const opencodePieces = (happenings: readonly Happening[]): readonly object[] => [
  { id: 'ses_1', projectID: 'p1', directory: '/work' },
  ...opencodeMessages(happenings).flatMap(({ info, parts }, at) => [{ id: `msg_${at}`, ...info }, ...parts]),
];

const geminiMessages = (happenings: readonly Happening[]): readonly unknown[] =>
  happenings.map((it, at) => {
    const call = (name: string, args: object, output: string) => ({
      id: `m${at}`,
      type: 'gemini',
      model: 'm1',
      content: '',
      toolCalls: [
        { id: `t${at}`, name, args, status: 'success', result: [{ functionResponse: { response: { output } } }] },
      ],
    });
    if ('says' in it) return { id: `m${at}`, type: 'gemini', model: 'm1', content: it.says };
    if ('person' in it) return { id: `m${at}`, type: 'user', content: it.person };
    if ('edits' in it) return call('replace', { file_path: it.edits }, 'ok');
    return call('run_shell_command', { command: it.runs }, `Output: \n${it.output}\nExit Code: ${it.exit}`);
  });

const gemini: Writer = (happenings) =>
  JSON.stringify({ sessionId: 's1', messages: geminiMessages(happenings) }, null, 2);

/** Every message is written when it begins, and again when its tools have answered. */
const geminiLog: Writer = (happenings) =>
  lines([
    { sessionId: 's1', projectHash: 'p1', startTime: '2026-05-01', lastUpdated: '2026-05-01', messages: [] },
    ...geminiMessages(happenings).flatMap((message) => [{ ...(message as object), toolCalls: [] }, message]),
    { $set: { lastUpdated: '2026-05-02' } },
  ]);

/** Files are edited by the shell there, and a failure is told by a flag alone. */
const chatgpt: Writer = (happenings) => {
  const nodes = happenings.flatMap((it, at) => {
    const message = (role: string, text: string, more: object = {}) => ({
      id: `n${at}`,
      author: { role },
      content: { content_type: 'text', parts: [text] },
      recipient: 'all',
      metadata: { model_slug: 'm1' },
      ...more,
    });
    if ('says' in it) return [message('assistant', it.says)];
    if ('person' in it) return [message('user', it.person)];
    const [cmd, output, exit] = 'edits' in it ? [`sed -i s/a/b/ ${it.edits}`, '', 0] : [it.runs, it.output, it.exit];
    const aggregate_result = { status: 'success', ...(exit !== 0 && { in_kernel_exception: { name: 'Failed' } }) };
    return [
      message('assistant', JSON.stringify({ cmd }), { recipient: 'container.exec' }),
      message('tool', output, { id: `r${at}`, metadata: { parent_id: `n${at}`, aggregate_result } }),
    ];
  });
  const mapping = Object.fromEntries(
    nodes.map((message, at) => [`${at}`, { message, parent: at === 0 ? null : `${at - 1}` }]),
  );
  return JSON.stringify([{ conversation_id: 's1', mapping, current_node: `${nodes.length - 1}` }]);
};

const toolUse = (name: string, head: string, output: string): string =>
  `_**Agent (m1 2026-01-25T22:47:27.739Z)**_\n\n<tool-use data-tool-type="x" data-tool-name="${name}"><details>\n<summary>Tool use: **${name}**</summary>\n\n${head}\n\`\`\`\n${output}\n\`\`\`\n</details></tool-use>`;

const specstory: Writer = (happenings) =>
  [
    '<!-- Generated by SpecStory, Markdown v2.1.0 -->',
    '<!-- Claude Code Session s1 (2026-01-25 22:47:22Z) -->',
    ...happenings.map((it) => {
      if ('says' in it) return `_**Agent (m1 2026-01-25T22:47:27.739Z)**_\n\n${it.says}`;
      if ('person' in it) return `_**User (2026-01-25T22:47:22.899Z)**_\n\n${it.person}\n\n---`;
      if ('edits' in it) return toolUse('Edit', '', `The file ${it.edits} has been updated.`);
      return toolUse('Bash', `\`${it.runs}\``, it.exit === 0 ? it.output : `Exit code ${it.exit}\n${it.output}`);
    }),
    '',
  ].join('\n\n');

const untaggedUse = (head: string, output: string): string =>
  `_**Agent (m1)**_\n\nTool use: **${head}\n\nResult:\n\n\`\`\`\n${output}\n---\n\`\`\``;

/** Of July 2025: no tags around what tools did. */
const oldSpecstory: Writer = (happenings) => {
  return [
    '<!-- Generated by SpecStory -->',
    '<!-- Claude Code Session s1 (2025-07-20 12:35:21Z) -->',
    ...happenings.map((it) => {
      if ('says' in it) return `_**Agent (m1)**_\n\n<think><details>Now I answer.</details></think>\n\n${it.says}`;
      if ('person' in it) return `_**User**_\n\n${it.person}\n\n---`;
      if ('edits' in it) return untaggedUse('Edit**', `The file ${it.edits} has been updated.`);
      const output = it.exit === 0 ? it.output : `Exit code ${it.exit}\n${it.output}`;
      return untaggedUse(`Bash** Run it\n\n\`${it.runs}\``, output);
    }),
    '',
  ].join('\n\n');
};

const use = (name: string, rest: string): string =>
  `_**Assistant (default)**_\n\nTool use: **${name}**\n\n${rest}\n\n---`;

/** As the extension for Cursor writes it: the command and its answer each in a fence of their own. */
const cursorSpecstory: Writer = (happenings) =>
  [
    '<!-- Generated by SpecStory -->',
    '<!-- cursor Session s1 (2025-09-24 22:38Z) -->',
    ...happenings.map((it) => {
      if ('says' in it) return `_**Assistant (default)**_\n\n${it.says}`;
      if ('person' in it) return `_**User (2025-09-23 21:19Z)**_\n\n${it.person}\n\n---`;
      if ('edits' in it)
        return use(
          'search_replace',
          `<details><summary>Edit file: ${it.edits}</summary>\n\n\`\`\`diff\n+ b\n\`\`\`\n\n</details>`,
        );
      const fences = ['```bash', it.runs, '```', '', '```', it.output, '```'];
      return use('run_terminal_cmd', fences.join('\n'));
    }),
    '',
  ].join('\n\n');

/** And half a month before: what was run stands between two rules, without a word about the tool. */
const ruledSpecstory: Writer = (happenings) => cursorSpecstory(happenings).replaceAll(/Tool use: \*\*\w+\*\*/g, '---');

const ideUse = (type: string, name: string, what: string, body: string): string =>
  `_**Agent (m1)**_\n\n<tool-use data-tool-type="${type}" data-tool-name="${name}">\n<details><summary>Tool use: **${name}** • ${what}</summary>\n\n${body}\n</details>\n</tool-use>\n\n<tool-use data-tool-type="${type}" data-tool-name="${name}"><details>\n<summary>Tool use: **${name}**</summary>\n\n</details></tool-use>`;

/** Of 2026: tools have a version, and every use stands there a second time, with nothing in it. */
const cursorIdeSpecstory: Writer = (happenings) =>
  [
    '<!-- Generated by SpecStory, Markdown v2.1.0 -->',
    '<!-- Cursor IDE Session s1 (2026-06-11 11:04:59Z) -->',
    ...happenings.map((it) => {
      if ('says' in it) return `_**Agent (m1)**_\n\n${it.says}`;
      if ('person' in it) return `_**User (2026-06-11 11:04:59Z)**_\n\n${it.person}\n\n---`;
      if ('edits' in it) return ideUse('write', 'edit_file_v2', `Edit file: ${it.edits}`, '');
      const fences = ['```bash', it.runs, '```', '', '```', it.output, '```'].join('\n');
      return ideUse('shell', 'run_terminal_command_v2', `Run command: ${it.runs}`, fences);
    }),
    '',
  ].join('\n\n');

/** The same session in every format that Factum reads. */
export const writers: Readonly<Record<string, { readonly format: string; readonly write: Writer }>> = {
  'claude-code': { format: 'claude-code', write: claudeCode },
  codex: { format: 'codex', write: codex },
  'codex of 2025': { format: 'codex', write: oldCodex },
  'codex exec': { format: 'codex', write: codexExec },
  copilot: { format: 'copilot', write: copilot },
  cursor: { format: 'cursor', write: cursor },
  opencode: { format: 'opencode', write: opencode },
  'opencode, piece by piece': { format: 'opencode-log', write: (happenings) => lines(opencodePieces(happenings)) },
  gemini: { format: 'gemini', write: gemini },
  'gemini, by lines': { format: 'gemini-log', write: geminiLog },
  chatgpt: { format: 'chatgpt', write: chatgpt },
  specstory: { format: 'specstory', write: specstory },
  'specstory of 2025': { format: 'specstory', write: oldSpecstory },
  'specstory of Cursor': { format: 'specstory', write: cursorSpecstory },
  'specstory of Cursor, of 2026': { format: 'specstory', write: cursorIdeSpecstory },
  'specstory of Cursor, without names of tools': { format: 'specstory', write: ruledSpecstory },
};

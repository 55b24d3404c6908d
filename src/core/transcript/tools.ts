import type { Call } from './moment.ts';
import { type Entry, listAt, recordOf, textAt } from './transcript.ts';

const shells =
  /^(?:bash|shell|local_shell|exec|exec_command|shell_command|run_shell_command|run_terminal_c(?:md|ommand)|run_in_terminal|run_command|execute_command|container\.exec|terminal|execute|powershell|pwsh)$/i;
const writers =
  /^(?:edit|write|multiedit|multi_edit|notebookedit|create|create_?file|write_file|write_to_file|replace|(?:multi_?)?replace_?string(?:_in_file)?|insert_?edit(?:_into_file)?|str_?replace|str_replace_editor|str_replace_based_edit_tool|apply_?patch|patch|edit_file|search_replace|replace_file_content|multi_replace_file_content|insert|delete|delete_file|edit_?notebook)$/i;
const lookers =
  /^(?:read|grep|glob|ls|view|webfetch|websearch|web_fetch|web_search|fetch|todowrite|todoread|task(?:create|update|list|get|output|stop)|bashoutput|killshell|kill_bash|update_plan|report_intent|update_todo|askuserquestion|ask_user|ask_question|skill|exitplanmode|enterplanmode|toolsearch|tool_search\w*|lsp|notebookread|read_\w+|list_\w+|list_?dir\w*|file_search|search_\w+|search_?codebase|get_?errors|fetch_\w+|grep_\w+|ripgrep\w*|glob\w*|find\w*|codebase_search|codesearch|list|question|sem(?:antic)?_?search\w*|read(?:lints|file|todos)|updatetodos|await|view_\w+|get_\w+|checklist_\w+|manage_task|think|sql|todo\w*|stop_bash|wait|save_memory|google_web_search|mcp__ide__getDiagnostics|mcp__\w+__(?:get|list|search|read|query|resolve|find|fetch)\w*)$/i;
const editors = /^(?:read_?lints|get_?errors|lsp|(?:mcp__ide__)?getDiagnostics)$/i;
const workers = /^(?:task|agent|subagent|spawn_agent|delegate_\w+|manage_subagents)$/i;

export function isWorkerTool(name: string): boolean {
  return workers.test(plain(name));
}

export function isShellTool(name: string): boolean {
  return shells.test(plain(name));
}

/** `edit_file_v2` does what `edit_file` does, and `copilot_readFile` what `readFile` does. */
function plain(name: string): string {
  return name.replace(/^copilot_|_v\d+$/g, '');
}

/** What a tool with this name and input does, as far as its name is known; what is not known may change anything. */
export function callOf(id: string, named: string, input: unknown): Call {
  const name = plain(named);
  const command = shells.test(name) ? commandIn(input) : undefined;
  if (command !== undefined) {
    const patched = command.includes('*** Begin Patch') ? pathsOfPatch(command) : [];
    return { kind: 'call', id, command, ...(patched.length > 0 && { writes: patched }) };
  }
  // One tool for all that can be done with a file: its command says what.
  if (writers.test(name) && textAt(input, 'command') !== 'view') return { kind: 'call', id, writes: pathsIn(input) };
  if (writers.test(name)) return { kind: 'call', id, looks: true };
  if (editors.test(name)) return { kind: 'call', id, looks: true, asksEditor: true };
  return lookers.test(name) || workers.test(name) ? { kind: 'call', id, looks: true } : { kind: 'call', id };
}

function commandIn(input: unknown): string | undefined {
  if (typeof input === 'string') return scripted(input);
  const said =
    textAt(input, 'command') ?? textAt(input, 'cmd') ?? textAt(input, 'CommandLine') ?? textAt(input, 'script');
  if (said !== undefined) return said;
  const [words] = [listAt(input, 'command'), listAt(input, 'cmd'), listAt(input, 'action', 'command')].filter(
    (list) => list.length > 0,
  );
  if (words === undefined) return undefined;
  // ["bash", "-lc", "npm test"]
  return words.length === 3 && /^-\w*c$/.test(String(words[1])) ? String(words[2]) : words.map(String).join(' ');
}

/** Code that calls a shell tool: `await tools.exec_command({ cmd: "npm test" })`; every command in it. */
function scripted(code: string): string {
  const found = [...code.matchAll(/\b(?:cmd|command)"?\s*:\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/g)];
  return found.length === 0 ? code : found.map(([, , text = '']) => text.replaceAll(/\\(["'`\\])/g, '$1')).join('\n');
}

const pathFields = ['file_path', 'filePath', 'path', 'notebook_path', 'filename', 'target_file', 'TargetFile', 'file'];

/** A tool that writes without saying where has written somewhere. */
function pathsIn(input: unknown): readonly string[] {
  const patch =
    typeof input === 'string'
      ? input
      : (textAt(input, 'input') ?? textAt(input, 'patch') ?? textAt(input, 'patchText'));
  const patched = patch === undefined ? [] : pathsOfPatch(patch);
  const named = pathFields.flatMap((field) => textAt(input, field) ?? []);
  const all = [...patched, ...named];
  return all.length > 0 ? all : [unnamed];
}

/** Stands for a file that nobody named. */
const unnamed = '?';

function pathsOfPatch(patch: string): readonly string[] {
  const heads = patch.matchAll(
    /^\*\*\* (?:Update|Add|Delete) File: (.+)$|^\*\*\* Move to: (.+)$|^\+\+\+ (?:b\/)?(\S+)/gm,
  );
  return [...heads].flatMap((head) => head[1] ?? head[2] ?? head[3] ?? []).map((path) => path.trim());
}

/** Keys of an object whose keys are paths. */
export function keysAt(value: unknown): readonly string[] {
  return Object.keys(recordOf(value) ?? ({} satisfies Entry));
}

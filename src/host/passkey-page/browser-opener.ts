import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

/** The program that opens an address in the user's browser; undefined where there is no screen. */
function openerOf(env: Environment, platform: NodeJS.Platform): readonly [string, ...string[]] | undefined {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return (env['DISPLAY'] ?? '') === '' && (env['WAYLAND_DISPLAY'] ?? '') === '' ? undefined : ['xdg-open'];
}

/** Without a shell. That it could not be opened is no failure: the address was told, too. */
export function openInBrowser(url: string, env: Environment, platform = process.platform): void {
  const [program, ...args] = openerOf(env, platform) ?? [];
  if (program === undefined) return;
  spawn(program, [...args, url], { env, stdio: 'ignore', detached: true })
    .once('error', () => undefined)
    .unref();
}

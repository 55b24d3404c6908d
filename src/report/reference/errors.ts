import { errorTable } from '../../core/errors.ts';
import { page, table } from './markdown.ts';

export function errorsPage(): string {
  const rows = Object.entries(errorTable).map(([code, { http, exit, fix }]) => [
    `\`${code}\``,
    String(exit),
    String(http),
    fix,
  ]);
  return page(
    'Errors',
    'src/core/errors.ts',
    'Every error that Factum raises on purpose has a code, an exit code, an HTTP status and the next thing to do. Exit codes: 0 yes, 1 the answer is no, 2 you asked wrongly, 3 Factum broke.',
    table(['code', 'exit', 'HTTP', 'what to do'], rows),
  );
}

import type { World } from './compose.ts';
import type { WriteContext } from './core/operation.ts';
import { paragraph } from './report/terminal/paper.ts';

/** Questions to whoever sits at the terminal. */
export function askingIn({ ask, terminal }: World): Pick<WriteContext, 'ask' | 'confirm' | 'isInteractive'> {
  const isInteractive = ask !== undefined;
  const put = async (question: string): Promise<string> =>
    (await ask?.(`${paragraph(terminal.paper, '', question)} `))?.trim() ?? '';
  return {
    isInteractive,
    async ask(question, fallback) {
      const shown = fallback === '' ? question : `${question} [${fallback}]`;
      return (await put(shown)) || fallback;
    },
    async confirm(question, how) {
      if (!isInteractive) return true;
      const isNamed = how?.inWords === true;
      return /^y(?:es)?$/i.test((await put(`${question} ${isNamed ? '[y/N]' : '[Y/n]'}`)) || (isNamed ? 'n' : 'y'));
    },
  };
}

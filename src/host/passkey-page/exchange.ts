import type { Answer, Ending, Step } from './steps.ts';

/** What the page gets for its answer; `token` is what its next answer must carry. */
export type Word = (Step & { readonly token: string }) | Ending;

/** Who waits for the page's next step. */
export type Send = (word: Word) => void;

/** One page and one command take turns; every token is good for one answer. */
export interface Exchange {
  /** Of the page's next answer. */
  token(): string;
  /** Sends the page the next step as soon as there is one. */
  take(answer: Answer, send: Send): void;
  ask(step: Step): Promise<Answer>;
  /** Tells the page, if it waits for a word. */
  end(ending: Ending): void;
}

export function exchangeOf(newToken: () => string): Exchange {
  let token = newToken();
  let page: Send | undefined;
  let asked: { readonly step: Step; readonly answer: (answer: Answer) => void } | undefined;

  function deliver(): void {
    if (page === undefined || asked === undefined) return;
    page({ ...asked.step, token });
    page = undefined;
  }

  return {
    token: () => token,
    take(answer, send) {
      token = newToken();
      page = send;
      const waiting = answer.kind === 'ready' ? undefined : asked;
      if (waiting === undefined) return deliver();
      asked = undefined;
      waiting.answer(answer);
    },
    ask: (step) =>
      new Promise((answer) => {
        asked = { step, answer };
        deliver();
      }),
    end(ending) {
      page?.(ending);
      page = undefined;
    },
  };
}

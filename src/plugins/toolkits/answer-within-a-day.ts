import { atLeast, toolkit } from '../../core/debt/toolkit.ts';

export const answerWithinADay = toolkit({
  id: 'answer-within-a-day',
  title: 'Answer within a day',
  summary: 'Whoever is asked for a review or a decision answers by the next working day, if only to say when.',
  lifecycle: 'experimental',
  when: 'Requests and questions stay without an answer, or branches wait for days.',
  steps: [
    'Set one time a day at which everybody looks at what waits for them.',
    'Answer each: done, on a day that you name, or not me but somebody you name.',
    'What waited for three days is brought up by whoever asked, to the pod and not to a person.',
    'After a month, look at what still waits and why.',
  ],
  time: '15 minutes a day for each person',
  moves: ['unanswered', 'decision-latency', 'workflow-volatility'],
  source:
    'Maddila et al. 2022, ACM TOSEM 32:2 (a randomised trial in 147 repositories: overdue requests were resolved 60 % faster after a reminder)',
  run: atLeast(2),
});

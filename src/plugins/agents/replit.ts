import { agent } from '../../core/agent/agent.ts';

/** Its commits carry trailers (https://docs.replit.com); no hook of it is known. */
export const replit = agent({
  id: 'replit',
  title: 'Replit Agent',
  summary: 'Has no stop hook; its commits say by their trailers what it did.',
  lifecycle: 'experimental',
  instead:
    'run factum follow and factum verify in CI before its work is merged; they look at what it published, and withdraw what a rollback undid',
});

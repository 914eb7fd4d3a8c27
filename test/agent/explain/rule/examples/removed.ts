import { death } from '../../sample-death.ts';
import type { Example } from './example.ts';

const sender = /^who sent it/;
const adopted = { name: 'mine', managed: false };

/** Sessions of whose end nothing was recorded. */
export const unrecorded: readonly Example[] = [
  {
    rule: 'removed-by-tmux',
    given: {},
    verdict: {
      ...{ cause: 'tmux-command', confidence: 'likely', summary: /the session "bot"/ },
      ...{ evidence: [{ text: 'bot: no exit was recorded' }], missing: [/^who gave the command/] },
    },
  },
  {
    rule: 'removed-by-tmux',
    given: { deaths: [death(), death({ session: 'web' })] },
    verdict: { summary: /remove 2 sessions/ },
  },
  {
    rule: 'nothing-known',
    given: { server: adopted },
    verdict: {
      ...{ cause: 'unknown', confidence: 'possible', summary: /1 session on "mine"/ },
      ...{ evidence: [{ text: 'bot: gone from the list of sessions' }] },
      ...{ missing: [/^how its programs ended: an adopted/, sender] },
    },
  },
  {
    rule: 'nothing-known',
    given: { server: adopted, trouble: 'hung', deaths: [death({ watched: 'link-down' })] },
    verdict: { missing: [/^the moment itself: no link/, /the server was hung/, /adopted/, sender] },
  },
  {
    rule: 'nothing-known',
    given: { deaths: [] },
    verdict: { summary: /0 sessions/, missing: [sender] },
  },
];

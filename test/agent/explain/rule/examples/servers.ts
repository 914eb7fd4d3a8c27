import { at, death, signal } from '../../sample-death.ts';
import type { Example } from './example.ts';

const sender = /^who sent it/;
const ended = (how: 'killed' | 'exited' | 'unknown', text = '') => ({ at, how, text });

/** Machines and servers that went, and how much was heard of it. */
export const serverEnds: readonly Example[] = [
  {
    rule: 'reboot',
    given: {
      reboot: { clean: false },
      serverEnd: ended('unknown'),
      deaths: [death({ exit: signal(9) })],
    },
    verdict: {
      cause: 'host-crash',
      scope: 'host',
      confidence: 'likely',
      missing: [/^who or what/],
    },
  },
  {
    rule: 'reboot',
    given: { reboot: { clean: true } },
    verdict: {
      cause: 'shutdown',
      scope: 'host',
      confidence: 'certain',
      summary: /1 session ended/,
    },
  },
  {
    rule: 'server-killed',
    given: {
      serverEnd: ended('killed', '%exit server exited unexpectedly'),
      deaths: [death(), death()],
    },
    verdict: {
      ...{ cause: 'signal', scope: 'server', confidence: 'possible', summary: /2 sessions ended/ },
      ...{ evidence: [{ source: 'tmux', text: '%exit server exited unexpectedly' }] },
      ...{ missing: [/^which signal/, sender] },
    },
  },
  {
    rule: 'server-killed',
    given: { serverEnd: ended('killed') },
    verdict: { evidence: [{ text: 'the connection broke' }] },
  },
  {
    rule: 'server-exited',
    given: { serverEnd: ended('exited', '%exit server exited') },
    verdict: {
      ...{ cause: 'unknown', scope: 'server', confidence: 'possible' },
      ...{
        evidence: [{ text: /^%exit server exited: an orderly/ }],
        missing: [/^whether kill-server or SIGTERM/, sender],
      },
    },
  },
  {
    rule: 'server-exited',
    given: { serverEnd: ended('exited') },
    verdict: { evidence: [{ text: /^%exit: an orderly/ }] },
  },
  {
    rule: 'server-gone',
    given: { serverEnd: ended('unknown'), deaths: [death({ watched: 'agent-down' })] },
    verdict: {
      ...{ cause: 'unknown', scope: 'server', summary: /the agent was not running/ },
      ...{
        evidence: [{ text: 'the server process is gone' }],
        missing: [/^how it ended: the agent/, sender],
      },
    },
  },
  {
    rule: 'server-gone',
    given: { serverEnd: ended('unknown', 'nobody saw it go'), deaths: [] },
    verdict: {
      summary: /nobody heard its last words when it went; 0 sessions/,
      evidence: [{ text: 'nobody saw it go' }],
    },
  },
];

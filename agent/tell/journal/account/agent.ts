import type { AgentEvents } from '../../../model/events/agent.ts';
import { plural } from '../../../model/text/plural.ts';
import type { Accounts } from './account.ts';

const subject = () => ({});

export const agentAccounts: Accounts<AgentEvents> = {
  'agent.started': {
    sentence: ({ version, previous }) =>
      `Holdfast ${version} started${previous && !previous.clean ? '; the run before it did not end in order' : ''}`,
    subject,
  },
  'agent.stopping': { sentence: ({ reason }) => `Holdfast stops (${reason})`, subject },
  'config.applied': {
    sentence: ({ source, sessions, servers }) =>
      `The configuration of ${source} is in force: ${plural(sessions, 'session')}, ${plural(servers.length, 'server')}`,
    subject,
  },
  'config.rejected': {
    sentence: ({ problems, first }) =>
      `The configuration was refused, the one before stays in force: ${plural(problems, 'problem')}, first: ${first}`,
    subject,
  },
};

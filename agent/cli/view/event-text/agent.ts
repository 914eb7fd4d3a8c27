import type { AgentEvents } from '../../../model/events/agent.ts';
import { plural } from '../../../model/text/plural.ts';
import type { Texts } from './texts.ts';

export const agentTexts: Texts<AgentEvents> = {
  'agent.started': ({ version, pid, previous }) =>
    `agent ${version} started, pid ${pid}${previous && !previous.clean ? '; the run before it was killed' : ''}`,
  'agent.stopping': ({ reason }) => `agent stops (${reason})`,
  'config.applied': ({ source, sessions, servers }) =>
    `configuration of ${source}: ${plural(sessions, 'session')}, ${plural(servers.length, 'server')}`,
  'config.rejected': ({ problems, first }) =>
    `configuration refused: ${plural(problems, 'problem')}, first: ${first}`,
};

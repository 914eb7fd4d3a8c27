import { printable } from '../../model/text/printable.ts';
import { version as ownVersion } from '../../model/version.ts';
import type { AgentMethods } from '../../protocol/agent.ts';
import { connect } from '../../protocol/client.ts';
import type { Context } from '../command.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';

type Running = AgentMethods['version']['result'];

/** Null when no agent answers: `version` says its own in any case. */
const agentVersion = async (socket: string): Promise<Running | null> => {
  try {
    const client = await connect(socket);
    return await client.call('version', {}).finally(() => client.close());
  } catch {
    return null;
  }
};

export const version = async (context: Context): Promise<number> => {
  const agent = await agentVersion(context.paths.agentSocket);
  const node = process.versions.node;
  const { stdout } = context;
  if (context.json) {
    printJson(stdout, { version: ownVersion, node, agent });
    return exitCode.ok;
  }
  stdout.line(`holdfast ${ownVersion} (Node ${node})`);
  if (agent) stdout.line(`agent ${printable(agent.version)}, pid ${agent.pid}`);
  else stdout.line('agent not running');
  if (agent && agent.version !== ownVersion) {
    stdout.line(stdout.paint('yellow', 'the two differ: restart the agent'));
  }
  return exitCode.ok;
};

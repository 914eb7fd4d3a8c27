import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StatusDocument } from '../../model/status/status.ts';
import { connect } from '../../protocol/client.ts';
import type { Context } from '../command.ts';
import { parseStateFile } from '../frame/current-status.ts';
import type { KnownEvidence, WatchedServer } from './check.ts';
import type { Machine } from './machine.ts';
import { isOwnSocket } from './own-socket.ts';
import { isServer } from './server-process.ts';

/** The document may be old, even of before the machine was started: another process may have the pid by now. */
const watchedOf = (machine: Machine, { servers, sessions }: StatusDocument): WatchedServer[] =>
  servers.map(({ server, socket, pid, unlimited = null }) => ({
    ...{ server, socket, unlimited },
    pid: pid !== null && isServer(machine, pid) ? pid : null,
    sessions: sessions
      .filter((one) => one.server === server && one.status === 'up')
      .map(({ session, memoryMaxBytes = null }) => ({ session, memoryMax: memoryMaxBytes })),
  }));

/** What the agent knows; null where none answers. */
const liveStatus = async ({ paths }: Context): Promise<StatusDocument | null> => {
  try {
    const client = await connect(paths.agentSocket);
    return await client.call('status', {}).finally(() => client.close());
  } catch {
    return null;
  }
};

const writtenStatus = ({ paths }: Context): Promise<StatusDocument | null> =>
  readFile(paths.stateFile, 'utf8')
    .then(parseStateFile)
    .catch(() => null);

const pidOf = async (machine: Machine, socket: string): Promise<number | null> => {
  const text = await machine.run('tmux', ['-N', '-S', socket, 'display-message', '-p', '#{pid}']);
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
};

/** Before Holdfast ever ran, the server tmux starts when nothing else is said. */
const usualServer = async (context: Context, machine: Machine): Promise<WatchedServer[]> => {
  const directory = context.env['TMUX_TMPDIR'] ?? '/tmp';
  const socket = join(directory, `tmux-${machine.uid}/default`);
  if (!isOwnSocket(machine, socket)) return [];
  const pid = await pidOf(machine, socket);
  return [{ server: 'default', socket, pid, sessions: [], unlimited: null }];
};

/** What Holdfast watches and can ask: as the agent says, the servers without one as it last wrote them. */
export const knownToAgent = async (
  context: Context,
  machine: Machine,
): Promise<{ servers: WatchedServer[]; evidence: KnownEvidence | null }> => {
  const live = await liveStatus(context);
  const status = live ?? (await writtenStatus(context));
  return {
    servers: status ? watchedOf(machine, status) : await usualServer(context, machine),
    evidence: live && {
      embedded: live.agent.embedded,
      witness: live.witness ?? null,
      sources: live.sources ?? [],
      units: (live.units ?? []).map(({ unit }) => unit),
      unitsMissing: (live.units ?? [])
        .filter(({ status }) => status === 'missing')
        .map(({ unit }) => unit),
      unitsUnseen: live.unitsUnseen ?? null,
    },
  };
};

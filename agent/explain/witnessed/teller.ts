import type { Ancestor, SeenProcess } from '../../model/witnessed.ts';
import { slackMs } from '../clock-slack.ts';
import { isProcess } from '../process.ts';
import { abilityOf, type Deed, saying } from '../tmux-command/ability.ts';
import type { Finding } from './finding.ts';
import type { Told } from './told.ts';

/** Who told tmux to do it. */
export interface Teller {
  client: SeenProcess | null;
  /** Whether its command line says so, and nobody else's end comes into question. */
  certain: boolean;
  /** Clients that ended at that moment and may have done it. */
  candidates: SeenProcess[];
}

/** What runs in a pane is not ours, even where we started the server that it came from. */
export const isOurs = (client: SeenProcess, { ours = [], panes = {}, server }: Told): boolean => {
  const line: readonly Ancestor[] = [client, ...client.ancestry];
  for (const one of line) {
    if (one.pid <= 1) break;
    const pane = panes[one.pid];
    if (pane && isProcess(one, { pid: one.pid, startTime: pane.startTime })) return false;
    if (server.instance && isProcess(one, server.instance)) return false;
    if (ours.includes(one.pid)) return true;
  }
  return false;
};

/** A command line that is the file alone says nothing of what it was told. */
const argumentsOf = ({ cmdline, seenBy }: SeenProcess): string | null =>
  seenBy === 'file' ? null : cmdline;

const ownerOf = ({ signal }: Finding, { server }: Told): number | null =>
  server.instance && isProcess(signal.sender, server.instance) ? signal.sender.uid : null;

/**
 * The socket of a server is that of its user (unix(7)); root may open any. Of whoever was not seen his login tells, where
 * he has one; else he may be either. Whom else the server lets in (server-access) nobody here knows of.
 */
const mayAsk = ({ uid, loginUid }: SeenProcess, own: number | null): boolean => {
  const user = uid ?? loginUid;
  return user === null || own === null || user === 0 || user === own;
};

/** Whether he is one of those whom the server obeys, as far as that can be told. */
const isObeyed = ({ uid }: SeenProcess, own: number | null): boolean =>
  uid !== null || own === null;

/** Of one that nothing was seen of but its end nobody can be told who it was. */
export const isSeen = ({ cmdline, ancestry }: SeenProcess): boolean =>
  cmdline !== null || ancestry.length > 0;

/** Whether every client that ended at that moment is known. */
export const isCovered = ({ signal }: Finding, { testimony }: Told): boolean =>
  (testimony.clientsSince ?? testimony.since) <= signal.at - slackMs;

const only = <T>(all: readonly T[]): T | null => (all.length === 1 ? (all[0] ?? null) : null);

/**
 * The client that ended as tmux carried its command out: one whose command line says it, or the only one that may have
 * done it. Of several that may it is nobody. One that showed a session ends with it, so alone it is no suspect, unless
 * the whole server was told to end, which somebody must have done.
 */
export const tellerOf = (finding: Finding, told: Told): Teller => {
  const { signal, death } = finding;
  const own = ownerOf(finding, told);
  const deed: Deed = { death, socket: told.server.socket ?? '' };
  const near = told.testimony.clients
    .filter(({ at }) => Math.abs(at - signal.at) <= slackMs)
    .filter(({ process: client }) => !isOurs(client, told) && mayAsk(client, own))
    .map(({ process: client }) => ({ client, ability: abilityOf(argumentsOf(client), deed) }))
    .filter(({ ability }) => ability !== 'cannot');
  const said = saying(near);
  const isDoubtful = near.some(({ ability }) => ability === 'may');
  const candidates = near.map(({ client }) => client);
  const isAll = isCovered(finding, told);
  if (said.length > 0) {
    const one = only(said);
    const isMeant = one !== null && one.ability === 'says' && isObeyed(one.client, own);
    return { client: one?.client ?? null, certain: isAll && !isDoubtful && isMeant, candidates };
  }
  const suspect = isAll ? only(near) : null;
  const isSuspect =
    suspect && isSeen(suspect.client) && (death === null || suspect.ability === 'may');
  return { client: isSuspect ? suspect.client : null, certain: false, candidates };
};

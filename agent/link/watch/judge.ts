import type { Instance } from '../../model/events/server.ts';
import { isStopped, type ProcStat } from '../../model/proc-stat.ts';
import type { Probe } from '../tmux/probe.ts';
import type { Listed } from './ask-listing.ts';
import type { Obstacle } from './reachability.ts';

/** What can be seen of a server without asking it anything. */
export interface Sight {
  /** Of the process that is known as the server; null when it is gone, or none is known. */
  stat: ProcStat | null;
  hasSocket: boolean;
}

/** What is known of a server, and of the client that waits on it. */
export interface Knowledge {
  instance: Instance | null;
  client: 'none' | 'waits' | 'ended';
  obstacle: Obstacle | null;
  isDoubted: boolean;
}

/** `ended`: it seems so; `stopped`: its process is; `unsure`: it is to be asked who it is; `well`: nothing to do. */
export type LookFinding = 'ended' | 'stopped' | 'unsure' | 'well';

export const judgeLook = (
  { stat, hasSocket }: Sight,
  { instance, client, obstacle, isDoubted }: Knowledge,
): LookFinding => {
  if (instance && (!stat || client === 'ended')) return 'ended';
  if (stat && isStopped(stat)) return 'stopped';
  const isWell = instance && client === 'waits' && !obstacle && !isDoubted && hasSocket;
  return isWell ? 'well' : 'unsure';
};

/** `found`: the server is there; `stranger`: not the one that is known; the others: none is known, and why. */
export type KnockFinding = 'found' | 'stranger' | 'absent' | 'hung' | 'unclear';

export const judgeKnock = (instance: Instance | null, answer: Probe): KnockFinding => {
  if (answer.kind === 'alive' && isSame(instance ?? answer.instance, answer.instance)) {
    return 'found';
  }
  if (instance) return 'stranger';
  if (answer.kind === 'missing' || answer.kind === 'refused') return 'absent';
  return answer.kind === 'silent' ? 'hung' : 'unclear';
};

const isSame = (one: Instance, other: Instance): boolean =>
  one.pid === other.pid && one.startTime === other.startTime;

/**
 * Why a server that is known did not answer as it should. `foreign`: somebody else has its socket; `strange`: it
 * said nothing that can be read; `doubtful`: neither is proven.
 */
export type Finding = 'ended' | 'socket-lost' | 'hung' | 'foreign' | 'strange' | 'doubtful';

const judgeSilence = ({ stat, hasSocket }: Sight, otherwise: Finding): Finding => {
  if (!stat) return 'ended';
  return hasSocket ? otherwise : 'socket-lost';
};

/** The socket did not lead to the server that is known. */
export const judgeStranger = (sight: Sight, answer: Probe['kind']): Finding => {
  if (answer === 'silent') return judgeSilence(sight, 'hung');
  if (answer === 'missing' || answer === 'unclear') return judgeSilence(sight, 'doubtful');
  return sight.stat ? 'foreign' : 'ended';
};

/** A listing did not come, or not as asked for. The client that asked was connected before: it may be of another. */
export const judgeListing = (
  sight: Sight,
  answer: Exclude<Listed<unknown>['kind'], 'listed'>,
): Finding => {
  const findings = { silent: 'hung', strange: 'strange', foreign: 'doubtful' } as const;
  return judgeSilence(sight, findings[answer]);
};

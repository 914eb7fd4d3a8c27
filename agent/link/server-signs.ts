import type { Instance, ServerEnd } from '../model/events/server.ts';
import type { Probe } from './tmux/probe.ts';
import type { SentinelEnd } from './tmux/waiting-client.ts';

/** After its sentinel ended, a server is looked at this often until it is gone or clearly is not, ms. */
export const goneAfterMs = [0, 1, 2, 4, 8, 16, 32, 64, 128, 250];

/** What the end of its sentinel tells of a server that is gone. */
export const howEnded = (end: SentinelEnd | null | undefined): ServerEnd => {
  if (end?.killed) return 'killed';
  return end?.released ? 'exited' : 'unknown';
};

/** Whether the server that answered a knock is the one that is known. */
export const isOurs = (found: Probe, instance: Instance): boolean =>
  found.kind === 'alive' && found.instance.pid === instance.pid;

import { existsSync } from 'node:fs';
import type { Instance } from '../../model/events/server.ts';
import type { ProcStat } from '../../model/proc-stat.ts';
import { instanceStat } from '../../os/process-stat.ts';
import { applyManagedSettings } from '../command/managed-settings.ts';
import { type Probe, probe } from '../tmux/probe.ts';
import type { Sight } from './judge.ts';

/** How a server, its socket and its process are looked at. */
export interface Access {
  probe(socket: string): Promise<Probe>;
  /** @throws where there is no descriptor to spare */
  statOf(instance: Instance): ProcStat | null;
  exists(path: string): boolean;
  applySettings(socket: string): Promise<void>;
}

export const realAccess: Access = {
  probe,
  statOf: instanceStat,
  exists: existsSync,
  applySettings: applyManagedSettings,
};

/** @throws as `statOf` */
export const see = (socket: string, instance: Instance | null, access: Access): Sight => ({
  stat: instance && access.statOf(instance),
  hasSocket: access.exists(socket),
});

import type { DeathRecord } from '../model/events/death.ts';
import type { State } from '../model/state.ts';
import type { Evidence } from './evidence.ts';

/** What came in about one incident. */
export interface Case {
  deaths: DeathRecord[];
  serverEnd: Evidence['serverEnd'];
}

/** What is known besides. */
export interface Background {
  state(): State;
  bootId: string;
  /** Whether the run before this one was told to stop. */
  cleanStop: boolean;
}

/** The evidence of one incident on `server`. */
export const gather = (
  server: string,
  { deaths, serverEnd }: Case,
  { state, bootId, cleanStop }: Background,
): Evidence => {
  const boot = bootId.slice(0, 8);
  const rebooted = deaths.some(({ life }) => !life.startsWith(`${boot}/`));
  const trouble = deaths[0]?.serverState;
  return {
    server: { name: server, managed: state().servers[server]?.managed ?? false },
    serverEnd,
    trouble: trouble === 'hung' || trouble === 'socket-lost' ? trouble : null,
    reboot: rebooted ? { clean: cleanStop } : null,
    deaths,
  };
};

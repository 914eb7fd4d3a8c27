import type { State } from '../state.ts';
import { plural } from '../text/plural.ts';

/** One sentence on what the agent does now: for systemd, and for people. */
export const statusText = (state: State, log: { status: string; code: string }): string => {
  const count = Object.keys(state.lives).length;
  const live = Object.values(state.servers).filter(({ status }) => status === 'alive').length;
  const troubled = Object.values(state.servers).filter(({ status }) =>
    ['hung', 'socket-lost', 'dead'].includes(status),
  );
  const trouble = troubled.map(({ server, status }) => `; server ${server} is ${status}`).join('');
  const disk = log.status === 'ok' ? '' : `; the log waits in memory (${log.code})`;
  const refused = state.refused ? '; the new configuration was refused, the old one stays' : '';
  const units = Object.keys(state.units ?? {}).length;
  const beside = units > 0 ? ` and ${plural(units, 'unit')}` : '';
  const what = `${plural(count, 'session')} on ${plural(live, 'server')}${beside}`;
  return `supervising ${what}${trouble}${disk}${refused}`;
};

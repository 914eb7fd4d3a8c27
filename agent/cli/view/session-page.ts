import type { SessionStatus } from '../../model/status/session-status.ts';
import { printable } from '../../model/text/printable.ts';
import type { Terminal } from '../frame/terminal.ts';
import { refreshLines } from './refresh-lines.ts';
import { sessionTable } from './session-table.ts';
import { truncate } from './width.ts';

/** Sessions of one name: their line of the table, and what is known of the login of each. */
export const sessionPage = (
  sessions: readonly SessionStatus[],
  now: number,
  terminal: Terminal,
): string[] => [
  ...sessionTable(sessions, sessions.length, now, terminal),
  ...sessions.flatMap(({ server, session, refresh }) => {
    const lines = refresh ? refreshLines(refresh, now) : [];
    const head = sessions.length > 1 && lines.length > 0 ? [`${server}:${session}`] : [];
    return [...head, ...lines].map((text) => truncate(printable(text), terminal.columns));
  }),
];

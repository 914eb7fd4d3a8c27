import { duration } from '../../model/duration.ts';
import type { SessionStatus } from '../../model/status/session-status.ts';
import type { StatusDocument } from '../../model/status/status.ts';
import { plural } from '../../model/text/plural.ts';
import { printable } from '../../model/text/printable.ts';
import { size } from '../../model/text/quantity.ts';
import type { Terminal } from '../frame/terminal.ts';
import { serverTable } from '../view/server-table.ts';
import { truncate } from '../view/width.ts';

const mostServers = 6;
const mostTroubled = 3;

/** Sessions that a person may have to look after. */
const troubled = (sessions: readonly SessionStatus[]): string[] => {
  const down = sessions.filter(({ status }) => status === 'dead' || status === 'waiting');
  const more = down.length - mostTroubled;
  return [
    ...down.slice(0, mostTroubled).map(({ session, status }) => `${session} is ${status}`),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
};

const lastLine = ({ agent, sessions, totals }: StatusDocument, now: number): string => {
  const up = sessions.filter(({ status }) => status === 'up').length;
  const since = duration(Math.floor((now - agent.startedAt) / 60_000) * 60_000);
  return [
    `${plural(up, 'session')} up`,
    plural(totals.died, 'death'),
    `agent ${size(agent.rssBytes)}`,
    ...(now - agent.startedAt < 60_000 ? [] : [`for ${since}`]),
    'Ctrl-C stops',
  ].join(' · ');
};

/** The lines that `up` redraws in place. They change rarely: no second counts in them. */
export const liveLines = (document: StatusDocument, now: number, terminal: Terminal): string[] => {
  // The last column stays free: some terminals wrap when it is written to.
  const narrower: Terminal = { ...terminal, columns: terminal.columns - 1, rows: terminal.rows };
  const minute = Math.floor(now / 60_000) * 60_000;
  const cut = (text: string): string => truncate(printable(text), narrower.columns);
  const { servers, sessions } = document;
  return [
    '',
    ...serverTable(servers.slice(0, mostServers), minute, narrower),
    ...troubled(sessions).map((text) => terminal.paint('yellow', cut(text))),
    terminal.paint('dim', cut(lastLine(document, now))),
  ];
};

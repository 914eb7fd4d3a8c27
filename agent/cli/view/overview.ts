import { duration } from '../../model/duration.ts';
import type { StatusDocument } from '../../model/status/status.ts';
import { statusHomes } from '../../model/status/status-homes.ts';
import { plural } from '../../model/text/plural.ts';
import { printable } from '../../model/text/printable.ts';
import { percent, size } from '../../model/text/quantity.ts';
import type { CurrentStatus } from '../frame/current-status.ts';
import type { Terminal } from '../frame/terminal.ts';
import { incidentTable } from './incident-table.ts';
import { needsYou } from './needs-you.ts';
import { notifierText, notifierTroubles } from './notifier-lines.ts';
import { refreshTroubles } from './refresh-lines.ts';
import { serverTable } from './server-table.ts';
import { sessionTable } from './session-table.ts';
import { unitTable } from './unit-table.ts';
import { truncate } from './width.ts';

const shownIncidents = 3;

const headline = ({ document, source }: CurrentStatus, now: number, terminal: Terminal): string => {
  const { agent } = document;
  const state =
    source === 'agent'
      ? `${agent.text} · up ${duration(now - agent.startedAt)}`
      : `not running · as of ${duration(now - document.writtenAt)} ago`;
  const text = truncate(printable(`holdfast ${agent.version} · ${state}`), terminal.columns);
  return terminal.paint('bold', text);
};

const agentLine = ({ agent, host, totals }: StatusDocument, terminal: Terminal): string => {
  const parts = [
    `agent ${size(agent.rssBytes)}`,
    plural(totals.died, 'death'),
    `${totals.events} events`,
    ...(host ? [`load ${host.load[0].toFixed(2)}`, `cpu ${percent(host.cpuBusy)}`] : []),
    ...(host ? [`memory free ${size(host.memoryAvailableBytes)}`] : []),
  ];
  return terminal.paint('dim', truncate(parts.join(' · '), terminal.columns));
};

const notifierLine = (document: StatusDocument, now: number, terminal: Terminal): string[] => {
  const text = notifierText(document, now);
  return text === null ? [] : [terminal.paint('dim', truncate(text, terminal.columns))];
};

/** Nothing where it sees, or an older agent does not say. */
const witnessLine = ({ witness }: StatusDocument, terminal: Terminal): string[] => {
  if (!witness || witness.state === 'sees') return [];
  const text = `Witness: who sends a signal is not seen: ${witness.why}; holdfast doctor`;
  return [terminal.paint('yellow', truncate(printable(text), terminal.columns))];
};

/** What keeps Holdfast, or a bot, from doing its work: shown only when there is something. */
const troubles = (document: StatusDocument, now: number): string[] => {
  const { agent, links, servers, notifier = null, forecasts = [] } = document;
  const homes = statusHomes(document);
  return [
    ...(agent.refused
      ? [`the new configuration was refused, the old one stays: ${agent.refused.first}`]
      : []),
    ...(agent.log.status === 'ok'
      ? []
      : [`the log takes no events now (${agent.log.code}): ${agent.log.queued} wait in memory`]),
    ...(agent.log.dropped > 0 ? [`${plural(agent.log.dropped, 'event')} could not be kept`] : []),
    ...(agent.journal?.status === 'degraded'
      ? [
          `the journal takes no entries now (${agent.journal.code}): ${agent.journal.dropped} given up`,
        ]
      : []),
    ...links
      .filter((link) => !link.connected)
      .map((link) => `the link of ${link.owner} is gone: its tmux servers cannot be asked`),
    ...servers
      .filter(({ unlimited }) => unlimited)
      .map(({ server, unlimited }) => `limits on ${server} are not in force: ${unlimited}`),
    ...servers
      .filter(({ ownerDoubt }) => ownerDoubt)
      .map(({ server, ownerDoubt }) => `${server}: ${ownerDoubt}`),
    ...needsYou(homes).map(({ text }) => text),
    ...forecasts.map(({ text }) => text),
    ...refreshTroubles(homes),
    ...notifierTroubles(notifier, now),
  ];
};

const section = (lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', ...lines]);

/** One screen: the agent, its servers, the sessions (cut to the terminal's height), the last incidents. */
export const overview = (current: CurrentStatus, now: number, terminal: Terminal): string[] => {
  const { document } = current;
  const newest = [...document.incidents].sort((a, b) => b.at - a.at).slice(0, shownIncidents);
  const above = [
    headline(current, now, terminal),
    agentLine(document, terminal),
    ...notifierLine(document, now, terminal),
    ...(current.source === 'agent' ? witnessLine(document, terminal) : []),
    ...(current.source === 'agent' ? troubles(document, now) : []).map((text) =>
      terminal.paint('red', truncate(printable(text), terminal.columns)),
    ),
    ...section(serverTable(document.servers, now, terminal)),
    ...section(unitTable(document.units ?? [], document.unitsUnseen ?? null, now, terminal)),
  ];
  const below =
    newest.length === 0
      ? section([terminal.paint('dim', 'no incidents')])
      : section(incidentTable(newest, now, terminal));
  // Two for the blank line and the header of the sessions, one for the shell's next prompt.
  const room = terminal.rows - above.length - below.length - 3;
  const sessions =
    document.sessions.length === 0
      ? ['no sessions']
      : sessionTable(document.sessions, Math.max(3, room), now, terminal);
  return [...above, ...section(sessions), ...below];
};

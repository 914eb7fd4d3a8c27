import type { SessionStatus } from '../../model/status/session-status.ts';
import type { StatusDocument } from '../../model/status/status.ts';
import { statusHomes } from '../../model/status/status-homes.ts';
import type { UnitLine } from '../../model/status/unit-line.ts';
import { printable } from '../../model/text/printable.ts';
import { percent, size } from '../../model/text/quantity.ts';
import type { Terminal } from '../frame/terminal.ts';
import { needsYou } from '../view/needs-you.ts';
import { ago, clock } from '../view/time.ts';
import { truncate } from '../view/width.ts';
import { entriesOf } from './entry.ts';
import { type Order, ordered, sortKeys } from './order.ts';
import { entryRows } from './rows.ts';

export interface Shown {
  document: StatusDocument;
  /** False: the document is the last that was heard. */
  answers: boolean;
  order: Order;
  /** Lines of the table scrolled past. */
  skipped: number;
}

const statuses: readonly SessionStatus['status'][] = ['up', 'dead', 'waiting', 'stopped'];

const unitStatuses: readonly UnitLine['status'][] = [
  ...(['up', 'failed', 'missing', 'restarting', 'stopped', 'unknown'] as const),
];

/** `4 up, 2 dead`; empty where there are none. */
const countsOf = <S extends string>(all: readonly { status: S }[], known: readonly S[]): string =>
  known
    .map((status) => ({ status, count: all.filter((one) => one.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`)
    .join(', ');

const headCounts = ({ sessions, units = [], unitsUnseen = null }: StatusDocument): string => {
  const ofUnits = countsOf(units, unitStatuses);
  const parts = [
    countsOf(sessions, statuses),
    ofUnits && `units: ${ofUnits}`,
    units.length > 0 && unitsUnseen !== null ? 'systemd cannot be asked' : '',
  ];
  return parts.filter((part) => part !== '').join(' · ') || 'no sessions';
};

/** Of the first bot that waits for a person, as there is one line. */
const needsText = (document: StatusDocument): string => {
  const [first, ...more] = needsYou(statusHomes(document));
  if (!first) return '';
  return ` · ${first.text}${more.length > 0 ? ` and ${more.length} more` : ''}`;
};

/** An agent that answers at all does so within seconds, ms. */
const staleMs = 20_000;

const headOf = (shown: Shown, now: number, terminal: Terminal): string[] => {
  const { agent, host, writtenAt } = shown.document;
  const answers = shown.answers && now - writtenAt < staleMs;
  const counts = `${headCounts(shown.document)}${needsText(shown.document)}`;
  const first = answers
    ? `holdfast · ${clock(now)} · ${counts}`
    : `the agent does not answer · as of ${ago(writtenAt, now)} · ${counts}`;
  const machine = host
    ? [
        `load ${host.load[0].toFixed(2)}`,
        `cpu ${percent(host.cpuBusy)}`,
        `free ${size(host.memoryAvailableBytes)} of ${size(host.memoryTotalBytes)}`,
      ]
    : [];
  const second = [...machine, `agent ${size(agent.rssBytes)}`].join(' · ');
  const cut = (text: string): string => truncate(printable(text), terminal.columns);
  return [
    terminal.paint(answers ? 'bold' : 'red', cut(first)),
    terminal.paint('dim', cut(second)),
    '',
  ];
};

const footOf = (
  { order }: Shown,
  part: { from: number; to: number; all: number },
  terminal: Terminal,
): string => {
  const { from, to, all } = part;
  const where = to - from < all ? [`${from + 1}–${to} of ${all}`] : [];
  const keys = sortKeys.map((key) => key[0]).join(' ');
  const text = [...where, `by ${order.by}${order.reverse ? ' ↑' : ''}`, keys, 'q quits'];
  return terminal.paint('dim', truncate(text.join(' · '), terminal.columns));
};

/** Lines beside those of sessions and units: the head of three, the header of the table, the foot. */
const frameLines = 5;

/** How many lines of the table there is room for. */
export const roomOf = (rows: number): number => Math.max(1, rows - frameLines);

/** Where scrolling ends. */
export const lastSkipped = (all: number, rows: number): number => Math.max(0, all - roomOf(rows));

/** The whole page, at most as high and as wide as the terminal. */
export const page = (shown: Shown, now: number, terminal: Terminal): string[] => {
  const entries = ordered(entriesOf(shown.document), shown.order);
  const all = entries.length;
  const from = Math.min(Math.max(0, shown.skipped), lastSkipped(all, terminal.rows));
  const to = Math.min(all, from + roomOf(terminal.rows));
  const lines = [
    ...headOf(shown, now, terminal),
    ...(all === 0 ? ['no sessions'] : entryRows(entries, { from, to }, now, terminal)),
  ];
  const foot = terminal.isTerminal ? [footOf(shown, { from, to, all }, terminal)] : [];
  return [...lines.slice(0, Math.max(1, terminal.rows - foot.length)), ...foot];
};

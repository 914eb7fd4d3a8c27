import { printable } from '../../model/printable.ts';
import { percent, size } from '../../model/quantity.ts';
import type { SessionStatus, StatusDocument } from '../../model/status.ts';
import type { Terminal } from '../frame/terminal.ts';
import { ago, clock } from '../view/time.ts';
import { truncate } from '../view/width.ts';
import { type Order, ordered, sortKeys } from './order.ts';
import { sessionRows } from './session-rows.ts';

export interface Shown {
  document: StatusDocument;
  /** False: the document is the last that was heard. */
  answers: boolean;
  order: Order;
  /** Sessions scrolled past. */
  skipped: number;
}

const statuses: readonly SessionStatus['status'][] = ['up', 'dead', 'waiting', 'stopped'];

const countsOf = (sessions: readonly SessionStatus[]): string => {
  const counts = statuses
    .map((status) => [sessions.filter((session) => session.status === status).length, status])
    .filter(([count]) => count !== 0)
    .map((pair) => pair.join(' '));
  return counts.length === 0 ? 'no sessions' : counts.join(', ');
};

/** An agent that answers at all does so within seconds, ms. */
const staleMs = 20_000;

const headOf = (shown: Shown, now: number, terminal: Terminal): string[] => {
  const { agent, host, sessions, writtenAt } = shown.document;
  const answers = shown.answers && now - writtenAt < staleMs;
  const counts = countsOf(sessions);
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

/** Lines that are no sessions: the head of three, the header of the table, the foot. */
const frameLines = 5;

/** How many sessions there is room for. */
export const roomOf = (rows: number): number => Math.max(1, rows - frameLines);

/** Where scrolling ends. */
export const lastSkipped = (sessions: number, rows: number): number =>
  Math.max(0, sessions - roomOf(rows));

/** The whole page, at most as high and as wide as the terminal. */
export const page = (shown: Shown, now: number, terminal: Terminal): string[] => {
  const sessions = ordered(shown.document.sessions, shown.order);
  const all = sessions.length;
  const from = Math.min(Math.max(0, shown.skipped), lastSkipped(all, terminal.rows));
  const to = Math.min(all, from + roomOf(terminal.rows));
  const lines = [
    ...headOf(shown, now, terminal),
    ...(all === 0 ? ['no sessions'] : sessionRows(sessions, { from, to }, now, terminal)),
  ];
  const foot = terminal.isTerminal ? [footOf(shown, { from, to, all }, terminal)] : [];
  return [...lines.slice(0, Math.max(1, terminal.rows - foot.length)), ...foot];
};

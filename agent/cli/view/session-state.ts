import type { BotStatus } from '../../model/status/bot-status.ts';
import type { SessionStatus } from '../../model/status/session-status.ts';
import { printable } from '../../model/text/printable.ts';
import type { Style } from '../frame/terminal.ts';
import { healthStyles } from './health-page.ts';
import type { Cell } from './table.ts';

const styles: Readonly<Record<SessionStatus['status'], Style>> = {
  up: 'green',
  waiting: 'yellow',
  dead: 'red',
  stopped: 'dim',
};

/** What needs a person comes first. */
const botStyles: Readonly<Record<BotStatus['state'], Style>> = {
  'logged-out': 'red',
  lost: 'red',
  disconnected: 'red',
  'needs-login': 'yellow',
  degraded: 'yellow',
  connecting: 'yellow',
  unknown: 'green',
  ready: 'green',
};

const urgency = Object.keys(botStyles) as BotStatus['state'][];

/** Of the bot in it that is worst off; null: it has none. */
const worstOf = ({ bots = [] }: Pick<SessionStatus, 'bots'>): BotStatus['state'] | null =>
  urgency.find((state) => bots.some((bot) => bot.state === state)) ?? null;

/** Why it is not up, in a word or two; a reason of a newer release is shown as it is. */
const heldTexts: Readonly<Record<string, string>> = {
  'backing-off': 'backing off',
  'short-of-memory': 'waits for memory',
  'waits-for-other': 'waits for another',
  'clean-exit': 'done',
  'restart-off': '',
};

const heldText = ({ status, breaker, held }: SessionStatus): string => {
  if (breaker === 'open') return 'given up';
  if (status === 'up') return breaker === 'half-open' ? 'on trial' : '';
  if (!held) return '';
  return Object.hasOwn(heldTexts, held.reason) ? (heldTexts[held.reason] ?? '') : held.reason;
};

/** A bot that waits for a person is not only not ready. */
const needsPerson = ({ bots = [] }: Pick<SessionStatus, 'bots'>): boolean =>
  bots.some(({ needs }) => needs !== null && needs !== undefined);

/** Of the bots of a unit the one that is worst off; empty where none has spoken. */
export const botCell = (home: Pick<SessionStatus, 'bots'>): Cell => {
  const worst = worstOf(home);
  return worst === null ? { text: '' } : { text: worst, style: botStyles[worst] };
};

/** How something is, and its bots with it: `up, ready`, or `up, needs you`. */
export const withBots = (state: Cell, home: Pick<SessionStatus, 'bots'>): Cell => {
  if (needsPerson(home)) return { text: `${state.text}, needs you`, style: 'yellow' };
  const worst = worstOf(home);
  if (worst === null || worst === 'unknown') return state;
  return { text: `${state.text}, ${worst}`, style: botStyles[worst] };
};

/** `up`; where a bot runs in it, `up, ready`, or `up, needs you`; where something holds it, `dead, backing off`. */
export const stateCell = (session: SessionStatus): Cell => {
  const held = heldText(session);
  const text = printable(held === '' ? session.status : `${session.status}, ${held}`);
  return withBots({ text, style: styles[session.status] ?? null }, session);
};

/** How its checks find it; empty where there are none. */
export const healthCell = ({ health }: Pick<SessionStatus, 'health'>): Cell =>
  health
    ? { text: printable(health.status), style: healthStyles[health.status] ?? null }
    : { text: '' };

import { printable } from '../../model/printable.ts';
import type { BotStatus, SessionStatus } from '../../model/status.ts';
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
const worstOf = ({ bots = [] }: SessionStatus): BotStatus['state'] | null =>
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

/** `up`; where a bot runs in it, `up, needs-login`; where something holds it, `dead, backing off`. */
export const stateCell = (session: SessionStatus): Cell => {
  const style = styles[session.status] ?? null;
  const held = heldText(session);
  const text = printable(held === '' ? session.status : `${session.status}, ${held}`);
  const worst = worstOf(session);
  if (worst === null || worst === 'unknown') return { text, style };
  return { text: `${text}, ${worst}`, style: botStyles[worst] };
};

/** How its checks find it; empty where there are none. */
export const healthCell = ({ health }: SessionStatus): Cell =>
  health
    ? { text: printable(health.status), style: healthStyles[health.status] ?? null }
    : { text: '' };

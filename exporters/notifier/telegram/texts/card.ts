import type { BotNeed } from '../../../../agent/model/events/bot.ts';
import type { Severity } from '../../../../agent/model/severity.ts';
import { code, type Rich } from '../format/rich.ts';

const severities: Readonly<Record<Severity, string>> = {
  critical: '🔴 Critical',
  error: '🟠 Error',
  warning: '🟡 Warning',
  notice: '🔵 Notice',
  info: '⚪ Info',
};

export const cardTexts = {
  severity: (severity: Severity): string => severities[severity],
  resolved: '🟢 Resolved',
  acknowledged: '👍 Acknowledged',
  /** Before a name that looks like a state of ours. */
  named: 'named ',
  screen: (session: string): Rich => ['Last lines of ', code(session), ':'],
  login: (need: BotNeed | null): string =>
    need === 'qr' ? 'Show QR' : need === 'code' ? 'Show code' : 'Log in',
  buttons: {
    why: 'Why',
    screen: 'Screen',
    restart: 'Restart',
    acknowledge: 'Acknowledge',
    silence: 'Silence 1 h',
  },
} as const;

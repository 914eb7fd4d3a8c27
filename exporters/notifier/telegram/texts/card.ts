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
  buttons: {
    why: 'Why',
    screen: 'Screen',
    restart: 'Restart',
    acknowledge: 'Acknowledge',
    silence: 'Silence 1 h',
  },
} as const;

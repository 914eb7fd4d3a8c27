import type { UnitLine } from '../../../../agent/model/status/unit-line.ts';
import { plural } from '../../../../agent/model/text/plural.ts';
import { code, type Rich } from '../format/rich.ts';

const signs: Readonly<Record<UnitLine['status'], string>> = {
  up: '🟢',
  restarting: '🟡',
  unknown: '🟡',
  stopped: '⚪',
  failed: '⚫',
  missing: '⚫',
};

/** What is said of declared units of systemd alone. */
export const unitTexts = {
  signs,
  unit: 'unit of systemd ',
  counts: (deaths: number, bySystemd: number | null, byUs: number): string =>
    [
      plural(deaths, 'death'),
      ...(bySystemd === null ? [] : [`started again by systemd ${plural(bySystemd, 'time')}`]),
      `restarted for its health ${plural(byUs, 'time')}`,
    ].join(', '),
  breaker: {
    open: 'Holdfast restarts it no more: it did so too often',
    'half-open': 'Holdfast tries it once more',
  },
  health: 'health: ',
  bot: (bot: string): Rich => (bot === '' ? 'bot: ' : ['bot ', code(bot, 80), ': ']),
  lastEnd: (how: string, when: string): string => `last end: ${how} ${when}: `,
  lastLines: (name: string, when: string): Rich => ['Last lines of ', code(name, 80), `, ${when}`],
  noScreen: (name: string): Rich => [
    code(name, 80),
    ' is a unit of systemd: it has no screen. What it prints is in its journal.',
  ],
} as const;

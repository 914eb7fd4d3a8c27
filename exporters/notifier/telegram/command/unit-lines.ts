import { duration } from '../../../../agent/model/duration.ts';
import type { UnitLine } from '../../../../agent/model/status/unit-line.ts';
import { plural } from '../../../../agent/model/text/plural.ts';
import { foreign } from '../format/foreign.ts';
import { bold, code, lines, type Rich } from '../format/rich.ts';
import { ago } from '../format/time.ts';
import { unitTexts } from '../texts/units.ts';

/** What no person has to look at: it runs, or somebody stopped it. */
const quiet: ReadonlySet<UnitLine['status']> = new Set(['up', 'stopped', 'restarting', 'unknown']);

/** What systemd has given up, or does not have. */
export const isDown = ({ status }: UnitLine): boolean => !quiet.has(status);

export const unitSign = ({ status }: UnitLine): string => unitTexts.signs[status] ?? '⚠️';

const mostReason = 300;

const botLine = ({ bot, state, why }: UnitLine['bots'][number]): Rich => [
  unitTexts.bot(bot),
  state,
  why === '' ? '' : [': ', foreign(why, 'plain', mostReason)],
];

/** All that is known of one unit now. */
export const unitPage = (unit: UnitLine, now: number): Rich => {
  const { name, status, since, deaths, restarts, healthRestarts, breaker, health, end } = unit;
  return lines(
    [`${unitSign(unit)} `, code(name, 80), bold(` ${status}`), ` ${ago(since, now)}`],
    [unitTexts.unit, code(unit.unit)],
    unitTexts.counts(deaths, restarts, healthRestarts),
    breaker === 'closed' ? null : unitTexts.breaker[breaker],
    health && [unitTexts.health, health.status, ': ', foreign(health.reason, 'plain', mostReason)],
    ...unit.bots.map(botLine),
    end && [unitTexts.lastEnd(end.how, ago(end.at, now)), foreign(end.why, 'plain', mostReason)],
  );
};

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;

/** Its line among the sessions. */
export const unitLine = (unit: UnitLine, now: number): Rich => {
  const { name, startedAt, rssBytes, deaths, since, status } = unit;
  const from = status === 'up' ? (startedAt ?? since) : since;
  const about = [
    ...(status === 'up' || status === 'stopped' ? ['unit'] : [`unit, ${status}`]),
    duration(Math.max(0, now - from)).split(' ')[0] ?? '',
    ...(status === 'up' && rssBytes !== null ? [mebibytes(rssBytes)] : []),
    ...(deaths > 0 ? [plural(deaths, 'death')] : []),
  ];
  return [`${unitSign(unit)} `, code(name, 80), ` ${about.join(', ')}`];
};

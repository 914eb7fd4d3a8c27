import { duration } from '../../../model/duration.ts';
import type { UnitEvents } from '../../../model/events/unit.ts';
import type { Texts } from './texts.ts';

export const unitTexts: Texts<UnitEvents> = {
  'unit.declared': ({ unit }) => `declared: the unit ${unit}`,
  'unit.undeclared': () => 'no longer declared',
  'unit.up': ({ unit, pid }) => `${unit} runs${pid === null ? '' : `, pid ${pid}`}`,
  'unit.ended': ({ unit, how, why, next, ageMs }) =>
    `${unit} ${how} after ${duration(ageMs)}: ${why}${next === 'restarting' ? '; it is started again' : ''}`,
  'unit.output': ({ unit, output, why }) =>
    `last lines of ${unit}: ${output ? `${output.lines} kept` : why}`,
  'unit.failed': ({ unit, why }) => `systemd gave up ${unit}: ${why}`,
  'unit.down': ({ unit, why }) => `${unit}: ${why}`,
};

import type { UnitLine } from '../../model/status/unit-line.ts';
import { printable } from '../../model/text/printable.ts';
import type { Style } from '../frame/terminal.ts';
import { withBots } from './session-state.ts';
import type { Cell } from './table.ts';

const styles: Readonly<Record<UnitLine['status'], Style>> = {
  up: 'green',
  restarting: 'yellow',
  unknown: 'yellow',
  stopped: 'dim',
  failed: 'red',
  missing: 'red',
};

/** Whether Holdfast may restart it for its health. */
const breakerTexts: Readonly<Record<UnitLine['breaker'], string>> = {
  closed: '',
  open: ', given up',
  'half-open': ', on trial',
};

/** `up`, or `up, given up` where it was restarted too often for its health. */
export const unitStanding = ({ status, breaker }: Pick<UnitLine, 'status' | 'breaker'>): Cell => ({
  text: printable(`${status}${breakerTexts[breaker] ?? ''}`),
  style: styles[status] ?? null,
});

/** The same with its bots, as sessions have them: `up, ready`, or `up, needs you`. */
export const unitStateCell = (unit: UnitLine): Cell => withBots(unitStanding(unit), unit);

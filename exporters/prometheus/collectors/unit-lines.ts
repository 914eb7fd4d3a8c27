import { distinct } from '../distinct.ts';
import type { Family, Labels, Sample } from '../family.ts';
import { labelValue } from '../label.ts';
import type { UnitLine } from '../state/document.ts';

/** Units are few; this only bounds what a damaged document can do. */
const maxUnits = 100;

export interface Line {
  labels: Labels;
  unit: UnitLine;
  /** ms since the epoch. */
  now: number;
}

export const unitLines = (units: readonly UnitLine[], now: number): Line[] =>
  distinct(
    units.slice(0, maxUnits).map((unit) => ({
      labels: { session: labelValue(unit.name), unit: labelValue(unit.unit) },
      ...{ unit, now },
    })),
    ({ labels }) => labels['session'] ?? '',
  );

/** A series for each unit. @param value null where it is absent */
export const ofEachUnit = (
  type: 'gauge' | 'counter',
  name: string,
  help: string,
  value: (unit: UnitLine) => number | null,
): Family<Line[]> => ({
  ...{ name, type, help },
  labels: ['session', 'unit'],
  samples: (lines): Sample[] =>
    lines.flatMap(({ labels, unit }) => {
      const now = value(unit);
      return now === null ? [] : [{ labels, value: now }];
    }),
});

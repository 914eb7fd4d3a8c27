import { plural } from '../../model/text/plural.ts';

const words = [
  ...['', 'First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth'],
  ...['Ninth', 'Tenth'],
];

const endings: Readonly<Record<Intl.LDMLPluralRule, string>> = {
  ...{ one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' },
};

const rules = new Intl.PluralRules('en', { type: 'ordinal' });

/** `Third`, `21st` */
export const ordinal = (count: number): string =>
  words[count] ?? `${count}${endings[rules.select(count)]}`;

const units = [
  { ms: 24 * 3_600_000, name: 'day' },
  { ms: 3_600_000, name: 'hour' },
] as const;

/** `6 days`, `3 hours`, `1 minute`: in the largest unit there are two of, rounded up, so that it holds. */
export const spanText = (ms: number): string => {
  const unit = units.find((one) => ms > one.ms) ?? { ms: 60_000, name: 'minute' };
  return plural(Math.max(1, Math.ceil(ms / unit.ms)), unit.name);
};

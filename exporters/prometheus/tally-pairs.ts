import { distinct } from './distinct.ts';
import type { Sample } from './family.ts';
import { tally } from './tally.ts';

/** One series per key of `counts` such as `session.create done`, split at its last space; one without any has no second. */
export const tallyPairs = (
  [first, second]: readonly [string, string],
  counts: Readonly<Record<string, number>>,
): Sample[] => {
  const split = ({ labels: { pair = '' }, value }: Sample): Sample => {
    const [, before = pair, after = ''] = /^(.*) (.*)$/s.exec(pair) ?? [];
    return { labels: { [first]: before, [second]: after }, value };
  };
  return distinct(tally('pair', counts).map(split), ({ labels }) =>
    JSON.stringify(Object.values(labels)),
  );
};

import { collector } from '../collector.ts';
import { distinct } from '../distinct.ts';
import type { Sample } from '../family.ts';
import type { Status } from '../state/document.ts';
import { tally } from '../tally.ts';

/** Splits `session.create done` at its last space; a key without one has no outcome. */
const kindAndOutcome = ({ labels: { action = '' }, value }: Sample): Sample => {
  const [, kind = action, outcome = ''] = /^(.*) (.*)$/s.exec(action) ?? [];
  return { labels: { kind, outcome }, value };
};

const byKindAndOutcome = (counts: Status['totals']['actions']): Sample[] =>
  distinct(tally('action', counts).map(kindAndOutcome), ({ labels }) =>
    JSON.stringify(Object.values(labels)),
  );

export const actions = collector({
  name: 'actions',
  about: 'What Holdfast decided and did.',
  input: ({ state }) => state.document,
  families: [
    {
      name: 'holdfast_decisions_total',
      type: 'counter',
      help: 'Decisions, by their named reason.',
      labels: ['reason'],
      samples: ({ totals }) => tally('reason', totals.decisions),
    },
    {
      name: 'holdfast_actions_total',
      type: 'counter',
      help: 'Actions settled, by kind and outcome: `done`, `failed`, or `lost` when nobody can tell.',
      labels: ['kind', 'outcome'],
      samples: ({ totals }) => byKindAndOutcome(totals.actions),
    },
  ],
});

import { collector } from '../collector.ts';
import { tally } from '../tally.ts';
import { tallyPairs } from '../tally-pairs.ts';

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
      samples: ({ totals }) => tallyPairs(['kind', 'outcome'], totals.actions),
    },
  ],
});

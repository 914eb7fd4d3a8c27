import { collector } from '../collector.ts';
import { distinct } from '../distinct.ts';
import { type Sample, single } from '../family.ts';
import { labelValue } from '../label.ts';
import type { Status } from '../state/document.ts';

const toSample = ({ owner, connected }: Status['links'][number]): Sample => ({
  labels: { owner: labelValue(owner) },
  value: connected ? 1 : 0,
});

export const links = collector({
  name: 'links',
  about: 'The link processes, which run every tmux client as the owner of the sessions.',
  input: ({ state }) => state.document,
  families: [
    {
      name: 'holdfast_link_up',
      type: 'gauge',
      help: 'Whether the link of an owner is connected to the agent.',
      labels: ['owner'],
      samples: (document) =>
        distinct(document.links.map(toSample), ({ labels }) => labels['owner'] ?? ''),
    },
    {
      name: 'holdfast_resyncs_total',
      type: 'counter',
      help: 'Comparisons of what the agent knows with what tmux lists, since the agent started.',
      labels: [],
      samples: ({ totals }) => single(totals.resyncs),
    },
  ],
});

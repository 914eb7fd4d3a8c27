import t from 'tap';
import {
  maxText,
  type PaneScreens,
  withRoom,
} from '../../../../../agent/observe/machine/last-screens/room.ts';

const paneOf = (pane: string, length: number, changes: Partial<PaneScreens> = {}): PaneScreens => ({
  ...{ life: 'life', pane, owner: 'ann', declared: false, kept: null, round: -1 },
  fresh: { text: 'x'.repeat(length), shown: 1, takenAt: 5 },
  ...changes,
});
const quarter = maxText / 4;
const namesOf = (panes: readonly PaneScreens[]): string[] => panes.map(({ pane }) => pane);

t.test('no owner takes the room of another', async (t) => {
  const many = ['a', 'b', 'c', 'd', 'e'].map((pane) => paneOf(pane, quarter, { owner: 'eve' }));
  t.strictSame(namesOf(withRoom([...many, paneOf('mine', 9), paneOf('too', 9)])), [
    ...['a', 'mine', 'too', 'b', 'c'],
  ]);
});

t.test('of one owner declared sessions come first, then what is newest', async (t) => {
  const newer = { text: 'x'.repeat(quarter), shown: 1, takenAt: 9 };
  const panes = [
    ...[paneOf('a', quarter), paneOf('b', quarter), paneOf('c', quarter)],
    paneOf('newer', 0, { fresh: newer }),
    paneOf('declared', quarter, { declared: true }),
  ];
  t.strictSame(namesOf(withRoom(panes)), ['declared', 'newer', 'a', 'b']);
});

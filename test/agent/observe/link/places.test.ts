import { Socket } from 'node:net';
import t from 'tap';
import { createPlaces } from '../../../../agent/observe/link/places.ts';

/** Four places, two for each user; who has one, in the order in which they came. */
const taking = () => {
  const places = createPlaces(4, 2);
  const come = (uid: number) => {
    const socket = new Socket();
    return { socket, isIn: places.take(socket, uid) };
  };
  return { places, come };
};

t.test('who has all he may have gets no more', async (t) => {
  const { come } = taking();
  come(1);
  const second = come(1);
  t.notOk(come(1).isIn);
  second.socket.destroy();
  await new Promise(setImmediate);
  t.ok(come(1).isIn);
});

t.test('where all are taken, whoever has more than the newcomer gives one up', async (t) => {
  const { places, come } = taking();
  const [link, spare] = [come(1), come(1)];
  places.believe(link.socket, 1);
  come(2);
  come(3);
  t.ok(come(4).isIn);
  t.ok(spare.socket.destroyed);
  t.notOk(link.socket.destroyed);
});

t.test('where each has one, nobody is pushed out', async (t) => {
  const { come } = taking();
  const all = [1, 2, 3, 4].map(come);
  t.notOk(come(5).isIn);
  t.notOk(come(1).isIn, 'nor for a second one');
  t.notOk(all.some(({ socket }) => socket.destroyed));
});

t.test('a new link takes the place of the last', async (t) => {
  const { places, come } = taking();
  const [before, after] = [come(1), come(1)];
  places.believe(before.socket, 1);
  places.believe(after.socket, 1);
  t.ok(before.socket.destroyed);
  t.ok(places.isBelieved(after.socket, 1));
  t.notOk(places.isBelieved(before.socket, 1));
});

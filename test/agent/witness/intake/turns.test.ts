import t from 'tap';
import { createTurns } from '../../../../agent/witness/intake/turns.ts';

/** Work that ends when it is told to. */
const working = () => {
  const ends: PromiseWithResolvers<void>[] = [];
  const turns = createTurns(() => {
    const end = Promise.withResolvers<void>();
    ends.push(end);
    return end.promise;
  });
  const started = async (): Promise<number> => {
    // What begins without waiting for anything has begun then.
    await new Promise((resolve) => setImmediate(resolve));
    return ends.length;
  };
  return { turns, started, end: (i: number) => ends[i] };
};

t.test('whoever asks gets one that begins later, and shares it', async (t) => {
  const { turns, started, end } = working();
  const [first, same] = [turns.turn(), turns.turn()];
  t.equal(first, same, 'it has not begun');
  t.equal(await started(), 1);
  const [second, third] = [turns.turn(), turns.turn()];
  t.not(second, first, 'what happened since may be missing from that');
  t.equal(second, third);
  t.equal(await started(), 1, 'never two at a time');
  end(0)?.resolve();
  await first;
  t.equal(await started(), 2);
  end(1)?.resolve();
  await second;
});

t.test('one that fails is told to those who asked for it, and the next is done', async (t) => {
  const { turns, started, end } = working();
  const first = turns.turn();
  await started();
  const second = turns.turn();
  end(0)?.reject(new Error('unreadable'));
  await t.rejects(first, /unreadable/);
  t.equal(await started(), 2);
  end(1)?.reject(new Error('still'));
  await t.resolves(turns.idle());
  await t.rejects(second, /still/);
});

import t from 'tap';
import { createReopened } from '../../../../exporters/notifier/outside/reopened.ts';

const rig = () => {
  const said: string[] = [];
  const held: PromiseWithResolvers<void>[] = [];
  const part = createReopened<{ start(): void; stop(): Promise<void> }>();
  const want = (name: string) =>
    part.want([name], () => {
      said.push(`open ${name}`);
      if (name === 'broken') throw new Error('it cannot be opened');
      return {
        start: () => said.push(`start ${name}`),
        stop: () => {
          said.push(`stop ${name}`);
          const stopped = Promise.withResolvers<void>();
          held.push(stopped);
          return stopped.promise;
        },
      };
    });
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { said, held, part, want, turn };
};

t.test('opened again when it changed, and started when the one before has stopped', async (t) => {
  const { said, held, part, want, turn } = rig();
  want('a');
  want('a');
  await turn();
  t.same(said.splice(0), ['open a', 'start a']);
  const first = part.current();
  want('b');
  await turn();
  t.same(said.splice(0), ['open b', 'stop a']);
  t.not(part.current(), first);
  want('c');
  held.shift()?.resolve();
  held.shift()?.resolve();
  await turn();
  t.same(said.splice(0), ['open c', 'stop b', 'start c'], 'what was wanted meanwhile alone');
  const stopped = part.stop();
  t.equal(part.current(), null);
  held.shift()?.resolve();
  await stopped;
  t.same(said, ['stop c']);
});

t.test('what cannot be opened leaves all as it was, and is tried again', async (t) => {
  const { said, part, want, turn } = rig();
  want('a');
  await turn();
  const before = part.current();
  t.throws(() => want('broken'));
  t.throws(() => want('broken'));
  t.equal(part.current(), before);
  t.same(said, ['open a', 'start a', 'open broken', 'open broken']);
});

t.test('what was to start is not started when it is to stop', async (t) => {
  const { said, held, part, want, turn } = rig();
  want('a');
  await turn();
  want('b');
  const stopped = part.stop();
  for (const one of held) one.resolve();
  await stopped;
  t.same(said, ['open a', 'start a', 'open b', 'stop a', 'stop b']);
});

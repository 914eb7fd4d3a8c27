import t from 'tap';
import { startGround } from './recovery-ground.ts';

/*
 * Whatever goes away between a decision, its action, what the link did and what is known of it: one life more, and no two.
 */

const ground = await startGround(t, 'agent', 'link');
const { rig, door, startLink, about, kill, createHeld, hasLives, restartAgent, restartLink } =
  ground;

const isListing = (name: string) => (line: string) =>
  line.includes('"server.listing"') && line.includes(`"server":"${name}"`);

const isAnswer = (line: string): boolean => line.includes('"tmuxId"') && line.includes('"result"');

t.test('an agent killed before the link was told', async (t) => {
  await createHeld('agent');
  await restartAgent();
  await hasLives(t, 'agent', 2);
  t.match(about('agent').outcomes.at(-2), { type: 'action.lost' });
});

/** Until the create is on its way; what the link then tells is held. */
const createUnheard = async (name: string, is: (line: string) => boolean): Promise<void> => {
  await createHeld(name);
  const heard = door.hold('to-agent', is);
  door.release('to-link');
  await heard;
};

t.test('an agent killed when the link did it, and it had not heard', async (t) => {
  await createUnheard('agent', isListing('agent'));
  await restartAgent();
  await hasLives(t, 'agent', 3);
  t.match(about('agent').outcomes.at(-1), { type: 'action.done', data: { settled: 'observed' } });
});

t.test('an agent killed when it saw the new life, and had no answer', async (t) => {
  await createUnheard('agent', isAnswer);
  await rig.supervised('agent');
  await restartAgent();
  await hasLives(t, 'agent', 4);
  t.match(about('agent').outcomes.at(-1), { type: 'action.done', data: { settled: 'observed' } });
});

t.test('an agent killed as soon as it knew', async (t) => {
  const before = about('agent').outcomes.length;
  kill('agent');
  await rig.until('the outcome', () =>
    about('agent').outcomes.length > before ? true : undefined,
  );
  await restartAgent();
  await hasLives(t, 'agent', 5);
});

t.test('a link killed before it did anything', async (t) => {
  await createHeld('link');
  await restartLink();
  await hasLives(t, 'link', 2);
  t.match(about('link').outcomes.at(-2), {
    type: 'action.failed',
    data: { code: 'connection-closed' },
  });
});

t.test('a link killed when it did it, and nobody had heard', async (t) => {
  await createUnheard('link', isListing('link'));
  await restartLink();
  await hasLives(t, 'link', 3);
});

t.test('agent and link killed when it was done, and nobody had heard', async (t) => {
  await createUnheard('link', isListing('link'));
  await Promise.all([rig.agent.kill('SIGKILL'), rig.link.kill('SIGKILL')]);
  await rig.startAgent();
  await startLink();
  await hasLives(t, 'link', 4);
});

import t from 'tap';
import { RequestFailure } from '../../../agent/model/failure.ts';
import {
  findIncident,
  findLife,
  findSilence,
  mustFindDeclared,
  mustFindLife,
  serversOf,
} from '../../../agent/model/find.ts';
import { after, birth, born, bot, running, started, work } from './sample.ts';
import { died, opened, silenced } from './sample-events.ts';
import { withUnit } from './unit-sample.ts';

const elsewhere = birth('work', 1, { server: 'mine', life: 'boot0001/9-9/$1' });
const namesake = birth('bot', 2, { server: 'mine', life: 'boot0001/9-9/$2', declared: false });
const renamed = birth('web', 3, { tmuxName: 'shown' });
const state = after(running, started(elsewhere), started(namesake), started(renamed));

const code = (act: () => unknown): string => {
  try {
    act();
  } catch (cause) {
    if (cause instanceof RequestFailure) return cause.code;
  }
  return 'none';
};

t.test('a session is found by what people call it', async (t) => {
  t.equal(findLife(state, 'bot')?.life, bot.life, 'the declared one goes first');
  t.equal(findLife(state, 'main:work')?.life, work.life);
  t.equal(findLife(state, 'mine:work')?.life, elsewhere.life);
  t.equal(findLife(state, 'mine:bot')?.life, namesake.life);
  t.equal(findLife(state, 'shown')?.life, renamed.life, 'by the name tmux shows');
  t.equal(findLife(state, 'web')?.life, renamed.life);
  t.equal(findLife(state, 'main:bot'), null, 'a declared one needs no server');
  t.equal(mustFindLife(running, 'work').life, work.life);
});

t.test('who calls a session of his own like a declared one takes nothing from it', async (t) => {
  // The option that names a declared session is the owner's to set.
  const forged = birth('bot', 4, { server: 'mine', life: 'boot0001/9-9/$4' });
  const taken = after(running, started(forged));
  t.equal(findLife(taken, 'bot')?.life, bot.life);
  t.strictSame(serversOf(taken, 'bot'), ['main'], 'so its owner may act on it');
  t.equal(findLife(taken, 'mine:bot')?.server, 'mine');
  t.strictSame(serversOf(taken, 'mine:bot'), ['mine']);
  const down = after(taken, died(bot));
  t.equal(
    code(() => mustFindLife(down, 'bot')),
    'not-running',
  );
  t.strictSame(serversOf(down, 'bot'), ['main']);
  t.strictSame(
    serversOf(state, 'work').sort(),
    ['main', 'mine'],
    'of undeclared ones all that are meant',
  );
});

t.test('what is not there, or more than once, is refused by name', async (t) => {
  t.equal(
    code(() => findLife(state, 'work')),
    'ambiguous-session',
  );
  t.equal(
    code(() => mustFindLife(state, 'none')),
    'unknown-session',
  );
  t.equal(
    code(() => mustFindLife(after(running, died(bot)), 'bot')),
    'not-running',
  );
  t.throws(() => mustFindLife(withUnit, 'gateway'), { code: 'is-a-unit', message: /no screen/ });
  t.equal(mustFindDeclared(state, 'bot').server, 'main');
  t.equal(
    code(() => mustFindDeclared(state, 'none')),
    'unknown-session',
  );
  t.equal(
    code(() => mustFindDeclared(state, 'web')),
    'not-declared',
  );
});

t.test('names every object has are names like others', async (t) => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    t.equal(findLife(running, name), null);
    t.equal(
      code(() => mustFindLife(running, name)),
      'unknown-session',
    );
    t.equal(
      code(() => mustFindDeclared(running, name)),
      'unknown-session',
    );
    t.equal(
      code(() => findIncident(running, { id: name })),
      'unknown-incident',
    );
    const life = birth(name, 7);
    const named = after(running, started(life));
    t.equal(findLife(named, name)?.life, life.life);
    t.strictSame(after(named, died(life)).ends, {});
  }
});

t.test('an incident is found by its id, by a session, or as the newest', async (t) => {
  t.equal(
    code(() => findIncident(running, {})),
    'unknown-incident',
  );
  const known = after(running, opened('1', ['bot']), opened('2', ['work']), opened('3', ['bot']));
  t.equal(findIncident(known, { id: '1' }).incident, '1');
  t.equal(findIncident(known, { session: 'bot' }).incident, '3');
  t.equal(findIncident(known, { session: 'work' }).incident, '2');
  t.equal(findIncident(known, {}).incident, '3');
  t.equal(
    code(() => findIncident(known, { id: '9' })),
    'unknown-incident',
  );
  t.equal(
    code(() => findIncident(known, { session: 'none' })),
    'unknown-incident',
  );
});

t.test('a silence by its id, else by its session, while it is not over', async (t) => {
  const until = born + 50;
  const quiet = after(running, silenced('s1', 's2', until), silenced('s2', 'bot', until));
  const found = (name: string, now = born) => findSilence(quiet, name, now)?.silence;
  t.strictSame(
    ['s1', 's2', 'bot', 'x', 'constructor'].map((name) => found(name)),
    [...['s1', 's2', 's2', undefined, undefined]],
  );
  t.equal(found('s1', until - 1), 's1');
  t.equal(found('s1', until), undefined);
  const { silences: _, ...older } = running;
  t.equal(findSilence(older as typeof running, 's1', born), null);
});

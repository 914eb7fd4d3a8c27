import t from 'tap';
import { resumes } from '../../../../agent/decide/recovery/resumes.ts';
import type { Config } from '../../../../agent/model/config/config.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import type { DeathRecord, ExitStatus } from '../../../../agent/model/events/death.ts';
import type { State } from '../../../../agent/model/state.ts';
import { after, birth, born, bot, running, started } from '../../model/sample.ts';
import { config, decided, plan, session, sessionConfig } from './ground.ts';

const resuming: Config = {
  ...config(),
  sessions: { bot: sessionConfig({ resumeCommand: 'node bot.js --continue' }) },
};

const exit = (status: number | null): ExitStatus => ({
  status,
  signal: status === null ? 9 : null,
});

const ends = (life: typeof bot, status: number | null, ageMs: number): NewEvent => ({
  at: born,
  type: 'session.died',
  data: { ...life, ageMs, exit: exit(status) } as unknown as DeathRecord,
});

const starts = (action: string, goesOn: boolean): NewEvent[] => [
  {
    at: born,
    type: 'action.requested',
    data: {
      ...{ action, kind: 'session.create', target: session, reason: 'died' },
      ...(goesOn && { resumes: true }),
    },
  },
  { at: born, type: 'action.done', data: { action, settled: 'reported' } },
];

const goesOn = (state: State): boolean => resumes(state, resuming, 'bot', state.ends['bot']);

/** It died once, and was started again with its `resumeCommand`. */
const second = birth('bot', 7);
const resumed = after(running, ends(bot, 1, 5000), ...starts('a1', true), started(second));

t.test('the first life has nothing to go on with, every other one has', async (t) => {
  t.notOk(goesOn(running));
  const dead = after(running, ends(bot, 1, 5000));
  t.ok(goesOn(dead));
  t.notOk(resumes(dead, config(), 'bot', dead.ends['bot']), 'where it is declared how');
});

t.test('what fails at once is followed by the command, and that by going on again', async (t) => {
  const failed = after(resumed, ends(second, 1, 1500));
  t.notOk(goesOn(failed));
  t.match(plan(failed, born + 1e6, resuming).actions, [{ reason: 'resume-failed' }]);
  const third = birth('bot', 8);
  const anew = after(failed, ...starts('a2', false), started(third));
  t.ok(goesOn(after(anew, ends(third, 1, 1500))), 'it was the command that failed');
});

t.test('what was killed, ended well or ran for a while did not fail at once', async (t) => {
  for (const [status, ageMs] of [
    [null, 1500],
    [0, 1500],
    [1, 10_000],
  ] as const) {
    t.ok(goesOn(after(resumed, ends(second, status, ageMs))), `${status} after ${ageMs} ms`);
  }
});

t.test('whoever is wanted by a person again has something to go on with', async (t) => {
  const wanted = after(resumed, ends(second, 1, 20_000), decided('resume', 'operator'));
  t.strictSame(wanted.ends, {});
  t.ok(goesOn(wanted), 'though a first try of it should fail');
  t.ok(goesOn(after(wanted, decided('resume', 'operator'))));
  t.notOk(goesOn(after(running, decided('resume', 'operator'))), 'but not what never ran');
});

import { mock } from 'node:test';
import t from 'tap';
import { createCases } from '../../../../agent/act/verdict/cases.ts';
import type { Case } from '../../../../agent/explain/gather.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import { death } from '../../explain/sample-death.ts';
import { after, born, bot, numbered, running, work } from '../../model/sample.ts';
import { onServer, opened } from '../../model/sample-events.ts';

const died = (incident: string, session: string): NewEvent => ({
  ...{ at: born, type: 'session.died' },
  data: death({ incident, session }),
});

t.test(
  'kills for want of memory are counted when deaths are heard of, once for all of them',
  async (t) => {
    mock.timers.enable({ apis: ['setTimeout'] });
    t.teardown(() => mock.timers.reset());
    const state = after(running, opened('1', [bot.life]), opened('2', [work.life]));
    const ripe: Case[] = [];
    let kills = 4;
    let counts = 0;
    const cases = createCases(
      () => state,
      (_, found) => void ripe.push({ ...found }),
      () => {
        counts += 1;
        return { at: born, kills };
      },
    );
    cases.take(numbered([onServer('server.hung', 'main')], state.seq));
    t.equal(counts, 0, 'nobody died');
    cases.take(numbered([died('1', 'bot'), died('2', 'work')], state.seq));
    t.equal(counts, 1);
    kills = 5;
    mock.timers.tick(100);
    cases.take(numbered([died('2', 'api')], state.seq));
    kills = 6;
    mock.timers.tick(500);
    t.match(ripe, [
      { deaths: [{ session: 'bot' }], memory: { at: born, kills: 4 } },
      { deaths: [{ session: 'work' }, { session: 'api' }], memory: { at: born, kills: 5 } },
    ]);
    cases.close();
  },
);

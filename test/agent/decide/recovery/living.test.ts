import t from 'tap';
import type { Config } from '../../../../agent/model/config/config.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import { changed, lost } from '../../model/bot/sample-bots.ts';
import { after, birth, born, bot, nobody, running, started } from '../../model/sample.ts';
import { begun } from '../refresh/ground.ts';
import { config, decided, nothing, plan, policy, sessionConfig } from './ground.ts';

const withHealth = (onFailure: 'restart' | 'notify'): Config => ({
  ...config(),
  sessions: { bot: sessionConfig({ restart: 'never', health: { onFailure } as never }) },
});

const turned = (to: 'failed' | 'healthy', life = bot.life): NewEvent => ({
  ...{ at: born, type: 'health.changed' },
  data: {
    ...{ session: 'bot', server: 'main', life, from: 'starting', to },
    ...{ check: 'screen', reason: 'it shows "login expired"' },
  },
});

const failed = after(running, turned('failed'));
const wanted = withHealth('restart');

const target = { server: 'main', session: 'bot', life: bot.life };
const requested = (at: number, action = 'a1'): NewEvent => ({
  ...{ at, type: 'action.requested' },
  data: { action, kind: 'session.kill', target, reason: 'unhealthy' },
});
const settled = (action = 'a1'): NewEvent => ({
  ...{ at: born, type: 'action.failed' },
  data: { action, code: 'tmux-refused', message: '' },
});
const meant: NewEvent = {
  ...{ at: born, type: 'intent.declared' },
  data: { intent: 'i1', target, by: nobody, expiresAt: born + 60_000, replaces: true },
};
const replaced: NewEvent = {
  ...{ at: born, type: 'session.ended' },
  data: { ...bot, reason: 'replaced', intent: 'i1', ageMs: 1 } as never,
};

t.test('what fails its checks is ended and started anew, where that is declared', async (t) => {
  t.match(plan(failed, born, wanted), {
    events: [{ data: { decision: 'replace', reason: 'unhealthy', target: { session: 'bot' } } }],
    actions: [{ kind: 'session.kill', target, reason: 'unhealthy' }],
  });
  t.strictSame(plan(failed, born, withHealth('notify')), nothing);
  t.strictSame(plan(failed, born, config()), nothing);
  t.strictSame(plan(after(running, turned('healthy')), born, wanted), nothing);
  const ended = after(failed, meant, requested(born), replaced);
  t.match(plan(ended, born, wanted).actions, [{ kind: 'session.create', reason: 'unhealthy' }]);
});

t.test('not where its bot waits for a person: started anew it would ask again', async (t) => {
  for (const asking of [
    changed('needs-login', { needs: 'qr' }),
    changed('logged-out'),
    changed('connecting', { needs: 'code' }),
  ]) {
    const state = after(failed, asking);
    t.strictSame(plan(state, born, wanted), nothing);
    t.strictSame(plan(state, born + 86_400_000, wanted), nothing, 'nor later');
    t.match(plan(after(state, changed('ready')), born, wanted).actions, [{ kind: 'session.kill' }]);
    t.match(plan(after(state, lost()), born, wanted).actions, [{ kind: 'session.kill' }]);
  }
});

t.test('what is ended to renew its login comes back for that reason', async (t) => {
  const ended = after(running, begun(born), meant, replaced);
  t.match(plan(ended, born, wanted).actions, [{ kind: 'session.create', reason: 'refresh' }]);
});

t.test('not while it is being ended, by whomever', async (t) => {
  t.strictSame(plan(after(failed, meant), born, wanted), nothing);
  t.strictSame(plan(after(failed, requested(born)), born, wanted), nothing);
});

t.test('an end that does not work is tried as often as a restart, and then left', async (t) => {
  const once = after(failed, requested(born), settled());
  t.match(plan(once, born + 1, wanted), { events: [], actions: [] }, 'not at once');
  t.match(plan(once, born + 1001, wanted).actions, [{ kind: 'session.kill' }]);
  const tries = [0, 1, 2].flatMap((i) => [requested(born + i, `a${i}`), settled(`a${i}`)]);
  const given = plan(after(failed, ...tries), born + 5, wanted);
  t.match(given.events, [{ data: { decision: 'suspend', reason: 'too-many-restarts' } }]);
  const open = after(failed, ...tries, ...given.events);
  const due = born + 5 + (policy.probeAfterMs ?? 0);
  t.strictSame(plan(open, born + 6, wanted), { ...nothing, wakeAt: due });
  const probe = plan(open, due, wanted);
  t.match(probe.events, [{ data: { decision: 'probe' } }]);
  t.match(probe.actions, [{ kind: 'session.kill' }]);
  const gone = after(open, ...probe.events, requested(due, 'a9'), settled('a9'), replaced);
  t.match(plan(gone, due, wanted), {
    events: [],
    actions: [{ kind: 'session.create', reason: 'probe' }],
  });
  t.strictSame(after(failed, ...tries).counts.restarts, {});
});

t.test('what fails its checks has not recovered, however long it is up', async (t) => {
  const suspended = decided('suspend', 'too-many-restarts');
  const up = after(running, suspended, decided('probe', 'probe'), started(birth('bot', 8)));
  const late = born + policy.steadyAfterMs + 1;
  t.match(plan(up, late, wanted).events, [{ data: { decision: 'close' } }]);
  const sick = after(up, turned('failed', birth('bot', 8).life));
  const failed = plan(sick, late, wanted);
  t.match(failed.events, [{ data: { decision: 'suspend', reason: 'probe-failed' } }]);
  const well = after(sick, { ...turned('healthy', birth('bot', 8).life), at: late });
  t.strictSame(plan(well, late, wanted).events, [], 'well for a moment is not steady');
});

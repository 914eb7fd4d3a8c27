import t from 'tap';
import type { Verdict } from '../../agent/model/events/incident.ts';
import { grade, type Said } from './grade.ts';
import type { ExpectedDeath } from './way.ts';

type Actor = NonNullable<Verdict['actor']>;

const killer = { pid: 400, cmdline: ['/bin/kill', '300'], uid: 7, session: 'attacker' };

const killed: ExpectedDeath = {
  ...{ benign: false, sessions: ['one'], causes: ['signal'], scope: 'session' },
  ...{ signal: 'SIGKILL', killers: [killer], own: [300] },
};

const exited: ExpectedDeath = {
  ...{ benign: false, sessions: ['one'], causes: ['program-exit'], scope: 'session' },
  ...{ exitStatus: 7, killers: [], own: [300] },
};

const actor: Actor = {
  ...{ pid: 400, comm: 'kill', cmdline: '/bin/kill -9 300', uid: 7, user: null, unit: null },
  ...{ session: 'attacker', ancestry: [] },
};

const says = (part: Partial<Verdict>, incidents = 1): Said => ({
  verdict: {
    ...{ cause: 'signal', scope: 'session', confidence: 'certain', summary: '' },
    ...{ signal: { name: 'SIGKILL', number: 9 }, exitStatus: null, evidence: [], missing: [] },
    ...part,
  },
  incidents,
  meant: [],
});

const unknown = { cause: 'unknown', confidence: 'possible', signal: null } as const;

t.test('all of it right', async (t) => {
  t.same(grade(killed, says({ actor })), {
    ...{ mark: 'right', cause: 'right', scopeRight: true, killer: 'named' },
    ...{ confidentlyWrong: false, faults: [] },
  });
});

t.test('a killer is named by his pid, and with all that is known of him', async (t) => {
  const named = (part: Partial<Actor>) => grade(killed, says({ actor: { ...actor, ...part } }));
  t.match(grade(killed, says({})), { killer: 'not named', mark: 'right', faults: [] });
  t.match(grade(killed, says({ actor: null })), { killer: 'not named' });
  for (const part of [
    { cmdline: null },
    { cmdline: '/bin/kill -9 301' },
    { uid: 0 },
    { session: null },
  ]) {
    t.match(named(part), { killer: 'not named', mark: 'right' }, JSON.stringify(part));
    t.equal(named(part).faults.length, 1, JSON.stringify(part));
  }
});

t.test('whoever is accused and did not do it is wrong, whatever the cause', async (t) => {
  const stranger = { ...actor, pid: 401 };
  t.match(grade(killed, says({ actor: stranger })), {
    ...{ mark: 'wrong', cause: 'right', killer: 'wrong', confidentlyWrong: true },
  });
  t.match(grade(killed, says({ ...unknown, actor: stranger })), {
    ...{ mark: 'wrong', cause: 'unknown', killer: 'wrong', confidentlyWrong: false },
  });
  const byItself = says({ cause: 'program-exit', signal: null, exitStatus: 7, actor: stranger });
  t.match(grade(exited, byItself), { mark: 'wrong', killer: 'wrong', confidentlyWrong: true });
});

t.test('either of two killers is right', async (t) => {
  const two = { ...killed, killers: [{ pid: 9, cmdline: [] }, killer] };
  t.match(grade(two, says({ actor })), { killer: 'named' });
  t.match(grade(two, says({ actor: { ...actor, pid: 9 } })), { killer: 'named' });
});

t.test('the victim itself is no stranger', async (t) => {
  const own = { ...actor, pid: 300 };
  t.match(grade(killed, says({ actor: own })), { killer: 'not named', mark: 'right' });
  const byItself = says({ cause: 'program-exit', signal: null, exitStatus: 7, actor: own });
  t.match(grade(exited, byItself), { killer: 'none', mark: 'right' });
});

t.test('unknown is not wrong', async (t) => {
  t.match(grade(killed, says(unknown)), { mark: 'unknown', cause: 'unknown', faults: [] });
});

t.test('what is wrong, and how sure of it the verdict was', async (t) => {
  const wrong: Partial<Verdict>[] = [
    { cause: 'program-crash' },
    { signal: { name: 'SIGTERM', number: 15 } },
  ];
  for (const part of wrong) {
    t.match(grade(killed, says(part)), { mark: 'wrong', confidentlyWrong: true });
    const likely = says({ ...part, confidence: 'likely' });
    t.match(grade(killed, likely), { mark: 'wrong', confidentlyWrong: true });
    const possible = says({ ...part, confidence: 'possible' });
    t.match(grade(killed, possible), { mark: 'wrong', confidentlyWrong: false });
  }
  const otherStatus = says({ cause: 'program-exit', signal: null, exitStatus: 8 });
  t.match(grade(exited, otherStatus), { mark: 'wrong', cause: 'right', confidentlyWrong: true });
  t.match(grade(killed, says({}, 2)), { mark: 'wrong', cause: 'right' }, 'two incidents');
});

t.test('a scope is judged beside the cause', async (t) => {
  t.match(grade(killed, says({ scope: 'server' })), { mark: 'right', scopeRight: false });
});

t.test('a death that nobody told of', async (t) => {
  const silence = { verdict: null, incidents: 0, meant: ['one was taken for shell-exit'] };
  t.match(grade(killed, silence), { mark: 'wrong', confidentlyWrong: true });
  t.match(grade(killed, silence).faults, [/shell-exit/]);
});

t.test('where nothing died', async (t) => {
  const peace = { benign: true, sessions: ['one'] } as const;
  const silence = { verdict: null, incidents: 0, meant: [] };
  t.match(grade(peace, silence), { mark: 'right', killer: 'none', confidentlyWrong: false });
  t.match(grade(peace, says(unknown)), { mark: 'wrong', confidentlyWrong: true });
});

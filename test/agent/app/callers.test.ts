import t from 'tap';
import { createCallers } from '../../../agent/app/callers.ts';
import { homePaths, systemPaths } from '../../../agent/paths.ts';
import { running } from '../model/sample.ts';

const inSystem = createCallers(systemPaths, () => running);

t.test('below a home directory there is one user', async (t) => {
  t.match(createCallers(homePaths('/h'), () => running)(1000), { isOperator: true });
});

t.test('in a system: root and the agent itself', async (t) => {
  t.match(inSystem(0), { isOperator: true });
  t.match(inSystem(process.getuid?.() ?? 0), { isOperator: true });
});

t.test('whom nobody knows may nothing', async (t) => {
  const nothing = { isOperator: false, isReader: false, owner: null };
  t.match(inSystem(-1), nothing);
  t.match(inSystem(4_000_000), nothing);
});

t.test('an owner is one whose link was here, or whom the configuration names', async (t) => {
  const uid = 4_000_000;
  const link = { uid, pid: 1, tmux: '', connected: false, since: 1 };
  const linked = { ...running, links: { [`uid-${uid}`]: link } };
  t.match(createCallers(systemPaths, () => linked)(uid), { owner: `uid-${uid}` });
  const [name, server] = Object.entries(running.servers)[0] ?? [];
  const named = { ...running, servers: { [name ?? '']: { ...server, owner: `uid-${uid}` } } };
  t.match(createCallers(systemPaths, () => named as typeof running)(uid), { owner: `uid-${uid}` });
});

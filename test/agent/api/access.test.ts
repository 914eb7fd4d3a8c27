import t from 'tap';
import { type Caller, checkAccess } from '../../../agent/api/access.ts';
import type { AgentMethod } from '../../../agent/protocol/agent.ts';

const stranger: Caller = { uid: 1002, isOperator: false, isReader: false, owner: null };
const operator: Caller = { ...stranger, isOperator: true };
const sidecar: Caller = { ...stranger, isReader: true };
const deploy: Caller = { ...stranger, uid: 1000, owner: 'deploy' };

const reading: AgentMethod[] = ['version', 'status', 'events.read', 'events.subscribe'];
const acting: AgentMethod[] = ['session.start', 'session.stop', 'session.send', 'session.attach'];
const administering: AgentMethod[] = ['log.level', 'config.reload'];

const may = (caller: Caller, method: AgentMethod, owners: (string | null)[] = []): boolean => {
  try {
    checkAccess(method, caller, owners);
    return true;
  } catch (cause) {
    t.match(cause, { name: 'RequestFailure', code: 'not-allowed', message: /holdfast-operators/ });
    return false;
  }
};
const allOf = (caller: Caller, methods: AgentMethod[], owners?: (string | null)[]): boolean[] => [
  ...new Set(methods.map((method) => may(caller, method, owners))),
];

t.test('an operator may do everything, a stranger nothing', async (t) => {
  const all = [...reading, ...acting, ...administering];
  t.strictSame(allOf(operator, all, ['deploy', null]), [true]);
  t.strictSame(allOf(stranger, all), [false]);
});

t.test('a sidecar reads', async (t) => {
  t.strictSame(allOf(sidecar, reading), [true]);
  t.strictSame(allOf(sidecar, [...acting, ...administering]), [false]);
});

t.test('an owner reads, and acts on his own sessions', async (t) => {
  t.strictSame(allOf(deploy, reading), [true]);
  t.strictSame(allOf(deploy, acting, ['deploy']), [true]);
  t.strictSame(allOf(deploy, acting, ['alice']), [false]);
  t.strictSame(allOf(deploy, acting, ['deploy', 'alice']), [false], 'a name that may be either');
  t.strictSame(allOf(deploy, acting, [null]), [false], 'a session of nobody known');
  t.strictSame(allOf(deploy, acting, []), [true], 'one that is not there: he is told so');
  t.strictSame(allOf(deploy, administering), [false]);
});

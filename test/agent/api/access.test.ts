import t from 'tap';
import {
  type Caller,
  checkAccess,
  checkRemote,
  checkSubscriber,
} from '../../../agent/api/access.ts';
import { agentMethods } from '../../../agent/api/params.ts';
import type { AgentMethod } from '../../../agent/protocol/agent.ts';

const stranger: Caller = {
  ...{ uid: 1002, isOperator: false, isReader: false, isNotifier: false, owner: null },
};
const operator: Caller = { ...stranger, isOperator: true };
const sidecar: Caller = { ...stranger, isReader: true };
const notifier: Caller = { ...sidecar, isNotifier: true };
const deploy: Caller = { ...stranger, uid: 1000, owner: 'deploy' };

const reading: AgentMethod[] = [
  ...(['version', 'status', 'events.read', 'events.subscribe', 'incidents', 'incident'] as const),
  ...(['screen.read', 'alerts.list'] as const),
];
const fromAfar: AgentMethod[] = [
  ...(['session.start', 'session.stop', 'session.restart', 'screen.capture'] as const),
  'bot.needs',
  ...(['alert.acknowledge', 'alert.silence', 'alert.unsilence'] as const),
];
const byHand: AgentMethod[] = ['session.refresh', 'session.send', 'session.attach'];
const acting: AgentMethod[] = [...fromAfar, ...byHand];
const administering: AgentMethod[] = [
  ...(['log.level', 'config.reload', 'alerts.test'] as const),
  ...(['pairing.begin', 'pairing.list', 'pairing.remove'] as const),
];
const notifying: AgentMethod[] = [
  ...(['alert.settings', 'notifier.attach', 'notifier.report', 'notifier.record'] as const),
];

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
  const all = [...reading, ...acting, ...administering, ...notifying];
  t.strictSame(all.toSorted(), agentMethods.toSorted(), 'the table below has every method');
  t.strictSame(allOf(operator, all, ['deploy', null]), [true]);
  t.strictSame(allOf(stranger, all), [false]);
});

t.test('a sidecar reads', async (t) => {
  t.strictSame(allOf(sidecar, reading), [true]);
  t.strictSame(allOf(sidecar, [...acting, ...administering, ...notifying]), [false]);
});

t.test('an owner reads, and acts on his own sessions', async (t) => {
  t.strictSame(allOf(deploy, reading), [true]);
  t.strictSame(allOf(deploy, acting, ['deploy']), [true]);
  t.strictSame(allOf(deploy, acting, ['alice']), [false]);
  t.strictSame(allOf(deploy, acting, ['deploy', 'alice']), [false], 'a name that may be either');
  t.strictSame(allOf(deploy, acting, [null]), [false], 'a session of nobody known');
  t.strictSame(allOf(deploy, acting, []), [true], 'one that is not there: he is told so');
  t.strictSame(allOf(deploy, [...administering, ...notifying]), [false]);
});

t.test('the notifier reads, lives by its own methods, and acts for people from afar', async (t) => {
  t.strictSame(allOf(notifier, [...reading, ...notifying]), [true]);
  t.strictSame(allOf(notifier, fromAfar, ['deploy', null]), [true], 'whosever it is');
  t.strictSame(allOf(notifier, [...byHand, ...administering], []), [false]);
  const alone: Caller = { ...stranger, isNotifier: true };
  t.strictSame(allOf(alone, [...reading, ...notifying]), [true], 'also in no group');
});

t.test('who is not asked for by name', async (t) => {
  const remote = { channel: 'telegram', user: '7', name: 'Ada' };
  for (const caller of [operator, notifier]) t.doesNotThrow(() => checkRemote(caller, remote));
  for (const caller of [stranger, sidecar, deploy]) {
    t.doesNotThrow(() => checkRemote(caller, undefined));
    t.throws(() => checkRemote(caller, remote), { code: 'not-allowed', message: /"remote"/ });
  }
});

t.test('whom the log may wait for', async (t) => {
  const waits = (caller: Caller) => () => checkSubscriber(caller, 'notifier');
  for (const caller of [operator, sidecar, notifier]) t.doesNotThrow(waits(caller));
  for (const caller of [stranger, deploy]) t.throws(waits(caller), { code: 'not-allowed' });
  t.doesNotThrow(() => checkSubscriber(stranger, undefined));
});

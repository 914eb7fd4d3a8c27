import fc from 'fast-check';
import type {
  Ancestor,
  SeenProcess,
  Testimony,
  WitnessedSignal,
} from '../../../../agent/model/witnessed.ts';

const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 15 }),
  fc.constantFrom('tmux', 'pkill', 'systemd', 'kworker/0:1', 'node'),
);

export const cmdline = fc.option(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.constantFrom(
      'tmux kill-server',
      'tmux -L x kill-session -t api',
      'pkill -f x',
      '会'.repeat(200),
    ),
  ),
);

const cgroup = fc.option(
  fc.constantFrom(
    ...['/', '/init.scope', '/system.slice/cron.service', '/a@deploy.service/session-1'],
    ...['/user.slice/user-7.slice/user@7.service/init.scope', '/user@7.service/a.service'],
    ...['/user.slice/user@1000.service/init.scope', '/user.slice/session-4.scope', '/..'],
  ),
);

const ancestorOf = (pid: fc.Arbitrary<number>): fc.Arbitrary<Ancestor> =>
  fc.record({
    ...{ pid, startTime: fc.option(pid.map((one) => 10 * one)), comm: name, cmdline },
    seenBy: fc.constant(null),
  });

export const processOf = (pid: fc.Arbitrary<number>): fc.Arbitrary<SeenProcess> =>
  fc
    .tuple(
      ancestorOf(pid),
      fc.record({
        ...{ uid: fc.option(fc.nat(2000)), loginUid: fc.constant(null), cgroup },
        auditSession: fc.constant(null),
        ancestry: fc.array(ancestorOf(pid), { maxLength: 12 }),
      }),
    )
    .map(([self, rest]) => ({ ...self, ...rest }));

export const signalOf = (
  at: fc.Arbitrary<number>,
  sender: fc.Arbitrary<SeenProcess>,
  victim: fc.Arbitrary<SeenProcess>,
): fc.Arbitrary<WitnessedSignal> =>
  fc.record({
    ...{ at, sender, victim, toGroup: fc.boolean() },
    signal: fc.oneof(fc.constantFrom(1, 2, 9, 11, 15), fc.integer({ min: 1, max: 64 })),
    code: fc.oneof(fc.constantFrom(0, -1, -6, 128, 1), fc.integer({ min: -70, max: 200 })),
    result: fc.constantFrom('delivered', 'delivered', 'ignored', 'pending', 'lost'),
    caught: fc.option(fc.boolean()),
  });

/** Anything a witness may say of processes with such pids at such times. */
export const testimonyOf = (
  at: fc.Arbitrary<number>,
  pid: fc.Arbitrary<number>,
): fc.Arbitrary<Testimony> => {
  const process = processOf(pid);
  return fc.record({
    since: fc.oneof(fc.constant(0), at),
    lost: fc.array(fc.record({ at, count: fc.nat() }), { maxLength: 2 }),
    signals: fc
      .array(signalOf(at, process, process), { maxLength: 30 })
      .map((all) => all.toSorted((a, b) => a.at - b.at)),
    ooms: fc.array(fc.record({ at, victim: process, anonBytes: fc.option(fc.nat()) }), {
      maxLength: 4,
    }),
    clients: fc.array(fc.record({ at, process }), { maxLength: 4 }),
    method: fc.constantFrom('probe', 'proc', 'file'),
  });
};

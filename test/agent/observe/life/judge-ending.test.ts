import t from 'tap';
import type { State } from '../../../../agent/model/state.ts';
import { judgeEnding } from '../../../../agent/observe/life/judge-ending.ts';
import type { BriefRow, ExitRecord } from '../../../../agent/protocol/listing.ts';
import { after, birth, born, bot, lifeOf, pane, running, started } from '../../model/sample.ts';
import { intended } from '../../model/sample-events.ts';
import { exit, now, row } from '../sample-world.ts';

/** A session of panes 1 and 3, and another one of the same group. */
const both = [pane(1), pane(3)];
const two = birth('two', 5, { panes: both });
const mate = birth('mate', 6, { panes: both, group: 'grouped' });
const state = after(running, started(two), started(mate));

interface Seen {
  rows?: BriefRow[];
  exits?: ExitRecord[];
}

const judge = (known: State, which: typeof bot, { rows = [], exits = [] }: Seen, at = born) =>
  judgeEnding(known, lifeOf(known, which), rows, exits, at);

const died = { kind: 'died', exit: null };
const livesOn = { kind: 'ended', reason: 'panes-live-on', intent: null };
const shellExit = { kind: 'ended', reason: 'shell-exit', intent: null };

t.test('what was meant is no death, whatever else is seen', async (t) => {
  const meant = after(running, intended('i1'));
  const ended = { kind: 'ended', reason: 'intended', intent: 'i1' };
  t.strictSame(judge(meant, bot, {}), ended);
  t.strictSame(judge(meant, bot, { exits: [exit('$1', 1, { signal: 9, status: null })] }), ended);
  t.strictSame(judge(meant, bot, {}, born + 60_001), died);
});

t.test('gone and nothing more known is a death', async (t) => {
  t.strictSame(judge(running, bot, {}), died);
  t.strictSame(judge(running, bot, { rows: [row('$2', 2)] }), died);
  const empty = after(running, started(birth('empty', 9, { panes: [] })));
  t.strictSame(judge(empty, birth('empty', 9), {}), died);
});

t.test('panes that live on in another session', async (t) => {
  t.strictSame(judge(running, bot, { rows: [row('$2', 1)] }), livesOn);
  t.strictSame(judge(state, two, { rows: [row('$2', 1), row('$2', 3)] }), livesOn);
  t.strictSame(judge(state, two, { rows: [row('$2', 1)] }), died, 'one of two does not');
  t.strictSame(judge(running, bot, { rows: [['$2', '%1', 4]] }), died, 'another process');
});

t.test('the list of panes may be old: one ended before the others left', async (t) => {
  const before = exit('$5', 3, { last: false });
  t.strictSame(judge(state, two, { rows: [row('$2', 1)], exits: [before] }), livesOn);
  const signalled = exit('$5', 3, { last: false, status: null, signal: 9 });
  t.strictSame(judge(state, two, { rows: [row('$2', 1)], exits: [signalled] }), livesOn);
  const lastOfAnother = exit('$9', 3, { status: null, signal: 9 });
  t.strictSame(judge(state, two, { rows: [row('$2', 1)], exits: [lastOfAnother] }), died);
});

t.test(
  'a pane that a session still there is known to share did not end with this one',
  async (t) => {
    t.strictSame(judge(state, two, { rows: [row('$6', 1)] }), livesOn);
    t.strictSame(judge(state, two, { rows: [row('$2', 1)] }), died);
  },
);

t.test(
  'panes that were moved and ended in several sessions: the last end of one is no end of another',
  async (t) => {
    const exits = [exit('$1', 1), exit('$5', 3, { last: false })];
    t.strictSame(judge(state, two, { exits }), died);
    const shortly = [exit('$5', 3, { last: false }), exit('$9', 1)];
    t.strictSame(judge(state, two, { exits: shortly }), shellExit, 'of its group, never listed');
    const inOne = [exit('$1', 1), exit('$1', 3, { last: false })];
    t.strictSame(judge(state, two, { exits: inOne }), shellExit);
  },
);

t.test('one had been moved away, and those that had stayed ended in one moment', async (t) => {
  const stayed = exit('$5', 3, { last: false });
  const newer = exit('$5', 7, { last: false, at: now - 1000 });
  const elsewhere = exit('$1', 1);
  t.strictSame(judge(state, two, { exits: [elsewhere, newer, stayed] }), shellExit);
  t.strictSame(judge(state, two, { exits: [newer, stayed, elsewhere] }), shellExit);
  const earlier = { ...newer, at: now - 2000 };
  t.strictSame(judge(state, two, { exits: [elsewhere, earlier, stayed] }), died, 'one by one');
  const hungUp = { ...stayed, status: null, signal: 1 };
  t.strictSame(judge(state, two, { exits: [elsewhere, newer, hungUp] }), {
    kind: 'died',
    exit: hungUp,
  });
});

t.test(
  'was it a view that was never listed, or another session: the latest end tells',
  async (t) => {
    const together = [3, 7].map((n) => exit('$5', n, { last: false, status: null, signal: 1 }));
    const unlisted = exit('$9', 1);
    t.strictSame(judge(state, two, { exits: [...together, unlisted] }), shellExit);
    t.strictSame(judge(state, two, { exits: [unlisted, ...together] }), {
      kind: 'died',
      exit: together[0],
    });
  },
);

t.test('the end of the last program tells, if the server wrote it down', async (t) => {
  t.strictSame(judge(running, bot, { exits: [exit('$1', 1)] }), shellExit);
  t.strictSame(judge(running, bot, { exits: [exit('$1', 1, { status: 130 })] }), shellExit);
  const ends: Partial<ExitRecord>[] = [
    { shell: false },
    { shell: false, status: 7 },
    { status: null, signal: 9 },
    { status: null },
  ];
  for (const changes of ends) {
    const how = exit('$1', 1, changes);
    t.strictSame(judge(running, bot, { exits: [how] }), { kind: 'died', exit: how });
  }
  t.strictSame(judge(running, bot, { exits: [exit('$2', 2)] }), died, 'of another session');
  const crashed = exit('$5', 3, { status: null, signal: 11 });
  t.strictSame(
    judge(state, two, { rows: [row('$2', 1)], exits: [crashed] }),
    { kind: 'died', exit: crashed },
    'though another pane had left it',
  );
});

t.test('panes that end in one moment are none of them the last', async (t) => {
  const [one, three] = [exit('$5', 1, { last: false }), exit('$5', 3, { last: false })];
  t.strictSame(judge(state, two, { exits: [one, three] }), shellExit);
  t.strictSame(judge(state, two, { exits: [one] }), died, 'one of two');
});

t.test('of a group too, whose ends are all written down for one of its sessions', async (t) => {
  const [one, three] = [exit('$6', 1, { last: false }), exit('$6', 3, { last: false })];
  t.strictSame(judge(state, two, { exits: [one, three] }), shellExit);
  const hungUp = { ...three, status: null, signal: 1 };
  t.strictSame(judge(state, two, { exits: [one, hungUp] }), { kind: 'died', exit: hungUp });
  t.strictSame(
    judge(state, two, { exits: [hungUp, one] }),
    shellExit,
    'the latest tells, wherever its pane stands',
  );
  const earlier = { ...one, at: now - 2000 };
  t.strictSame(judge(state, two, { exits: [earlier, three] }), died, 'one by one');
  // Whoever is known by one of its panes has others that ended with it.
  const first = { panes: [pane(1)] };
  const [bare, view] = [birth('bare', 7, first), birth('view', 8, first)];
  const known = after(running, started(bare), started(view));
  const unknown = exit('$8', 9, { last: false });
  const ended = exit('$8', 1, { last: false });
  t.strictSame(judge(known, bare, { exits: [ended, unknown] }), shellExit);
  t.strictSame(judge(known, bare, { exits: [ended] }), died, 'what else was there is not known');
});

t.test('of a group that ended one of its panes earlier, for another session', async (t) => {
  const earlier = exit('$5', 1, { last: false, at: now - 5000 });
  const together = [3, 4].map((n) => exit('$6', n, { last: false }));
  t.strictSame(judge(state, two, { exits: [earlier, ...together] }), shellExit);
});

t.test('an end written down for one session of a group is that of the others too', async (t) => {
  const earlier = exit('$5', 3, { last: false });
  const last = exit('$6', 1);
  t.strictSame(judge(state, two, { exits: [earlier, last] }), shellExit);
  t.strictSame(judge(state, mate, { exits: [earlier, last] }), shellExit);
  const crash = exit('$6', 1, { shell: false, status: 3 });
  t.strictSame(judge(state, two, { exits: [earlier, crash] }), { kind: 'died', exit: crash });
  t.strictSame(judge(state, two, { rows: [row('$2', 3)], exits: [crash] }), {
    kind: 'died',
    exit: crash,
  });
});

t.test('of a session of a group that was never seen, too', async (t) => {
  const unseen = exit('$9', 1);
  t.strictSame(judge(running, bot, { exits: [unseen] }), shellExit);
  t.strictSame(judge(state, two, { exits: [exit('$9', 1)] }), died, 'if all its panes ended there');
  t.strictSame(
    judge(state, two, { exits: [exit('$9', 1, { last: false }), exit('$9', 3)] }),
    shellExit,
  );
});

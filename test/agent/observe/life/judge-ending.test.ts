import t from 'tap';
import type { State } from '../../../../agent/model/state.ts';
import { judgeEnding } from '../../../../agent/observe/life/judge-ending.ts';
import type { BriefRow, ExitRecord } from '../../../../agent/protocol/listing.ts';
import { after, birth, born, bot, lifeOf, pane, running, started } from '../../model/sample.ts';
import { intended } from '../../model/sample-events.ts';
import { exit, row } from '../sample-world.ts';

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
    const inOne = [exit('$1', 1), exit('$1', 3, { last: false })];
    t.strictSame(judge(state, two, { exits: inOne }), shellExit);
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

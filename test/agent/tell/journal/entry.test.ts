import fc from 'fast-check';
import t from 'tap';
import type { EventOf } from '../../../../agent/model/event.ts';
import type { Actor } from '../../../../agent/model/events/incident.ts';
import { emptyContext, release, take } from '../../../../agent/tell/journal/context.ts';
import { encode, maxEntryBytes } from '../../../../agent/tell/journal/encode.ts';
import { entryOf } from '../../../../agent/tell/journal/entry.ts';
import { kinds } from '../../../../agent/tell/journal/kinds.ts';
import { createRedactor } from '../../../../agent/tell/redactor.ts';
import { actorOf } from '../../cli/why/sample-actor.ts';
import { decode } from './decode.ts';
import { contextOf, history, sample, unchanged, valuesOf } from './sample-events.ts';

const died = (session: string) => sample('session.died', { session, incident: '7' });

t.test('a death can be asked for by session, incident and kind', async (t) => {
  const event = died('web');
  const entry = entryOf(event, emptyContext(), unchanged);
  const fields = Object.fromEntries(entry ?? []);
  t.match(fields, {
    PRIORITY: '4',
    SYSLOG_IDENTIFIER: 'holdfast-agent',
    MESSAGE_ID: kinds['session.died'].id,
    HOLDFAST_EVENT: 'session.died',
    HOLDFAST_SESSION: 'web',
    HOLDFAST_INCIDENT: '7',
    HOLDFAST_SERVER: /./,
    HOLDFAST_LIFE: /./,
    HOLDFAST_SEQ: String(event.seq),
    HOLDFAST_TRACE: event.trace,
    HOLDFAST_TIME: new Date(event.at).toISOString(),
    HOLDFAST_TEXT: /^Session web died after/,
  });
  t.match(JSON.parse(fields['MESSAGE'] ?? ''), {
    level: 'warn',
    event: 'session.died',
    session: 'web',
    incident: '7',
    seq: event.seq,
    msg: fields['HOLDFAST_TEXT'],
  });
});

t.test('a verdict has the server and the sessions of its incident', async (t) => {
  const opened = sample('incident.opened', { incident: '7', server: 'main', sessions: ['a', 'b'] });
  const grew = sample('incident.grew', { incident: '7', sessions: ['c'] });
  const verdict = sample('verdict.reached', { incident: '7' });
  const entry = entryOf(verdict, contextOf([opened, grew]), unchanged);
  t.same(valuesOf(entry, 'HOLDFAST_SESSION'), ['a', 'b', 'c']);
  t.same(valuesOf(entry, 'HOLDFAST_SERVER'), ['main']);
  t.match(JSON.parse(valuesOf(entry, 'MESSAGE')[0] ?? ''), { sessions: ['a', 'b', 'c'] });
  const alone = entryOf(verdict, emptyContext(), unchanged);
  t.same(valuesOf(alone, 'HOLDFAST_SESSION'), [], 'what is not known is not there');
  t.same(valuesOf(alone, 'HOLDFAST_INCIDENT'), ['7']);
});

t.test('a verdict that only confirms the one before is no entry', async (t) => {
  t.not(entryOf(sample('verdict.reached'), emptyContext(), unchanged), null);
  const confirming = sample('verdict.reached', { confirms: true });
  t.equal(entryOf(confirming, emptyContext(), unchanged), null);
});

const verdictBy = (actor: Actor | null) => {
  const { data } = sample('verdict.reached') as EventOf<'verdict.reached'>;
  return sample('verdict.reached', { verdict: { ...data.verdict, actor } });
};

t.test('a verdict says who did it, where that was seen', async (t) => {
  const entry = entryOf(verdictBy(actorOf({ session: 'web' })), emptyContext(), unchanged);
  const fields = (entry ?? []).filter(([name]) => name.startsWith('HOLDFAST_ACTOR'));
  t.same(fields, [
    ['HOLDFAST_ACTOR', 'pkill (pid 4711)'],
    ['HOLDFAST_ACTOR_PID', '4711'],
    ['HOLDFAST_ACTOR_COMM', 'pkill'],
    ['HOLDFAST_ACTOR_CMDLINE', '/usr/bin/pkill -9 -f mux'],
    ['HOLDFAST_ACTOR_UID', '1000'],
    ['HOLDFAST_ACTOR_UNIT', 'cron.service'],
    ['HOLDFAST_ACTOR_SESSION', 'web'],
  ]);
  t.same(valuesOf(entry, 'HOLDFAST_SESSION'), [], 'which are those that ended');
  t.match(JSON.parse(valuesOf(entry, 'MESSAGE')[0] ?? ''), { actorPid: '4711' });

  const gone = { cmdline: null, uid: null, unit: null, session: null, comm: '' };
  const little = entryOf(verdictBy(actorOf(gone)), emptyContext(), unchanged) ?? [];
  t.same(valuesOf(little, 'HOLDFAST_ACTOR'), ['a process without a name (pid 4711)']);
  t.notOk(
    little.some(([name]) => name === 'HOLDFAST_ACTOR_UID'),
    'what was not seen',
  );
  const nobody = entryOf(verdictBy(null), emptyContext(), unchanged) ?? [];
  t.same(valuesOf(nobody, 'HOLDFAST_ACTOR'), ['nobody that was seen']);
  t.notOk(nobody.some(([name]) => name === 'HOLDFAST_ACTOR_PID'));
});

t.test('who did it chose his name: it is redacted, and no other field', async (t) => {
  const evil = 'x\nHOLDFAST_CAUSE=intended\u202e token=abc';
  const actor = actorOf({ comm: evil, cmdline: evil.repeat(40), unit: evil, session: evil });
  const entry = entryOf(verdictBy(actor), emptyContext(), (text) =>
    text.replaceAll('abc', '[redacted]'),
  );
  for (const [name, value] of entry ?? []) {
    t.notMatch(value, /[\n\u202e]|abc/, name);
    t.ok(Buffer.byteLength(value) <= 4000, name);
  }
  t.equal(valuesOf(entry, 'HOLDFAST_CAUSE').length, 1);
  t.match(valuesOf(entry, 'HOLDFAST_ACTOR_COMM'), [/^x HOLDFAST_CAUSE=intended {2}token=/]);
});

t.test('a settled action says whom it was for, once', async (t) => {
  const target = { server: 'main', session: 'web', life: null };
  const requested = sample('action.requested', { action: 'x1', target, reason: 'died' });
  const done = sample('action.done', { action: 'x1' });
  const context = contextOf([requested]);
  const entry = entryOf(done, context, unchanged);
  t.same(valuesOf(entry, 'HOLDFAST_SESSION'), ['web']);
  t.same(valuesOf(entry, 'HOLDFAST_REASON'), ['died']);
  release(context, done);
  t.equal(context.actions.size, 0);
  t.same(valuesOf(entryOf(done, context, unchanged), 'HOLDFAST_ACTION'), ['x1']);
});

t.test('what is remembered is bounded', async (t) => {
  const context = emptyContext();
  for (let n = 0; n < 1000; n += 1) {
    take(context, sample('action.requested', { action: String(n) }));
    take(context, sample('incident.opened', { incident: String(n) }));
    take(context, sample('incident.grew', { incident: '999', sessions: ['x'] }));
  }
  t.equal(context.actions.size, 200);
  t.equal(context.incidents.size, 200);
  t.ok(context.actions.has('999') && context.incidents.has('999'));
});

t.test('a clean start and one after a crash differ, and so do decisions', async (t) => {
  const previous = { seq: 1, at: 2, bootId: 'b' };
  const kindOf = (event: Parameters<typeof entryOf>[0]) =>
    valuesOf(entryOf(event, emptyContext(), unchanged), 'MESSAGE_ID');
  const started = (clean: boolean) => sample('agent.started', { previous: { ...previous, clean } });
  t.same(kindOf(sample('agent.started', { previous: null })), [kinds['agent.started'].id]);
  t.same(kindOf(started(true)), [kinds['agent.started'].id]);
  t.same(kindOf(started(false)), [kinds['agent.unclean'].id]);
  const decided = (decision: string) => kindOf(sample('decision.made', { decision }));
  t.same(decided('suspend'), [kinds['recovery.suspended'].id]);
  t.same(decided('resume'), [kinds['recovery.resumed'].id]);
  t.same(decided('leave'), [kinds['recovery.left'].id]);
  t.same(decided('close'), [kinds['recovery.closed'].id]);
  t.same(decided('recover'), []);
});

t.test('every event of a history gives a whole entry or none', async (t) => {
  const context = contextOf(history);
  for (const event of history) {
    const entry = entryOf(event, context, unchanged);
    if (entry === null) continue;
    const [message = ''] = valuesOf(entry, 'MESSAGE');
    t.match(JSON.parse(message), { event: event.type, msg: /^[A-Z].* / });
    t.strictSame(decode(encode(entry)), entry);
  }
  const newer = { ...sample('agent.stopping'), type: 'moon.rose' } as never;
  t.equal(entryOf(newer, context, unchanged), null);
});

t.test('secrets are redacted before texts are cut', async (t) => {
  const { redact } = createRedactor();
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const rejected = sample('config.rejected', { first: `${'x'.repeat(920)} ${secret}` });
  const bytes = encode(entryOf(rejected, emptyContext(), redact) ?? []).toString();
  t.notMatch(bytes, 'ghp_a1B2');
  t.match(encode(entryOf(rejected, emptyContext(), unchanged) ?? []).toString(), 'ghp_a1B2');
  const broken = () => {
    throw new Error('no');
  };
  const entry = entryOf(died('web'), emptyContext(), broken);
  t.same(valuesOf(entry, 'HOLDFAST_SESSION'), ['[not redactable]']);
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 2000 }),
  fc.constantFrom(
    'a\nPRIORITY=0\nMESSAGE_ID=x',
    '"}\n{"level":"fatal"',
    '\u202e\u001b[2J\x9b',
    '\ud800',
  ),
  fc.integer({ min: 1, max: 20_000 }).map((length) => '"\\\n'.repeat(length)),
);

t.test('whatever a session is called, it is one value of one field', async (t) => {
  const names = (entry: ReturnType<typeof entryOf>) => entry?.map(([name]) => name);
  const plain = names(entryOf(died('web'), emptyContext(), unchanged));
  fc.assert(
    fc.property(hostile, (session) => {
      const entry = entryOf(died(session), emptyContext(), unchanged);
      const bytes = encode(entry ?? []);
      const read = decode(bytes);
      t.same(
        read.map(([name]) => name),
        plain,
      );
      t.ok(bytes.length <= maxEntryBytes);
      for (const [name, value] of read) {
        t.notMatch(value, /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u, name);
        t.ok(Buffer.byteLength(value) <= 4000);
      }
      t.equal(typeof JSON.parse(valuesOf(entry, 'MESSAGE')[0] ?? '').msg, 'string');
    }),
    { numRuns: 60 },
  );
});

t.test('an incident of thousands is bounded', async (t) => {
  const sessions = Array.from({ length: 5000 }, (_, n) => `${n}${'x'.repeat(600)}`);
  const opened = sample('incident.opened', { incident: '7', sessions });
  const entry = entryOf(opened, contextOf([opened]), unchanged);
  const bytes = encode(entry ?? []);
  t.ok(bytes.length > 20_000 && bytes.length <= maxEntryBytes);
  t.equal(valuesOf(entry, 'HOLDFAST_SESSION').length, 50);
  t.equal(typeof JSON.parse(valuesOf(entry, 'MESSAGE')[0] ?? '').msg, 'string');
});

import t from 'tap';
import { createTmuxOptions } from '../../../../agent/observe/sources/tmux-options.ts';
import { instance } from '../../model/sample.ts';
import { listing, now, session } from '../sample-world.ts';

const span = { since: now - 60_000, until: now };
const unaborted = new AbortController().signal;
const off = { destroyUnattached: 'off', exitUnattached: false, exitEmpty: true };
const on = { ...off, destroyUnattached: 'on' };

const started = (...listings: ReturnType<typeof listing>[]) => {
  const { source, listed } = createTmuxOptions();
  for (const one of listings) listed(one);
  const ask = (sessions: string[], ended = false, of = instance) => {
    const about = { units: [], servers: [{ server: 'main', instance: of, sessions, ended }] };
    return source.ask(span, about, unaborted);
  };
  return { source, ask };
};

const bot = session(1, 'bot', { attached: 1, options: on });
const other = session(2, 'other', { options: off });

t.test('before anything is listed there is nothing to tell', async (t) => {
  const { source, ask } = started();
  t.match(await source.probe(unaborted), { ok: false, why: /listed/, advice: /holdfast status/ });
  t.same(await ask(['$1'], true), []);
  const old = started(listing([session(1, 'bot')]));
  t.match(await old.source.probe(unaborted), { ok: false }, 'a version that tells no options');
});

t.test('the first listing of each run is told apart', async (t) => {
  const { listed } = createTmuxOptions();
  const next = listing([other], { instance: { pid: 9999, startTime: 5 } });
  t.same([listing([bot]), listing([]), next, next].map(listed), ['new', 'known', 'new', 'known']);
});

t.test('what a session was listed with, also once it is gone', async (t) => {
  const at = now + 1000;
  const { source, ask } = started(listing([bot, other]), listing([other], { at }));
  t.same(await source.probe(unaborted), { ok: true });
  const text = 'destroy-unattached was on for session $1, to which 1 client was attached';
  const found = { kind: 'tmux-option', source: 'tmux-options', option: 'destroy-unattached' };
  t.match(await ask(['$1']), [{ ...found, at: now, isOn: true, tmuxId: '$1', text }]);
  t.match(await ask(['$2']), [{ ...found, at, isOn: false }]);
  t.same(await ask(['$3']), []);
  t.same(
    await ask(['$1'], false, { pid: 1, startTime: 1 }),
    [],
    'ids begin again with each server',
  );
});

t.test('of a server that is gone, also its own', async (t) => {
  const { ask } = started(listing([bot]), listing([], { at: now + 1 }));
  t.match(await ask([], true), [
    { option: 'exit-unattached', isOn: false, tmuxId: null },
    { option: 'exit-empty', isOn: true, text: /^exit-empty of the server was on/ },
  ]);
});

t.test('what is gone is forgotten after two minutes, however long it was there', async (t) => {
  const later = now + 3_600_000;
  const gone = [listing([bot, other]), listing([other], { at: later })];
  t.match(await started(...gone).ask(['$1']), [{ isOn: true }]);
  const forgotten = listing([other], { at: later + 120_001 });
  t.same(await started(...gone, forgotten).ask(['$1']), []);
});

t.test('another run of a server has other sessions', async (t) => {
  const next = { pid: 9999, startTime: 5 };
  const { ask } = started(listing([bot]), listing([other], { instance: next }));
  t.same(await ask(['$1'], false, next), []);
  t.same(await ask(['$1']), [], 'and the one before is forgotten');
});

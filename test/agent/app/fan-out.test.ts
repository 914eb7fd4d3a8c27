import t from 'tap';
import { fanOut } from '../../../agent/app/fan-out.ts';
import type { Event } from '../../../agent/model/event.ts';
import { declared, numbered } from '../model/sample.ts';

const events = numbered([declared('one'), declared('two')]);

t.test('each listener hears the same events, in turn', async (t) => {
  const heard: [string, readonly Event[]][] = [];
  const listener = (name: string) => (given: readonly Event[]) => void heard.push([name, given]);
  fanOut(() => t.fail('no trouble'), [listener('first'), listener('second')])(events);
  t.strictSame(heard, [
    ['first', events],
    ['second', events],
  ]);
});

t.test('one that fails is reported, and keeps nothing from the others', async (t) => {
  const broken = new Error('oh');
  const told: unknown[] = [];
  const listeners = [
    () => void told.push('first'),
    () => {
      throw broken;
    },
    () => void told.push('last'),
  ];
  const give = fanOut((what, cause) => told.push([what, cause]), listeners);
  give(events);
  give(events);
  const once = ['first', ['a listener of events failed', broken], 'last'];
  t.strictSame(told, [...once, ...once], 'it hears the next ones all the same');
});

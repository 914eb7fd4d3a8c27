import t from 'tap';
import { type Options, readOptions } from './options.ts';

const read = (...args: string[]): Options => {
  const options = readOptions(args);
  if ('mistakes' in options) throw new Error(options.mistakes.join());
  return options;
};

const mistakesOf = (...args: string[]): string[] => {
  const options = readOptions(args);
  return 'mistakes' in options ? options.mistakes : ['none'];
};

t.test('unasked it is everything, in both places', async (t) => {
  t.match(read(), { here: true, lab: true, tracing: true, repeat: 1, only: [] });
  t.match(read('--here'), { here: true, lab: false });
  t.match(read('--lab'), { here: false, lab: true });
  t.match(read('--here', '--lab'), { here: true, lab: true });
});

t.test('without tracing the virtual machine is not wanted', async (t) => {
  t.match(read('--without-tracing'), { here: true, lab: false, tracing: false });
  t.match(mistakesOf('--without-tracing', '--lab'), [/this machine only/]);
});

t.test('names are those of ways and matters of either place', async (t) => {
  t.same(read('--only', 'cron-job', 'exits').only, ['cron-job', 'exits']);
  t.match(mistakesOf('--only', 'nonesuch'), [/no way and no matter nonesuch/]);
  t.match(mistakesOf('cron-job'), [/after --only/]);
});

t.test('numbers are numbers', async (t) => {
  t.match(mistakesOf('--repeat', '0'), [/above 0/]);
  t.match(mistakesOf('--seed', 'x'), [/whole number/]);
});

t.test('who asks for help has made no mistake', async (t) => {
  t.same(mistakesOf('--help'), []);
});

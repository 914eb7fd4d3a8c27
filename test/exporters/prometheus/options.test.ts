import t from 'tap';
import { formatAddress, isLoopback, parseAddress } from '../../../exporters/prometheus/address.ts';
import { type Options, parseOptions, usage } from '../../../exporters/prometheus/options.ts';

const state = ['--state', '/s.json'];

t.test('defaults', async (t) => {
  const expected: Options = {
    state: '/s.json',
    textfile: null,
    listen: { host: '127.0.0.1', port: 9798 },
    intervalMs: 15_000,
    graceMs: 300_000,
    staleAfterMs: 60_000,
  };
  t.strictSame(parseOptions([...state, '--listen', '127.0.0.1:9798']), expected);
  t.equal(parseOptions(['--help']), null);
});

t.test('everything given', async (t) => {
  const given = '--textfile /m --listen [::1]:0 --interval 1m --grace 0s --stale-after 2m'.split(
    ' ',
  );
  t.strictSame(parseOptions([...state, ...given]), {
    state: '/s.json',
    textfile: '/m',
    listen: { host: '::1', port: 0 },
    intervalMs: 60_000,
    graceMs: 0,
    staleAfterMs: 120_000,
  });
});

t.test('wrong usage is a Failure of one line that says what to do', async (t) => {
  const listen = ['--listen', '127.0.0.1:1'];
  const wrong: [string[], RegExp][] = [
    [listen, /--state FILE is needed/],
    [state, /--textfile DIR or --listen/],
    [[...state, '--textfile', ''], /empty/],
    [[...state, '--what'], /--what/],
    [[...state, ...listen, 'extra'], /extra/],
    [[...state, '--listen'], /--listen/],
    [[...state, '--listen', 'example.org:80'], /not HOST:PORT/],
    [[...state, '--listen', '127.0.0.1:65536'], /not HOST:PORT/],
    [[...state, '--listen', '0.0.0.0:9798'], /--listen-public/],
    [[...state, '--listen', ':9798'], /--listen-public/],
    [[...state, '--listen', '[::]:9798'], /--listen-public/],
    [[...state, ...listen, '--interval', '15'], /--interval: '15'/],
    [[...state, ...listen, '--interval', '1ms'], /from 100ms/],
    [[...state, ...listen, '--grace', '30d'], /to 24d/],
  ];
  for (const [args, message] of wrong) {
    t.throws(() => parseOptions(args), { code: 'usage', message }, args.join(' '));
    t.throws(() => parseOptions(args), { message: /^[^\n]*$/ });
  }
});

t.test('an address others can reach is allowed when it is meant', async (t) => {
  const options = parseOptions([...state, '--listen', '0.0.0.0:9798', '--listen-public']);
  t.strictSame(options?.listen, { host: '0.0.0.0', port: 9798 });
});

t.test('addresses', async (t) => {
  const loopback = ['127.0.0.1:1', '127.8.8.8:1', '[::1]:1', 'localhost:1'];
  for (const text of loopback) {
    const address = parseAddress(text);
    t.ok(address && isLoopback(address), text);
    t.equal(address && formatAddress(address), text.replace('localhost', '127.0.0.1'));
  }
  const unusable = [
    '',
    '127.0.0.1',
    '127.0.0.1:',
    '::1:1',
    '[::1]',
    '[x]:1',
    '1.2.3:1',
    '127.0.0.1:1 ',
  ];
  for (const text of unusable) t.equal(parseAddress(text), null, text);
  t.equal(formatAddress({ host: '', port: 1 }), '*:1');
});

t.test('the help names every option', async (t) => {
  for (const option of [
    'state',
    'textfile',
    'listen',
    'listen-public',
    'interval',
    'grace',
    'stale-after',
  ]) {
    t.match(usage, `--${option} `);
  }
});

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { createServiceManager } from '../../../agent/tell/service-manager.ts';
import { isSupportedAddress } from '../../../agent/tell/systemd/datagram.ts';
import { statusText } from '../../../agent/tell/systemd/message.ts';
import { openReceiver } from './datagram-receiver.ts';

const temporaryDirectory = (t: Test): string => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-notify-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  return directory;
};

const startReceiver = (t: Test, address: string) => {
  const receiver = openReceiver(address);
  t.teardown(() => receiver.close());
  return receiver;
};

const abstractName = `@holdfast-test-${process.pid}`;

for (const form of ['path', 'abstract']) {
  t.test(`datagrams to a ${form} address, from our own process`, async (t) => {
    const address = form === 'path' ? join(temporaryDirectory(t), 'notify') : abstractName;
    const receiver = startReceiver(t, address);
    const errors: unknown[] = [];
    const env = { NOTIFY_SOCKET: address, WATCHDOG_USEC: '30000000' };
    const manager = createServiceManager(env, { onError: (cause) => errors.push(cause) });
    t.equal(manager.path, 'datagram');
    t.equal(manager.watchdogIntervalMs, 30_000);
    const said = async (say: () => void): Promise<string> => {
      say();
      const { text, pid } = await receiver.next();
      t.equal(pid, process.pid);
      return text;
    };
    t.equal(await said(manager.ready), 'READY=1');
    t.equal(await said(() => manager.status(' two\nlines\u2028and é ')), 'STATUS=two lines and é');
    t.equal(await said(manager.watchdog), 'WATCHDOG=1');
    const before = process.hrtime.bigint() / 1000n;
    const reloading = await said(manager.reloading);
    const after = process.hrtime.bigint() / 1000n;
    const microseconds = BigInt(/^RELOADING=1\nMONOTONIC_USEC=(\d+)$/.exec(reloading)?.[1] ?? 0);
    t.ok(microseconds >= before && microseconds <= after);
    t.equal(await said(manager.stopping), 'STOPPING=1');
    t.strictSame(errors, []);
  });
}

t.test('what is said at the very end is sent at once', async (t) => {
  const address = join(temporaryDirectory(t), 'notify');
  const receiver = startReceiver(t, address);
  const script = `
    import { createServiceManager } from ${JSON.stringify(import.meta.resolve('../../../agent/tell/service-manager.ts'))};
    createServiceManager(process.env).stopping();
    process.exit(0);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, NOTIFY_SOCKET: address },
  });
  const { text, pid } = await receiver.next();
  t.strictSame({ text, pid }, { text: 'STOPPING=1', pid: child.pid });
});

t.test('a manager that is not there yet gets what matters once it is', async (t) => {
  const address = join(temporaryDirectory(t), 'notify');
  const manager = createServiceManager({ NOTIFY_SOCKET: address });
  manager.ready();
  for (const n of [1, 2, 3]) manager.status(`try ${n}`);
  const keepAlive = setInterval(() => {}, 1000);
  t.teardown(() => clearInterval(keepAlive));
  const receiver = startReceiver(t, address);
  t.equal((await receiver.next()).text, 'READY=1');
  t.equal((await receiver.next()).text, 'STATUS=try 3', 'the newest of its kind only');
});

t.test('the end of a reload never overtakes its beginning', async (t) => {
  const address = join(temporaryDirectory(t), 'notify');
  const manager = createServiceManager({ NOTIFY_SOCKET: address });
  manager.ready();
  manager.reloading();
  manager.ready();
  const keepAlive = setInterval(() => {}, 1000);
  t.teardown(() => clearInterval(keepAlive));
  const receiver = startReceiver(t, address);
  t.match((await receiver.next()).text, /^RELOADING=1/);
  t.equal((await receiver.next()).text, 'READY=1');
});

t.test('without a service manager nothing happens', async (t) => {
  for (const address of [undefined, '']) {
    const manager = createServiceManager({ NOTIFY_SOCKET: address, WATCHDOG_USEC: '1000' });
    manager.ready();
    manager.status('x');
    manager.watchdog();
    manager.reloading();
    manager.stopping();
    t.match(manager, { path: 'none', watchdogIntervalMs: null });
  }
});

t.test('addresses we cannot send to are said, not tried', async (t) => {
  for (const address of ['vsock:2:1234', 'relative', '@', '/', `/${'x'.repeat(107)}`, '/a\0b']) {
    const errors: unknown[] = [];
    const manager = createServiceManager(
      { NOTIFY_SOCKET: address },
      { onError: (cause) => errors.push(cause) },
    );
    t.equal(manager.path, 'none', JSON.stringify(address));
    t.match(errors, [/NOTIFY_SOCKET/]);
  }
  t.ok(isSupportedAddress(`/${'x'.repeat(106)}`));
});

t.test('the watchdog is for the process it names', async (t) => {
  const interval = (env: NodeJS.ProcessEnv): number | null =>
    createServiceManager({ NOTIFY_SOCKET: '/nowhere', ...env }).watchdogIntervalMs;
  t.equal(interval({}), null);
  t.equal(interval({ WATCHDOG_USEC: '1500000', WATCHDOG_PID: String(process.pid) }), 1500);
  t.equal(interval({ WATCHDOG_USEC: '1500000', WATCHDOG_PID: String(process.ppid) }), null);
  for (const bad of ['', '0', '-5', 'soon', '1.5', '1e400']) {
    t.equal(interval({ WATCHDOG_USEC: bad }), null, bad);
  }
});

t.test('a status is always one bounded line', async (t) => {
  t.equal(statusText('a\r\n\tb\0c'), 'a b c');
  t.equal(statusText('é'.repeat(1000)), 'é'.repeat(256));
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      const line = statusText(text);
      return !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line) && Buffer.byteLength(line) <= 512;
    }),
  );
});

const hasProgram = spawnSync('systemd-notify', ['--version']).status === 0;
const whereProgram = { skip: hasProgram ? false : 'systemd-notify is not installed' };

t.test('where no FFI loads, the program says it all', whereProgram, async (t) => {
  const address = join(temporaryDirectory(t), 'notify');
  const receiver = startReceiver(t, address);
  // The process may not load native code, so koffi really fails.
  const child = spawn(
    process.execPath,
    ['--no-addons', join(import.meta.dirname, 'notify-child.ts')],
    { env: { ...process.env, NOTIFY_SOCKET: address, WATCHDOG_USEC: '3000000' }, stdio: 'pipe' },
  );
  const exited = once(child, 'exit');
  let report = '';
  child.stdout.on('data', (chunk) => {
    report += chunk;
  });
  const heard: string[] = [];
  while (!heard.includes('STOPPING=1')) {
    const { text } = await receiver.next();
    if (text !== 'BARRIER=1') heard.push(text.trim());
  }
  // The barrier of the last one.
  await receiver.next();
  t.strictSame(await exited, [0, null]);
  t.match(JSON.parse(report), { path: 'binary', watchdogIntervalMs: 3000, errors: [/addon/] });
  t.match(heard[0], /^READY=1$/m);
  t.match(heard[0], new RegExp(`^MAINPID=${child.pid}$`, 'm'));
  t.match(heard[1], /^STATUS=supervising 12 sessions$/m);
  t.equal(heard[2], 'WATCHDOG=1');
  t.match(heard[3], /^RELOADING=1\nMONOTONIC_USEC=\d+$/);
  t.equal(heard[4], 'STOPPING=1');
});

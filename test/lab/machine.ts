import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type BotApi, startBotApi } from '../telegram/server.ts';
import { type Detached, startDetached } from './detached.ts';
import { createOverlay } from './disk.ts';
import { fillDisk, freeDisk } from './full-disk.ts';
import { createLogin, type Login, type User, users } from './login.ts';
import { type Qemu, startQemu } from './qemu.ts';
import type { RootFs } from './root-fs.ts';
import { createSsh } from './ssh.ts';
import { until } from './until.ts';

export interface MachineOptions {
  rootFs: RootFs;
  /** The image its disk begins as. */
  disk: string;
  /** For its overlay, console and sockets. */
  directory: string;
  say(text: string): void;
}

/** One try. An emulated boot takes 25 to 40 s where nothing else runs, and minutes where much does. */
const bootLimitMs = 300_000;
/** An orderly stop may wait for a unit as long as systemd lets it, 90 s. */
const stopLimitMs = 120_000;
const networkLimitMs = 180_000;
/** A login takes a second or two, and many where everything begins at once. */
const loginLimitMs = 60_000;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const closed = once(server, 'close');
  server.close();
  await closed;
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
};

/** A virtual machine that is switched on: `root`'s login, and what can be done to the machine from outside. */
export interface Machine extends Login, AsyncDisposable {
  as(user: User): Login;
  /** Of its ssh, on this host's loopback. */
  readonly port: number;
  /** What the machine reaches at `outside` (`qemu.ts`): a stand-in for the Bot API, switched on and off with it. */
  readonly telegram: BotApi;
  /** The file that has all its disk has more than the image it began as (qcow2). */
  readonly overlay: string;
  readonly boots: number;
  /** Boots that failed and were tried again. */
  readonly retries: number;
  /** Restarts it, in the orderly way where `command` is not another; resolves when the next boot answers. */
  reboot(command?: string): Promise<void>;
  /** Presses its power button, and returns once it is off: the disk then has all that was written to it. */
  switchOff(): Promise<void>;
  /** Switches it off, by its power button or by a command in it, and on again once it is off. */
  powerCycle(command?: string): Promise<void>;
  /** Pulls the plug, and switches it on again. */
  crash(): Promise<void>;
  bootId(): Promise<string>;
  /** No command gets through while it is cut: start one with `detach` before. */
  setNetwork(up: boolean): Promise<void>;
  detach(command: string): Promise<Detached>;
  fillDisk(): Promise<string>;
  freeDisk(): Promise<string>;
  /** All it has written to its console since it was first switched on. */
  console(): string;
}

/** Boots a machine on a clean disk. Throws with the end of its console when it does not come up twice. */
export const startMachine = async (options: MachineOptions): Promise<Machine> => {
  const { rootFs, disk, directory, say } = options;
  mkdirSync(directory, { recursive: true });
  const overlay = join(directory, 'overlay.qcow2');
  const consoleFile = join(directory, 'console');
  const port = await freePort();
  const telegram = await startBotApi();
  const ssh = createSsh({ port, privateKey: rootFs.privateKey, directory });
  const root = createLogin(ssh, 'root');
  let qemu: Qemu | null = null;
  let boots = 0;
  let retries = 0;

  const consoleText = (): string =>
    existsSync(consoleFile) ? readFileSync(consoleFile, 'utf8') : '';
  const consoleTail = (): string => consoleText().split('\n').slice(-30).join('\n');
  const bootId = (): Promise<string> =>
    root.must('cat /proc/sys/kernel/random/boot_id', { limitMs: loginLimitMs });
  // Before that, only root may log in (pam_nologin(8)).
  const everyoneMayLogIn = async (): Promise<boolean> =>
    (await root.run('test ! -e /run/nologin', { limitMs: loginLimitMs })).code === 0;

  const answers = async (started: Qemu): Promise<boolean> => {
    if (!(await ssh.awaitGreeting(bootLimitMs, started.hasEnded))) return false;
    return until('logins', everyoneMayLogIn, networkLimitMs).catch(() => false);
  };

  const switchOn = async (): Promise<boolean> => {
    const { kernel, initrd } = rootFs;
    const outsidePort = telegram.port;
    boots += 1;
    const started = await startQemu({ kernel, initrd, overlay, port, outsidePort, directory });
    qemu = started;
    if (await answers(started)) return true;
    await ssh.hangUp(users);
    await started.kill();
    return false;
  };

  /** @param prepare makes the disk what it was before the boot that failed, where that can be had. */
  const boot = async (prepare: () => Promise<void>): Promise<void> => {
    await prepare();
    if (await switchOn()) return;
    retries += 1;
    say(`the machine did not come up; trying once more. Its console:\n${consoleTail()}`);
    await prepare();
    if (!(await switchOn())) throw new Error(`the machine does not boot:\n${consoleTail()}`);
  };

  const keepDisk = async (): Promise<void> => undefined;

  const on = (): Qemu => {
    if (qemu === null || qemu.hasEnded()) throw new Error('the machine is switched off');
    return qemu;
  };

  const switchOff = async (command?: string): Promise<void> => {
    if (command !== undefined) await root.run(command, { limitMs: 20_000 });
    await ssh.hangUp(users);
    const isOff =
      command === undefined ? on().powerDown(stopLimitMs) : qemu?.endsWithin(stopLimitMs);
    if (!(await isOff)) throw new Error(`it was not switched off:\n${consoleTail()}`);
  };

  const leave = async (): Promise<void> => {
    await ssh.hangUp(users);
    await qemu?.kill();
    await telegram.close();
  };

  await boot(() => createOverlay(disk, overlay)).catch(async (error: unknown) => {
    await leave();
    throw error;
  });

  return {
    ...root,
    as: (user) => createLogin(ssh, user),
    ...{ port, telegram, overlay },
    get boots() {
      return boots;
    },
    get retries() {
      return retries;
    },
    bootId,
    async reboot(command = 'systemctl reboot') {
      const before = await bootId();
      await root.run(command, { limitMs: 20_000 });
      await ssh.hangUp(users);
      boots += 1;
      const isBack = async () => (await bootId()) !== before && (await everyoneMayLogIn());
      await until('the next boot', isBack, stopLimitMs + bootLimitMs).catch((error: unknown) => {
        throw new Error(`the machine did not come back:\n${consoleTail()}`, { cause: error });
      });
    },
    switchOff: () => switchOff(),
    async powerCycle(command) {
      await switchOff(command);
      await boot(keepDisk);
    },
    async crash() {
      await ssh.hangUp(users);
      await on().pullPlug();
      await boot(keepDisk);
    },
    async setNetwork(up) {
      await ssh.hangUp(users);
      await on().setLink(up);
      if (up) await until('the network', everyoneMayLogIn, networkLimitMs);
    },
    detach: (command) => startDetached(root, command),
    fillDisk: () => fillDisk(root),
    freeDisk: () => freeDisk(root),
    console: consoleText,
    [Symbol.asyncDispose]: leave,
  };
};

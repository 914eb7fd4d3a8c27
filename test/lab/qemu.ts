import { once } from 'node:events';
import { createWriteStream, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { spawnBound } from './command.ts';
import { openQmp, type Qmp } from './qmp.ts';
import { quote } from './ssh.ts';

export interface QemuOptions {
  kernel: string;
  initrd: string;
  overlay: string;
  /** The port of this host that leads to the machine's ssh. */
  port: number;
  /** The port of this host's loopback that the machine reaches at `outside`. */
  outsidePort: number;
  /** For its console, its own messages and its control socket. */
  directory: string;
}

const memoryMib = 3072;
const nic = 'nic';

/** All there is of the world, seen from the machine: not its gateway, which QEMU keeps for itself. */
export const outside = { host: '10.0.2.100', port: 80 };

const door = join(import.meta.dirname, 'guest-door.ts');

/** In an option of QEMU a comma ends a value, unless there are two. */
const doorTo = (port: number): string => {
  const command = [quote(process.execPath), '--no-warnings', quote(door), port].join(' ');
  return `tcp:${outside.host}:${outside.port}-cmd:${command}`.replaceAll(',', ',,');
};

/**
 * `-cx16`: with it QEMU 7.2 corrupts the guest's kernel memory. The others only cost time: five-level page tables, and
 * wide vectors, which libraries use wherever they find them.
 */
const processor = 'max,-cx16,-la57,-avx,-avx2,-fma,-f16c';

/**
 * What is emulated has no flaws to be mended at every system call, and nobody reads what is left in its memory. A kernel that
 * panics, as now and then one does that boots under emulation, starts again after a second.
 */
const kernelWords = 'console=ttyS0 root=/dev/vda rw quiet mitigations=off init_on_alloc=0 panic=1';

/**
 * Emulated, because a rented machine seldom lends its processor out. `cache=unsafe` asks nothing of the real disk.
 */
const argumentsFor = (
  { kernel, initrd, overlay, port, outsidePort }: QemuOptions,
  files: Files,
): string[] => [
  ...['-accel', 'tcg,thread=multi', '-cpu', processor, '-smp', '2', '-m', `${memoryMib}`],
  ...['-kernel', kernel, '-initrd', initrd],
  ...['-append', kernelWords],
  ...['-drive', `file=${overlay},if=virtio,format=qcow2,cache=unsafe`],
  ...[
    '-netdev',
    `user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:${port}-:22,guestfwd=${doorTo(outsidePort)}`,
  ],
  ...['-device', `virtio-net-pci,netdev=net,id=${nic}`],
  ...['-chardev', `file,id=console,path=${files.console},append=on`, '-serial', 'chardev:console'],
  ...['-qmp', `unix:${files.qmp},server=on,wait=off`, '-display', 'none'],
];

interface Files {
  console: string;
  qmp: string;
}

const socketLimitMs = 30_000;
const quitLimitMs = 5000;

/** Switches a machine on. Its disk is the overlay, so that the next one goes on where this one ends. */
export const startQemu = async (options: QemuOptions) => {
  const { directory } = options;
  const files: Files = { console: join(directory, 'console'), qmp: join(directory, 'qmp') };
  const messages = join(directory, 'qemu');
  rmSync(files.qmp, { force: true });
  const child = spawnBound('qemu-system-x86_64', argumentsFor(options, files));
  const log = createWriteStream(messages, { flags: 'a' });
  child.stderr.pipe(log);
  child.stdout.resume();
  let running = true;
  const ended = once(child, 'exit').then(() => {
    running = false;
  });
  const deadline = performance.now() + socketLimitMs;
  // The file is there a moment before anybody listens.
  const open = async (): Promise<Qmp | null> =>
    existsSync(files.qmp) ? openQmp(files.qmp).catch(() => null) : null;
  let opened = await open();
  while (opened === null) {
    if (!running || performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`QEMU did not start: ${readFileSync(messages, 'utf8')}`);
    }
    await wait(20);
    opened = await open();
  }
  const qmp = opened;

  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    qmp.close();
  };

  const endsWithin = (limitMs: number): Promise<boolean> =>
    Promise.race([ended.then(() => true), wait(limitMs, false, { ref: false })]);

  return {
    hasEnded: () => !running,
    setLink: async (up: boolean): Promise<void> =>
      void (await qmp.execute('set_link', { name: nic, up })),
    endsWithin,
    /** Presses the power button. @returns whether the machine has gone down by itself within the limit. */
    async powerDown(limitMs: number): Promise<boolean> {
      await qmp.execute('system_powerdown');
      return endsWithin(limitMs);
    },
    /**
     * Pulls the plug: the machine gets to do nothing more. QEMU is asked, because killed it would lose what its own
     * tables of the overlay know, which is the disk's loss and not the machine's.
     */
    async pullPlug(): Promise<void> {
      qmp.execute('quit').catch(() => undefined);
      await Promise.race([ended, wait(quitLimitMs, undefined, { ref: false })]);
      await kill();
    },
    kill,
  };
};

export type Qemu = Awaited<ReturnType<typeof startQemu>>;

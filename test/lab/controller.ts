import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Cache } from './cache.ts';
import { execute, mustExecute, namespaces, type Outcome, succeed } from './command.ts';
import type { RunOptions } from './login.ts';
import type { RootFs } from './root-fs.ts';

const checkout = join(import.meta.dirname, '../..');
const enter = join(import.meta.dirname, 'guest/enter');
const tools = ['ansible-core', 'ansible-lint', 'lintian', 'shellcheck', 'man-db'];
const installLimitMs = 600_000;

const environment = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  USER: 'root',
  LANG: 'C.UTF-8',
  DEBIAN_FRONTEND: 'noninteractive',
};

/** The arguments of unshare(1) that run `sh -c COMMAND` in the layers. */
const entering = (
  lower: readonly string[],
  scratch: string,
  command: string,
  env: Readonly<Record<string, string>> = {},
): string[] => [
  ...[...namespaces, enter, lower.join(':'), scratch, checkout, 'env', '-i'],
  ...Object.entries({ ...environment, ...env }).map(([name, value]) => `${name}=${value}`),
  ...['sh', '-c', command],
];

/** The system's tree with the tools installed, as a layer above the tree. */
const prepareTools = async (cache: Cache, rootFs: RootFs): Promise<string> => {
  const inputs = [basename(rootFs.key), tools, readFileSync(enter, 'utf8')];
  const path = await cache.artefact('controller', inputs, async (into) => {
    const install = `apt-get update && apt-get install --yes --no-install-recommends ${tools.join(' ')}`;
    const options = { limitMs: installLimitMs };
    await mustExecute('unshare', entering([rootFs.tree], into, install), options);
  });
  return join(path, 'upper');
};

/**
 * Debian with Ansible and the linters, running on this host's own processor and network, from where it reaches
 * the machine at 127.0.0.1. The checkout is at /srv/checkout and cannot be written to. What a command writes is
 * there for the next one; the directory keeps it. One command at a time: two would mount the same layer.
 */
export const prepareController = async (cache: Cache, rootFs: RootFs, directory: string) => {
  const lower = [await prepareTools(cache, rootFs), rootFs.tree];
  mkdirSync(directory, { recursive: true });

  const run = (command: string, { env, ...options }: RunOptions = {}): Promise<Outcome> =>
    execute('unshare', entering(lower, directory, command, env), options);

  const put = (from: string, to: string): void => {
    const target = join(directory, 'upper', to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true });
  };

  // Where ssh looks for it without being told.
  put(rootFs.privateKey, '/root/.ssh/id_ed25519');

  return {
    run,
    must: async (command: string, options: RunOptions = {}): Promise<string> =>
      succeed(`controller: ${command}`, await run(command, options)),
    /** Copies a file or directory of this host into the tree. No command may be running. */
    put,
  };
};

export type Controller = Awaited<ReturnType<typeof prepareController>>;

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cache } from './cache.ts';
import { mustExecute, namespaces } from './command.ts';
import { quote } from './ssh.ts';

export interface RootFs {
  /** Identifies what it is made from, for what is made of it. */
  key: string;
  tree: string;
  kernel: string;
  initrd: string;
  /** Opens root, deploy and alice; made with the tree and good for nothing else. */
  privateKey: string;
}

const release = 'trixie';

/** What a provider's smallest image has; Python, which Ansible asks for; and what the suites ask with. */
const bareMachine = [
  ...['systemd', 'systemd-sysv', 'libpam-systemd', 'dbus', 'udev', 'linux-image-cloud-amd64'],
  ...['openssh-server', 'python3', 'sudo', 'iproute2', 'procps', 'ca-certificates'],
  ...['systemd-timesyncd', 'unattended-upgrades', 'cron', 'curl', 'jq', 'psmisc'],
];

/** What suites may install in the machine, which has no network; all they depend on comes with them. */
const archive = [
  ...['tmux', 'strace', 'attr', 'bash-completion', 'man-db', 'libatomic1', 'libstdc++6'],
  ...['prometheus-node-exporter', 'prometheus', 'prometheus-alertmanager'],
  ...['systemd-oomd', 'needrestart', 'polkitd', 'auditd', 'bpftrace'],
  ...['python3-apt', 'ansible-core', 'ansible-lint', 'lintian', 'shellcheck'],
];

/** The package lists stay: in the end they are those of its own archive. */
const options = ['--mode=root', '--variant=minbase', '--skip=cleanup/apt/lists'];

const customize = join(import.meta.dirname, 'guest/customize');
const buildLimitMs = 600_000;

/** The mirror this machine itself uses; without one of Debian, mmdebstrap takes its own default. */
const mirror = async (): Promise<string[]> => {
  const targets = await mustExecute('apt-get', [
    'indextargets',
    '--format',
    '$(ORIGIN) $(LABEL) $(REPO_URI)',
  ]);
  return /^Debian Debian (\S+)$/m.exec(targets)?.slice(1) ?? [];
};

const build = async (into: string): Promise<void> => {
  await mustExecute('ssh-keygen', [
    '-q',
    '-t',
    'ed25519',
    '-N',
    '',
    '-C',
    'lab',
    '-f',
    `${into}/key`,
  ]);
  const words = [quote(customize), '"$1"', quote(`${into}/key.pub`), ...archive].join(' ');
  await mustExecute(
    'unshare',
    [
      ...namespaces,
      'mmdebstrap',
      ...options,
      `--include=${bareMachine.join(',')}`,
      `--customize-hook=${words}`,
      release,
      `${into}/tree`,
      ...(await mirror()),
    ],
    { limitMs: buildLimitMs },
  );
};

const only = (pattern: string): string => {
  const [path] = globSync(pattern);
  if (path === undefined) throw new Error(`nothing is at ${pattern}`);
  return path;
};

/** A bare Debian machine as a tree of files, owned as in the machine. */
export const prepareRootFs = async (cache: Cache): Promise<RootFs> => {
  const inputs = [release, options, bareMachine, archive, readFileSync(customize, 'utf8')];
  const path = await cache.artefact('root-fs', inputs, build);
  return {
    key: path,
    tree: join(path, 'tree'),
    kernel: only(join(path, 'tree/boot/vmlinuz-*')),
    initrd: only(join(path, 'tree/boot/initrd.img-*')),
    privateKey: join(path, 'key'),
  };
};

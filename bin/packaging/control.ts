import { maintainer } from './changelog.ts';

export interface ControlOptions {
  version: string;
  /** Debian's name. */
  architecture: string;
  /** Of everything that is installed, KiB. */
  installedKib: number;
}

/**
 * What must be there. libc6: what the Node binary asks for; systemd: DelegateSubgroup= and notify-reload; tmux:
 * the hooks of managed servers. attr has setfattr, for the wish of a tmux server to be spared.
 */
export const depends = [
  'libatomic1',
  'libc6 (>= 2.28)',
  'libgcc-s1 (>= 3.4)',
  'libstdc++6 (>= 5)',
  'attr',
  'init-system-helpers (>= 1.54)',
  'polkitd',
  'systemd (>= 254)',
  'tmux (>= 3.3)',
];

/** What is missed without it: dbus, a part of what systemd does; fonts, Chinese and its neighbours in pictures of screens. */
const recommends = ['dbus', 'fonts-wqy-microhei | fonts-noto-cjk'];

/** The control file (deb-control(5)). */
export const controlFile = ({ version, architecture, installedKib }: ControlOptions): string =>
  [
    'Package: holdfast',
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    `Maintainer: ${maintainer}`,
    `Installed-Size: ${installedKib}`,
    `Depends: ${depends.join(', ')}`,
    `Recommends: ${recommends.join(', ')}`,
    'Suggests: bash-completion, needrestart, prometheus-node-exporter',
    'Section: admin',
    'Priority: optional',
    'Description: keeps tmux sessions and bots alive and says what ended one',
    ' Holdfast watches the sessions inside tmux servers, which systemd cannot see.',
    ' It brings back those that were declared, keeps a record of every end nobody',
    ' asked for, and explains it with the evidence.',
    ' .',
    ' The package has the Node.js it was tested with.',
    '',
  ].join('\n');

import { programs } from '../../agent/cli/up/programs.ts';

export interface Bundle {
  /** Its file in dist/, without what it ends with. */
  name: string;
  entry: string;
  /** A command of the CLI should load only what it needs: its imports on demand become files of their own. */
  split?: boolean;
  /** For a thread, which takes less memory than with an ES module. */
  commonJs?: boolean;
}

export const bundleFile = ({ name, commonJs }: Bundle): string =>
  `${name}.${commonJs ? 'cjs' : 'js'}`;

/** One for each process, for the store's thread, for what makes the kernel ready for the witness, for a picture of a screen, and for the last resort; that of the command line is several files. */
export const bundles: readonly Bundle[] = [
  { name: 'holdfast', entry: 'agent/cli/main.ts', split: true },
  ...Object.values(programs).map(({ bundle, source }) => ({ name: bundle, entry: source })),
  { name: 'holdfast-witness-prepare', entry: 'agent/witness/prepare.ts' },
  { name: 'store-thread', entry: 'agent/store/disk/thread.ts', commonJs: true },
  { name: 'holdfast-picture', entry: 'exporters/notifier/picture/main.ts' },
  { name: 'holdfast-last-resort', entry: 'exporters/notifier/last-resort/main.ts' },
];

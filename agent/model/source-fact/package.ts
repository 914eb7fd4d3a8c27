import type { FactBase } from './base.ts';

/** Packages were installed, upgraded or removed in one go. */
export interface PackageRun extends FactBase {
  kind: 'package-run';
  /** ms since the epoch; null: not over, as far as is written. */
  endedAt: number | null;
  /** Redacted. */
  command: string;
  /** Null: apt does not say, as when root asked. */
  requestedBy: string | null;
  packages: number;
  /** tmux itself was among them. */
  tmux: boolean;
}

/** One package was replaced at this moment. */
export interface PackageChange extends FactBase {
  kind: 'package-change';
  package: string;
  action: 'install' | 'upgrade' | 'remove';
  from: string | null;
  to: string | null;
}

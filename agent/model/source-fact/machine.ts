import type { FactBase } from './base.ts';

/** The machine is about to stop. */
export interface Shutdown extends FactBase {
  kind: 'shutdown';
  /** `reboot`, `poweroff`, `halt`, `kexec`, `soft-reboot`, `shutdown`. */
  action: string;
  phase: 'announced' | 'begun';
  /** Who asked, as logind has it; null: it does not say. */
  operator: string | null;
}

/** The machine started or was told to stop, by the record of logins. */
export interface BootRecord extends FactBase {
  kind: 'boot-record';
  what: 'boot' | 'shutdown';
}

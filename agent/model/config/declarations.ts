import type { ServerConfig } from './config.ts';
import type { SessionEntry } from './schema/session.ts';
import type { MainFile } from './schema.ts';
import type { Finding } from './shape.ts';

/** All files together, each right in itself: what the rules between keys look at. */
export interface Declarations {
  readonly main: MainFile;
  /** The effective servers, the implicit one included. */
  readonly servers: Readonly<Record<string, ServerConfig>>;
  /** Of all files. */
  readonly sessions: Readonly<Record<string, SessionEntry>>;
  /** Whether systemd runs the managed servers, one per owner. */
  readonly perOwner: boolean;
  /** True for a server that is declared, but wrongly: what refers to it is no second problem. */
  readonly isBroken: (server: string) => boolean;
}

/** One rule between keys. Pure; returns what breaks it. */
export type Rule = (declarations: Declarations) => Finding[];

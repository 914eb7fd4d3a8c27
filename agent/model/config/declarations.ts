import type { ServerConfig } from './config.ts';
import type { MainFile, SessionEntry } from './schema.ts';
import type { Finding } from './shape.ts';

/** All files together, each right in itself: what the rules between keys look at. */
export interface Declarations {
  readonly main: MainFile;
  /** The effective servers, the implicit one included. */
  readonly servers: Readonly<Record<string, ServerConfig>>;
  /** Of all files. */
  readonly sessions: Readonly<Record<string, SessionEntry>>;
  /** False where `servers` or `adopt` have problems: then a missing server is not a second one. */
  readonly serversKnown: boolean;
}

/** One rule between keys. Pure; returns what breaks it. */
export type Rule = (declarations: Declarations) => Finding[];

import type { Catalogue, EventType } from '../../../model/event.ts';
import type { Context } from '../context.ts';
import type { notable } from '../notable.ts';
import type { Subject } from '../subject.ts';

/** The types of events that may become an entry. */
export type Notable = {
  [T in EventType]: (typeof notable)[T] extends readonly [] ? never : T;
}[EventType];

/** How an event is told. */
export interface Account<T extends EventType> {
  /** What happened, in one sentence; not yet clean of what strangers wrote. */
  sentence(data: Catalogue[T], context: Context): string;
  /** What it is about. */
  subject(data: Catalogue[T], context: Context): Subject;
}

/** Of a family of events; one that is missing does not compile. */
export type Accounts<Family> = { readonly [T in keyof Family & Notable]: Account<T> };
